package org.emberline.edge.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.emberline.edge.acquire.stream2.StreamExpectation;
import org.emberline.edge.acquire.stream2.StreamImage.Encoding;
import org.emberline.edge.acquire.stream2.StreamWriter;
import org.emberline.edge.acquire.stream2.ZeroMqSender;
import org.emberline.gpu.Backend;
import org.emberline.gpu.PixelFormat;

/** One series from a socket into a run, both in this process. With a rate the run drops what it cannot take; without one the sender waits for it. */
final class StreamTrial {
    private static final int IMAGES = 8;
    private static final int MEAN = 4;
    private static final double NANOS = 1e9;
    private static final StreamExpectation.Beam UNKNOWN =
            new StreamExpectation.Beam(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    private final Settings settings;

    /** @param rate frames a second, 0 for as quickly as they are taken */
    record Settings(int rows, int columns, Encoding encoding, double rate, int frames, Backend backend) {}

    /**
     * @param sentPerSecond while they were sent
     * @param archivedPerSecond from the first sent until the run had ended
     * @param archived and every one of them reduced
     * @param lost of the run's ledger, all reasons together
     */
    record Result(long sent, double sentPerSecond, long archived, double archivedPerSecond, long lost) {}

    StreamTrial(Settings settings) {
        this.settings = settings;
    }

    Result run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("emberline-bench-feed");
        try (ZeroMqSender sender = new ZeroMqSender("tcp://127.0.0.1:*")) {
            Path config = configuration(folder, sender.address());
            StringWriter said = new StringWriter();
            FutureTask<Integer> run = new FutureTask<>(() -> Emberline.execute(
                    new PrintWriter(said), new PrintWriter(said), "run", "--config", config.toString()));
            Thread.ofPlatform().daemon().start(run);
            return result(folder, run, sender, said);
        } finally {
            delete(folder);
        }
    }

    private Result result(Path folder, FutureTask<Integer> run, ZeroMqSender sender, StringWriter said)
            throws IOException, InterruptedException {
        StreamWriter writer = new StreamWriter(new StreamWriter.Series(
                "TRIAL",
                1,
                Clock.systemUTC().instant(),
                "threshold_1",
                settings.rows(),
                settings.columns(),
                PixelFormat.U16,
                settings.encoding()));
        StreamWriter.Stored[] images = images(writer);
        var _ = sender.send(writer.start(settings.frames(), 1e-3, UNKNOWN, Double.NaN));
        long begin = System.nanoTime();
        for (int i = 0; i < settings.frames(); i++) {
            await(begin, i);
            long now = System.nanoTime() - begin;
            var _ = sender.send(writer.image(i, now, now + 1, images[i % IMAGES]));
        }
        double sending = (System.nanoTime() - begin) / NANOS;
        var _ = sender.send(writer.end());
        try {
            int code = run.get();
            double all = (System.nanoTime() - begin) / NANOS;
            JsonNode ledger = ledger(folder, code, said);
            long lost = 0;
            for (JsonNode count : ledger.get("lost")) {
                lost += count.asLong();
            }
            return new Result(
                    settings.frames(),
                    settings.frames() / sending,
                    ledger.get("archived").asLong(),
                    ledger.get("archived").asLong() / all,
                    lost);
        } catch (ExecutionException e) {
            throw new IOException("the run has failed: " + Explanation.of(e), e);
        }
    }

    private static JsonNode ledger(Path folder, int code, StringWriter said) throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            Path summary = runs.findFirst().orElseThrow().resolve("summary.json");
            if (code != ExitCode.DONE || !Files.exists(summary)) {
                throw new IOException("the run ended with " + code + ": " + said);
            }
            return new ObjectMapper().readTree(Files.readString(summary)).get("ledger");
        }
    }

    private void await(long begin, int frame) {
        if (settings.rate() == 0) {
            return;
        }
        long due = begin + Math.round(frame / settings.rate() * NANOS);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private StreamWriter.Stored[] images(StreamWriter writer) {
        SplittableRandom random = new SplittableRandom(1);
        MemorySegment pixels = MemorySegment.ofArray(new byte[settings.rows() * settings.columns() * 2]);
        StreamWriter.Stored[] images = new StreamWriter.Stored[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            for (long at = 0; at < pixels.byteSize(); at += 2) {
                pixels.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) random.nextInt(2 * MEAN));
            }
            images[i] = writer.store(pixels);
        }
        return images;
    }

    private Path configuration(Path folder, String address) throws IOException {
        Files.writeString(folder.resolve("panel.poni"), """
                poni_version: 2.1
                Detector: Detector
                Detector_config: {"pixel1": 7.5e-05, "pixel2": 7.5e-05, "max_shape": [%d, %d], "orientation": 3}
                Distance: 0.2
                Poni1: 0.02
                Poni2: 0.02
                Rot1: 0
                Rot2: 0
                Rot3: 0
                Wavelength: 2e-11
                """.formatted(settings.rows(), settings.columns()));
        return Files.writeString(folder.resolve("bench.toml"), """
                run = {folder = "runs", when_full = "%s", slots = %d}
                source = {kind = "stream2", address = "%s", pixels = "u16", series = 1}
                detector = {name = "panel", poni = "panel.poni"}
                reduce = {backend = "%s"}
                metrics = {enabled = ["total_counts", "saturated_fraction"]}
                coap = {enabled = false}
                """.formatted(
                        settings.rate() == 0 ? "block" : "drop-newest",
                        settings.rate() == 0 ? 16 : 512,
                        address,
                        settings.backend().name().toLowerCase(Locale.ROOT)));
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(folder)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
