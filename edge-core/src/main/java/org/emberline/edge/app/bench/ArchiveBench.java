package org.emberline.edge.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emberline.edge.archive.RunArchive;
import org.emberline.edge.archive.RunExport;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.MetricLayout;
import org.emberline.edge.frame.Stage;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.jspecify.annotations.Nullable;

/** The archive of a run: frames with patterns and metrics, from the stage to closed files. The clock is simulated, 10 frames a second. */
public final class ArchiveBench {
    private static final int PATTERNS = 64;
    private static final long FRAME_NANOS = 100_000_000;
    private static final double COUNTS = 500;
    private static final long PACE_NANOS = 10_000_000;
    private static final double PERCENT = 100;
    private static final double MEBIBYTE = 1 << 20;

    private final Settings settings;
    private final Consumer<String> progress;
    private final double[][] intensities;

    /**
     * @param folder where runs are made, and deleted
     * @param frames of a round
     * @param rounds as fast as it goes
     * @param pacedSeconds of a round of 100 frames a second; 0 for none
     * @param export whether each round's run is exported too, as NeXus files and as a table
     */
    public record Settings(
            Path folder, int frames, int rounds, int bins, int metrics, int pacedSeconds, boolean export) {}

    /** @param progress told what is being done, a line each */
    public ArchiveBench(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
        SplittableRandom random = new SplittableRandom(1);
        intensities = new double[PATTERNS][settings.bins];
        for (double[] pattern : intensities) {
            Arrays.setAll(pattern, bin -> Math.rint(COUNTS + Math.sqrt(COUNTS) * random.nextGaussian()) / 7);
        }
    }

    /** One round: time to closed files, what it cost, and what is left. */
    private record Round(
            double seconds,
            double cpuSeconds,
            long databaseBytes,
            long segmentBytes,
            long peakHeapBytes,
            @Nullable Exported exported) {}

    /** What the exports of a round took. */
    private record Exported(double nexusSeconds, int files, double tableSeconds, long peakHeapBytes) {}

