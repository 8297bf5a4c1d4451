package org.emberline.edge.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.emberline.gpu.Backend;
import org.emberline.gpu.Ceiling;
import org.emberline.gpu.Devices;
import org.emberline.gpu.NoDeviceException;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.Reducers;
import org.emberline.gpu.imaging.ImageReducer;
import org.emberline.gpu.imaging.ImageReducers;
import org.emberline.gpu.imaging.ImageReduction;
import org.jspecify.annotations.Nullable;

/** Measures the reduction of radiographs, and what it is compared with. */
public final class ImageBench {
    private final ImageSettings settings;
    private final int repeats;
    private final Consumer<String> log;

    /**
     * Prepares nothing yet.
     *
     * @param repeats samples of each candidate, at least 2
     * @param log told in a line each what is going on
     */
    public ImageBench(ImageSettings settings, int repeats, Consumer<String> log) {
        this.settings = settings;
        this.repeats = repeats;
        this.log = log;
    }

    /**
     * Measures on the calling thread, for some seconds.
     *
     * @param numPy what to compare with, or null
     * @throws NoDeviceException when OpenCL is asked for and no device can do it
     * @throws BenchException when the device or NumPy fails, or NumPy did other work
     */
    public Report run(Backend backend, @Nullable NumPy numPy)
            throws NoDeviceException, IOException, InterruptedException, BenchException {
        ProbeReport probe = backend == Backend.CPU ? new ProbeReport(List.of(), "not looked for") : Devices.probe();
        List<String> switches = new ArrayList<>();
        try (ImageScene scene = new ImageScene(settings)) {
            ImageReducers.Opened opened =
                    ImageReducers.open(backend, scene.plan(), probe, new Reducers.Settings(null, switches::add));
            log.accept(opened.reason());
            try (ImageReducer reducer = opened.reducer();
                    Ceiling ceiling = ImageReducers.ceiling(reducer, probe)) {
                Turns turns = turns(scene, reducer, ceiling);
                NumPyResult rival = measure(turns, scene, reducer, numPy);
                if (!switches.isEmpty()) {
                    throw new BenchException(switches.getFirst());
                }
                ImageResult result = new ImageResult(
                        settings,
                        reducer.backend(),
                        reducer.device(),
                        opened.reason(),
                        ceiling.device(),
                        turns.samples(),
                        rival);
                return new Report(ImageJson.of(result), ImageTable.of(result));
            }
        }
    }

    private Turns turns(ImageScene scene, ImageReducer reducer, Ceiling ceiling) {
        ImageReduction[] into = IntStream.range(0, ImageScene.FRAMES)
                .mapToObj(i -> ImageReduction.of(scene.plan()))
                .toArray(ImageReduction[]::new);
        Turns turns = new Turns(log);
        turns.add(Figure.IMAGE, ImageScene.FRAMES, number -> reducer.reduce(scene.frame(number), 0, into[number]));
        for (Ceiling.Measure measure : ceiling.measures()) {
            turns.add(Figure.of(measure), ImageScene.FRAMES, number -> ceiling.run(measure, scene.frame(number)));
        }
        return turns;
    }

    private @Nullable NumPyResult measure(Turns turns, ImageScene scene, ImageReducer reducer, @Nullable NumPy numPy)
            throws IOException, InterruptedException, BenchException {
        if (numPy == null) {
            turns.measure(repeats);
            return null;
        }
        turns.measure(repeats / 2);
        ImageReduction ours = ImageReduction.of(scene.plan());
        reducer.reduce(scene.frame(0), 0, ours);
        NumPyResult rival = numPy.measure(scene, ours, repeats);
        turns.measure(repeats - repeats / 2);
        return rival;
    }
}
