package org.emberline.edge.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
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
            Turns turns = new Turns(log);
            pattern(turns, pattern, frames);
            if (cake != null) {
                Reduction into = Reduction.of(cake.plan());
                turns.add(Figure.CAKE, BenchFrames.COUNT, number -> cake.reduce(frames.at(number), into));
            }
            for (Ceiling.Measure measure : ceiling.measures()) {
                turns.add(Figure.of(measure), BenchFrames.COUNT, number -> ceiling.run(measure, frames.at(number)));
            }
            PyFaiResult rival = measure(turns, pattern, frames, pyFai);
            if (!switches.isEmpty()) {
                throw new BenchException(switches.getFirst());
            }
            ReduceResult result = new ReduceResult(
                    settings,
                    pattern.backend(),
                    pattern.device(),
                    opened.reason(),
                    ceiling.device(),
                    turns.samples(),
                    rival);
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

    private static void pattern(Turns turns, Reducer reducer, BenchFrames frames) {
        Reduction[] into = IntStream.range(0, BenchFrames.COUNT)
                .mapToObj(i -> Reduction.of(reducer.plan()))
                .toArray(Reduction[]::new);
        turns.add(Figure.PATTERN, BenchFrames.COUNT, number -> reducer.reduce(frames.at(number), into[number]));
        turns.add(Figure.STREAM, new Candidate(BATCH, () -> {
            for (int i = 0; i < BATCH; i++) {
                int slot = i % BenchFrames.COUNT;
                reducer.begin(frames.at(slot), 1, into[slot]);
            }
            reducer.finish();
        }));
    }

    private @Nullable PyFaiResult measure(Turns turns, Reducer pattern, BenchFrames frames, @Nullable PyFai pyFai)
            throws IOException, InterruptedException, BenchException {
        if (pyFai == null) {
            turns.measure(repeats);
            return null;
        }
        turns.measure(repeats / 2);
        Reduction ours = Reduction.of(pattern.plan());
        pattern.reduce(frames.at(0), ours);
        log.accept("pyFAI at work, this can take some minutes ...");
        PyFaiResult rival = pyFai.measure(pattern.plan(), frames.at(0), ours, repeats);
        turns.measure(repeats - repeats / 2);
        return rival;
    }
}
