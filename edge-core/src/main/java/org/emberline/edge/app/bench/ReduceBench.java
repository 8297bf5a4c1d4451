package org.emberline.edge.app.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.emberline.gpu.Backend;
import org.emberline.gpu.Ceiling;
import org.emberline.gpu.Devices;
import org.emberline.gpu.NoDeviceException;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.Reducer;
import org.emberline.gpu.Reducers;
import org.emberline.gpu.Reduction;
import org.jspecify.annotations.Nullable;

/** Measures the reduction of frames: the pattern, what is measured beside it, and what it is compared with. */
public final class ReduceBench {
    private static final long WARM_UP_LEAST = Duration.ofMillis(300).toNanos();
    private static final long WARM_UP_MOST = Duration.ofSeconds(10).toNanos();
    /** Frames of a stream that are begun before they are finished. */
    private static final int BATCH = 8;

    private final ReduceSettings settings;
    private final int repeats;
    private final Consumer<String> log;

    /**
     * Prepares nothing yet.
     *
     * @param repeats samples of each candidate, at least 2
     * @param log told in a line each what is going on
     */
    public ReduceBench(ReduceSettings settings, int repeats, Consumer<String> log) {
        this.settings = settings;
        this.repeats = repeats;
        this.log = log;
    }

    /**
     * Measures on the calling thread, for some seconds; with pyFAI for minutes.
     *
     * @param pyFai what to compare with, or null
     * @throws NoDeviceException when OpenCL is asked for and no device can do it
     * @throws BenchException when the device or pyFAI fails, or none of pyFAI's methods did the same work
     */
    public Report run(Backend backend, @Nullable PyFai pyFai)
            throws NoDeviceException, IOException, InterruptedException, BenchException {
        ProbeReport probe = backend == Backend.CPU ? new ProbeReport(List.of(), "not looked for") : Devices.probe();
        BenchDetector detector = new BenchDetector(settings);
        boolean[] mask = Objects.requireNonNull(detector.corrections().mask());
        List<String> switches = new ArrayList<>();
        Reducers.Settings opening = new Reducers.Settings(null, switches::add);
        Reducers.Opened opened = Reducers.open(backend, detector.plan(), probe, opening);
        log.accept(opened.reason());
        try (Reducer pattern = opened.reducer();
                Reducer cake = settings.cake() ? openCake(pattern, detector, probe, opening) : null;
                Ceiling ceiling = Reducers.ceiling(pattern, probe);
                BenchFrames frames = new BenchFrames(settings, mask)) {
            Map<Figure, Candidate> candidates = new EnumMap<>(Figure.class);
            pattern(candidates, pattern, frames);
            if (cake != null) {
                Reduction into = Reduction.of(cake.plan());
                put(candidates, Figure.CAKE, number -> cake.reduce(frames.at(number), into));
            }
            for (Ceiling.Measure measure : ceiling.measures()) {
                put(candidates, Figure.of(measure), number -> ceiling.run(measure, frames.at(number)));
            }
            PyFaiResult rival = measure(candidates, pattern, frames, pyFai);
            if (!switches.isEmpty()) {
                throw new BenchException(switches.getFirst());
            }
            Map<Figure, Samples> samples = new EnumMap<>(Figure.class);
            candidates.forEach((figure, candidate) -> samples.put(figure, candidate.samples()));
            ReduceResult result = new ReduceResult(
                    settings, pattern.backend(), pattern.device(), opened.reason(), ceiling.device(), samples, rival);
            return new Report(ReduceJson.of(result), ReduceTable.of(result));
        }
    }

    /** On the backend of the pattern, whatever would be chosen for a cake. */
    private static Reducer openCake(
            Reducer pattern, BenchDetector detector, ProbeReport probe, Reducers.Settings opening)
            throws NoDeviceException {
        Backend same = Backend.valueOf(pattern.backend().toUpperCase(Locale.ROOT));
        return Reducers.open(same, detector.cakePlan(), probe, opening).reducer();
    }

    private static void pattern(Map<Figure, Candidate> candidates, Reducer reducer, BenchFrames frames) {
        Reduction[] into = IntStream.range(0, BenchFrames.COUNT)
                .mapToObj(i -> Reduction.of(reducer.plan()))
                .toArray(Reduction[]::new);
        put(candidates, Figure.PATTERN, number -> reducer.reduce(frames.at(number), into[number]));
        candidates.put(Figure.STREAM, new Candidate(BATCH, () -> {
            for (int i = 0; i < BATCH; i++) {
                int slot = i % BenchFrames.COUNT;
                reducer.begin(frames.at(slot), 1, into[slot]);
            }
            reducer.finish();
        }));
    }

    /** A round of the candidate takes every frame once. */
    private static void put(Map<Figure, Candidate> candidates, Figure figure, IntConsumer frame) {
        candidates.put(figure, new Candidate(BenchFrames.COUNT, () -> {
            for (int number = 0; number < BenchFrames.COUNT; number++) {
                frame.accept(number);
            }
        }));
    }

    private @Nullable PyFaiResult measure(
            Map<Figure, Candidate> candidates, Reducer pattern, BenchFrames frames, @Nullable PyFai pyFai)
            throws IOException, InterruptedException, BenchException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Interleaved turns = new Interleaved(
                List.copyOf(candidates.values()), System::nanoTime, threads::getCurrentThreadAllocatedBytes);
        warmUp(turns);
        if (pyFai == null) {
            turns.measure(repeats);
            return null;
        }
        turns.measure(repeats / 2);
        Reduction ours = Reduction.of(pattern.plan());
        pattern.reduce(frames.at(0), ours);
        log.accept("pyFAI at work, this can take some minutes ...");
        PyFaiResult rival = pyFai.measure(pattern.plan(), frames.at(0), ours, repeats);
        warmUp(turns);
        turns.measure(repeats - repeats / 2);
        return rival;
    }

    private void warmUp(Interleaved turns) {
        if (!turns.warmUp(WARM_UP_LEAST, WARM_UP_MOST)) {
            log.accept("times did not settle within "
                    + Duration.ofNanos(WARM_UP_MOST).toSeconds() + " s");
        }
    }
}
