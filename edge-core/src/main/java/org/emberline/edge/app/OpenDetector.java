package org.emberline.edge.app;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.Stage;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.reduce.ImageReduceStage;
import org.emberline.edge.reduce.PatternReduceStage;
import org.emberline.edge.reduce.ReduceStage;
import org.emberline.edge.sync.MatchSettings;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.Reducers;
import org.emberline.gpu.imaging.ImageReducers;

/**
 * One detector of a run with the device that reduces its frames.
 *
 * @param triggering how it answers its trigger line
 * @param reduce the stage that owns the device
 * @param metrics what is measured
 * @param closing frees the device; idempotent
 */
record OpenDetector(
        DetectorLayout layout,
        Input input,
        MatchSettings triggering,
        Stage reduce,
        List<Metric> metrics,
        Runnable closing) {

    private static final double ANGSTROM_PER_METRE = 1e10;

    /**
     * Finds the device.
     *
     * @param onSwitch told when a device fails in mid-run and its frames go elsewhere
     * @throws IOException when no device can do it
     * @throws IllegalArgumentException when the plan leaves nothing to reduce
     */
    static OpenDetector of(Prepared prepared, ProbeReport probe, Consumer<String> onSwitch) throws IOException {
        return switch (prepared) {
            case Prepared.Rings rings -> rings(rings, probe, onSwitch);
            case Prepared.Patterns patterns -> patterns(patterns);
            case Prepared.Radiographs radiographs -> radiographs(radiographs, probe, onSwitch);
        };
    }

    private static OpenDetector rings(Prepared.Rings prepared, ProbeReport probe, Consumer<String> onSwitch)
            throws IOException {
        Reducers.Opened opened = Reducers.open(
                prepared.config().reduction().backend(),
                prepared.plan(),
                probe,
                new Reducers.Settings(Home.cache(), onSwitch));
        Input.Rings view = (Input.Rings) prepared.input().view();
        return new OpenDetector(
                layout(
                        prepared,
                        opened.reason(),
                        new DetectorLayout.Patterns(
                                view.frameBytes(),
                                prepared.plan().axis(),
                                view.geometry().wavelengthMetres() * ANGSTROM_PER_METRE,
                                prepared.plan().sectors())),
                prepared.input(),
                prepared.config().detector().triggering(),
                new ReduceStage(opened.reducer()),
                prepared.metrics(),
                opened.reducer()::close);
    }

    private static OpenDetector patterns(Prepared.Patterns prepared) {
        Input.Curves view = (Input.Curves) prepared.input().view();
        return new OpenDetector(
                layout(
                        prepared,
                        view.description() + ", on " + prepared.axis().bins() + " bins",
                        new DetectorLayout.Patterns(view.frameBytes(), prepared.axis(), view.wavelengthAngstrom())),
                prepared.input(),
                prepared.config().detector().triggering(),
                new PatternReduceStage(prepared.axis(), prepared.polarization()),
                prepared.metrics(),
                () -> {});
    }

    private static OpenDetector radiographs(Prepared.Radiographs prepared, ProbeReport probe, Consumer<String> onSwitch)
            throws IOException {
        ImageReducers.Opened opened = ImageReducers.open(
                prepared.config().reduction().backend(),
                prepared.plan(),
                probe,
                new Reducers.Settings(Home.cache(), onSwitch));
        return new OpenDetector(
                layout(prepared, opened.reason(), new DetectorLayout.Images(prepared.plan())),
                prepared.input(),
                prepared.config().detector().triggering(),
                new ImageReduceStage(opened.reducer(), prepared.energiesKev()),
                prepared.metrics(),
                opened.reducer()::close);
    }

    private static DetectorLayout layout(Prepared prepared, String backend, DetectorLayout.Result result) {
        return new DetectorLayout(
                prepared.config().detector().name(),
                backend,
                result,
                prepared.metrics().stream().map(Metric::layout).toList());
    }
}
