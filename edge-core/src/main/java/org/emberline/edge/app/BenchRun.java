package org.emberline.edge.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.emberline.edge.app.bench.CoapBench;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.ConfigFile;
import org.emberline.edge.app.config.ConfigReader;
import org.emberline.edge.pipeline.Ledger;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.service.CoapService;
import org.jspecify.annotations.Nullable;

/** An appliance as {@code run} makes it, with recorded frames of noise at 100 a second, for as long as a bench needs it. */
final class BenchRun implements CoapBench.Subject, AutoCloseable {
    private static final int SIDE = 512;
    private static final int FRAMES_A_FILE = 100;
    private static final int MEAN = 20;
    private static final double CADENCE = 0.01;
    /** For the registration of thousands, and the start of the load generator. */
    private static final int SPARE_SECONDS = 60;

    private static final double NANOS = 1e9;

    private final Path folder;
    private final RunDesk desk;
    private final CoapService service;
    private final CompletableFuture<Outcome> end;
    private final Map<Double, Long> rounds = new ConcurrentHashMap<>();

    /** @param seconds of each of the two parts that need frames */
    BenchRun(Path folder, int seconds, Consumer<String> progress) throws IOException, ConfigException {
        this.folder = folder;
        progress.accept("making frames");
        writeFrames(folder.resolve("frames.npy"));
        Files.writeString(folder.resolve("panel.poni"), """
                poni_version: 2.1
                Detector: Detector
                Detector_config: {"pixel1": 0.0001, "pixel2": 0.0001, "max_shape": [512, 512], "orientation": 3}
                Distance: 0.2
                Poni1: 0.0256
                Poni2: 0.0256
                Rot1: 0
                Rot2: 0
                Rot3: 0
                Wavelength: 2e-11
                """);
        int files = (2 * seconds + SPARE_SECONDS) * (int) Math.round(1 / CADENCE) / FRAMES_A_FILE;
        Path config = Files.writeString(folder.resolve("bench.toml"), """
                run = {folder = "runs"}
                source = {kind = "files", cadence_seconds = %s, exposure_seconds = %s, real_time = true, files = [%s]}
                detector = {name = "panel", poni = "panel.poni"}
                reduce = {backend = "cpu"}
                metrics = {enabled = ["total_counts", "saturated_fraction"]}
                coap = {port = 0}
                """.formatted(
                        CADENCE, CADENCE, String.join(",", Collections.nCopies(files, "\"frames.npy\""))));
        ObjectNode tree = ConfigFile.read(config);
        ApplianceConfig read = ConfigReader.read(tree, "the bench", folder);
        desk = new RunDesk(new RunDesk.Blueprint(tree, "the bench", folder, "bench"), read, line -> {});
        desk.open(null);
        service = CoapService.start(read.coap().settings(), desk);
        desk.serving(service);
        service.onRound(this::note);
        desk.make();
        desk.start();
        end = CompletableFuture.supplyAsync(
                this::carry, task -> Thread.ofPlatform().start(task));
    }

    private Outcome carry() {
        try {
            Appliance run = desk.awaitStart();
            if (run == null) {
                throw new IllegalStateException("left before it began");
            }
            return run.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A stack of noise, the same for all: what is in a frame makes no difference here. */
    private static void writeFrames(Path file) throws IOException {
        String dict = "{'descr': '<u2', 'fortran_order': False, 'shape': (" + FRAMES_A_FILE + ", " + SIDE + ", " + SIDE
                + "), }";
        int padding = 64 - (10 + dict.length() + 1) % 64;
        String header = dict + " ".repeat(padding) + "\n";
        SplittableRandom random = new SplittableRandom(1);
        ByteBuffer frame = ByteBuffer.allocate(2 * SIDE * SIDE).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer head = ByteBuffer.allocate(10 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
            head.put((byte) 0x93)
                    .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                    .put((byte) 1)
                    .put((byte) 0);
            head.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
            write(channel, head.flip());
            for (int i = 0; i < FRAMES_A_FILE; i++) {
                frame.clear();
                while (frame.hasRemaining()) {
                    frame.putShort((short) random.nextInt(2 * MEAN));
                }
                write(channel, frame.flip());
            }
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            var _ = channel.write(bytes);
        }
    }

    private void note(Snapshot snapshot, long nanos) {
        Snapshot.FrameView frame = snapshot.frame();
        if (frame != null) {
            var _ = rounds.putIfAbsent(seconds(frame.midNanos()), nanos);
        }
    }

    /** As the service has it in its packs. */
    private static double seconds(long nanos) {
        return Math.floorDiv(nanos, 1_000_000_000L) + Math.floorMod(nanos, 1_000_000_000L) / NANOS;
    }

    @Override
    public int port() {
        return service.port();
    }

    @Override
    public @Nullable Long roundOf(double frameTime) {
        // Of doubles that took different ways, to the microsecond.
        return rounds.entrySet().stream()
                .filter(entry -> Math.abs(entry.getKey() - frameTime) < 1e-6)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void hurry() {
        try {
            var _ = desk.configure(
                    new ObjectMapper()
                            .readTree("{\"coap\":{\"notify_hz\":500},\"run\":{\"snapshots_per_second\":500}}"),
                    "bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public double halfExposure() {
        return CADENCE / 2;
    }

    @Override
    public long[] frames() {
        Ledger ledger = desk.get().ledger();
        return new long[] {ledger.triggers(), ledger.lostTotal()};
    }

    @Override
    public void end() throws IOException, InterruptedException {
        desk.leave();
        try {
            var _ = end.get();
        } catch (ExecutionException e) {
            throw new IOException("the run has failed: " + Explanation.of(e), e);
        }
    }

    @Override
    public void close() throws IOException {
        desk.leave();
        service.close();
        desk.close();
        List<Path> all;
        try (Stream<Path> paths = Files.walk(folder)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