    /** Measures; seconds to minutes. */
    public Report run() throws IOException {
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < settings.rounds; i++) {
            progress.accept("round " + (i + 1) + " of " + settings.rounds + ", " + settings.frames + " frames");
            rounds.add(round(settings.frames, 0, settings.export));
        }
        double[] rates = rounds.stream()
                .mapToDouble(round -> settings.frames / round.seconds)
                .sorted()
                .toArray();
        Round last = rounds.getLast();
        double rate = Samples.percentile(rates, 50);
        double perFrame = (double) (last.databaseBytes + last.segmentBytes) / settings.frames;
        double ceiling = diskBytesPerSecond(last.databaseBytes + last.segmentBytes) / perFrame;
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("bench", "archive");
        root.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        root.put("java", System.getProperty("java.version"));
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("bins", settings.bins);
        root.put("metrics", settings.metrics);
        root.put("frames", settings.frames);
        root.put("frames_per_s", rate);
        root.put("frames_per_s_lowest", rates[0]);
        root.put("frames_per_s_highest", rates[rates.length - 1]);
        root.put("cpu_ms_per_frame", 1e3 * last.cpuSeconds / settings.frames);
        root.put("database_bytes_per_frame", last.databaseBytes / settings.frames);
        root.put("segment_bytes_per_frame", last.segmentBytes / settings.frames);
        root.put("peak_heap_bytes", last.peakHeapBytes);
        root.put("ceiling_frames_per_s", ceiling);
        root.put("ceiling_share", rate / ceiling);
        List<String> lines = new ArrayList<>(List.of(
                String.format(
                        Locale.ROOT,
                        "%.0f frames/s (%.0f to %.0f), %.0f %% of writing the same bytes once",
                        rate,
                        rates[0],
                        rates[rates.length - 1],
                        PERCENT * rate / ceiling),
                String.format(
                        Locale.ROOT,
                        "%d bytes a frame in the database, %d in segments",
                        last.databaseBytes / settings.frames,
                        last.segmentBytes / settings.frames),
                String.format(Locale.ROOT, "%.1f MiB of heap at most", last.peakHeapBytes / MEBIBYTE)));
        addExport(last.exported, root, lines);
        if (settings.pacedSeconds > 0) {
            progress.accept("100 frames a second for " + settings.pacedSeconds + " s");
            Round paced = round(100 * settings.pacedSeconds, PACE_NANOS, false);
            double share = paced.cpuSeconds / paced.seconds;
            root.put("cpu_share_at_100_hz", share);
            lines.add(String.format(Locale.ROOT, "%.1f %% of one core at 100 frames/s", PERCENT * share));
        }
        return new Report(root, lines);
    }

    private void addExport(@Nullable Exported exported, ObjectNode root, List<String> lines) {
        if (exported == null) {
            return;
        }
        root.put("export_frames_per_s", settings.frames / exported.nexusSeconds);
        root.put("export_files", exported.files);
        root.put("export_table_frames_per_s", settings.frames / exported.tableSeconds);
        root.put("export_peak_heap_bytes", exported.peakHeapBytes);
        lines.add(String.format(
                Locale.ROOT,
                "export: %.0f frames/s to %d NeXus files, %.0f to a table, %.1f MiB of heap at most",
                settings.frames / exported.nexusSeconds,
                exported.files,
                settings.frames / exported.tableSeconds,
                exported.peakHeapBytes / MEBIBYTE));
    }

    private RunArchive.Layout layout() {
        List<MetricLayout> metrics = IntStream.range(0, settings.metrics)
                .mapToObj(i -> MetricLayout.of("metric_" + i, "count"))
                .toList();
        RadialAxis axis = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, settings.bins, 0.5, 5.5);
        return new RunArchive.Layout(
                "bench",
                0,
                List.of(new DetectorLayout("panel", "none", new DetectorLayout.Patterns(16, axis), metrics)),
                List.of("furnace"));
    }

    private Round round(int frames, long paceNanos, boolean export) throws IOException {
        Path folder = Files.createTempDirectory(settings.folder, "bench-archive");
        try (Arena arena = Arena.ofConfined()) {
            RunFolder run = RunFolder.create(folder.resolve("run"));
            FrameSlot slot = new FrameSlot(arena, 16, settings.bins, settings.metrics);
            Arrays.fill(slot.reduction().count(), 300);
            heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            long cpu = system.getProcessCpuTime();
            long begin = System.nanoTime();
            RunArchive archive = RunArchive.create(run, layout());
            Stage stage = archive.stage(0);
            for (int frame = 0; frame < frames; frame++) {
                fill(slot, frame);
                archive.reading(new ThermocoupleReading.Temperature(0, frame * FRAME_NANOS, 20 + 1e-3 * frame, 0.1));
                stage.process(slot);
                if (paceNanos > 0) {
                    LockSupport.parkNanos(begin + (frame + 1) * paceNanos - System.nanoTime());
                }
            }
            archive.ending("COMPLETED");
            archive.close();
            double seconds = (System.nanoTime() - begin) / 1e9;
            double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
            if (archive.failure() != null) {
                throw new IOException(archive.failure());
            }
            long peak = peakHeap();
            return new Round(
                    seconds,
                    cpuSeconds,
                    Files.size(run.database()),
                    bytes(folder.resolve("run/segments")),
                    peak,
                    export ? export(run, folder) : null);
        } finally {
            delete(folder);
        }
    }

    private Exported export(RunFolder run, Path folder) throws IOException {
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        progress.accept("export");
        long begin = System.nanoTime();
        RunExport.Written written =
                RunExport.nexus(run, 0, folder.resolve("all.nxs"), RunExport.largestPart(settings.bins));
        long middle = System.nanoTime();
        RunExport.Written table = RunExport.csv(run, 0, folder.resolve("all.csv"), Long::toString);
        double tableSeconds = (System.nanoTime() - middle) / 1e9;
        if (table.frames() != written.frames()) {
            throw new IOException("frames=" + written.frames() + " in the files, " + table.frames() + " in the table");
        }
        return new Exported((middle - begin) / 1e9, written.files().size(), tableSeconds, peakHeap());
    }

    private static long peakHeap() {
        return heapPools().stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private void fill(FrameSlot slot, int frame) {
        slot.reset(frame);
        slot.startNanos = frame * FRAME_NANOS;
        slot.stopNanos = slot.startNanos + FRAME_NANOS / 2;
        slot.temperatureCelsius = 20 + 1e-3 * frame;
        slot.temperatureSigma = 0.1;
        double[] pattern = intensities[frame % PATTERNS];
        System.arraycopy(pattern, 0, slot.reduction().intensity(), 0, pattern.length);
        double[] sigma = slot.reduction().sigma();
        for (int bin = 0; bin < sigma.length; bin++) {
            sigma[bin] = Math.sqrt(pattern[bin] / 300);
        }
        Arrays.fill(slot.reduction().count(), 300);
        for (int metric = 0; metric < settings.metrics; metric++) {
            slot.metric(metric, Math.sin(1e-3 * frame * (metric + 1)), 1e-3, 0);
        }
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    /** Writing as many bytes once, to the disk. */
    private double diskBytesPerSecond(long bytes) throws IOException {
        Path file = Files.createTempFile(settings.folder, "bench-archive", ".raw");
        byte[] noise = new byte[1 << 20];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (i * 31 + (i >> 8));
        }
        long begin = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(noise);
            for (long written = 0; written < bytes; written += noise.length) {
                buffer.rewind();
                while (buffer.hasRemaining()) {
                    var _ = channel.write(buffer);
                }
            }
            channel.force(true);
        } finally {
            Files.delete(file);
        }
        return bytes / ((System.nanoTime() - begin) / 1e9);
    }

    private static long bytes(Path folder) throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
