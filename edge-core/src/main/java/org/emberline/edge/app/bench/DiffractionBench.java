package org.emberline.edge.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.MetricsStage;
import org.emberline.edge.metrics.diffraction.Metrics;
import org.emberline.edge.metrics.diffraction.Sample;
import org.emberline.edge.metrics.pattern.Optics;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;

/** The metrics of whole patterns: a heated mixture, its patterns made once and fitted over and over, each from where the one before left off. */
public final class DiffractionBench {
    /** Frames of a round: a heating and a cooling. */
    public static final int PATTERNS = 64;

    private static final double LOWER_Q = 0.5;
    private static final double UPPER_Q = 5.5;
    private static final double WAVELENGTH_ANGSTROM = 0.1845;
    private static final double INSTRUMENT_DEGREES = 0.035;
    /** Of the rounds before the first that counts, for the compiler. */
    private static final int WARMING = 4;

    private static final int[] THREADS = {1, 2};
    private static final List<String> WANTED = List.of(
            "lattice_a",
            "lattice_c",
            "c_over_a",
            "phase",
            "disorder",
            "disorder_change",
            "debye_waller_scale",
            "march_dollase",
            "i003_i104",
            "i006_i102_i101",
            "crystallite_size",
            "microstrain");

    private final Sample sample;
    private final RadialAxis axis;
    private final int rounds;
    private final Consumer<String> progress;
    private final MixturePatterns patterns;

    /**
     * @param phases the first is the one of interest
     * @param progress told what is being done, a line each
     */
    public DiffractionBench(List<PhaseDescription> phases, int bins, int rounds, long seed, Consumer<String> progress) {
        Optics optics = new Optics(WAVELENGTH_ANGSTROM, Double.NaN, 0, INSTRUMENT_DEGREES, false);
        sample = new Sample(phases.getFirst(), phases.subList(1, phases.size()), optics);
        axis = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, bins, LOWER_Q, UPPER_Q);
        this.rounds = rounds;
        this.progress = progress;
        patterns = new MixturePatterns(phases, axis, INSTRUMENT_DEGREES, WAVELENGTH_ANGSTROM, PATTERNS, seed);
    }

    /** Times of one thread, seconds a round; bytes of heap a frame; share of frames with a cell. */
    private record Times(double[] seconds, double bytesPerFrame, double cells) {}

    /** Measures; seconds to minutes. */
    public Report run() throws InterruptedException, ExecutionException {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("bench", "diffraction");
        root.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        root.put("java", System.getProperty("java.version"));
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("bins", axis.bins());
        root.put("phases", 1 + sample.others().size());
        ArrayNode cases = root.putArray("cases");
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-8s %10s %10s %10s %9s %7s",
                "threads",
                "frames/s",
                "slowest",
                "fastest",
                "B/frame",
                "cells"));
        for (int threads : THREADS) {
            progress.accept(threads + (threads == 1 ? " thread" : " threads, a detector each"));
            add(threads, together(threads), cases, lines);
        }
        return new Report(root, lines);
    }

    private void add(int threads, List<Times> all, ArrayNode cases, List<String> lines) {
        double[] rates = new double[rounds];
        for (Times one : all) {
            for (int i = 0; i < rounds; i++) {
                rates[i] += PATTERNS / one.seconds[i];
            }
        }
        Arrays.sort(rates);
        double median = Samples.percentile(rates, 50);
        double bytes = all.stream().mapToDouble(Times::bytesPerFrame).max().orElse(0);
        double cells = all.stream().mapToDouble(Times::cells).min().orElse(0);
        ObjectNode node = cases.addObject();
        node.put("threads", threads);
        node.put("frames_per_second", median);
        node.put("frames_per_second_lowest", rates[0]);
        node.put("frames_per_second_highest", rates[rounds - 1]);
        node.put("bytes_per_frame", bytes);
        node.put("frames_with_cell", cells);
        lines.add(String.format(
                Locale.ROOT,
                "%-8d %10.0f %10.0f %10.0f %9.1f %7.3f",
                threads,
                median,
                rates[0],
                rates[rounds - 1],
                bytes,
                cells));
    }

    private List<Times> together(int threads) throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Callable<Times>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                tasks.add(() -> alone(start));
            }
            List<Times> times = new ArrayList<>();
            for (Future<Times> one : pool.invokeAll(tasks)) {
                times.add(one.get());
            }
            return times;
        }
    }

    private Times alone(CyclicBarrier start) throws Exception {
        List<Metric> metrics = Metrics.of(WANTED, sample, axis);
        MetricsStage stage = new MetricsStage(metrics);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] seconds = new double[rounds];
        int cells = 0;
        long bytes = 0;
        try (Arena arena = Arena.ofConfined()) {
            FrameSlot slot = new FrameSlot(arena, Long.BYTES, axis.bins(), metrics.size());
            for (int round = -WARMING; round < rounds; round++) {
                if (round == 0) {
                    start.await();
                    bytes = threads.getCurrentThreadAllocatedBytes();
                }
                long fitting = 0;
                for (int i = 0; i < PATTERNS; i++) {
                    slot.reset((long) (round + WARMING) * PATTERNS + i);
                    patterns.fill(i, slot);
                    long before = System.nanoTime();
                    stage.process(slot);
                    fitting += System.nanoTime() - before;
                    cells += round >= 0 && Double.isFinite(slot.metricValue(0)) ? 1 : 0;
                }
                if (round >= 0) {
                    seconds[round] = fitting / 1e9;
                }
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
        }
        int frames = rounds * PATTERNS;
        return new Times(seconds, (double) bytes / frames, (double) cells / frames);
    }
}
