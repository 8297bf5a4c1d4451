package org.emberline.edge.app;

import java.util.List;
import org.emberline.edge.app.config.ApplianceConfig.DetectorConfig;
import org.emberline.edge.metrics.Metric;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.imaging.ImagingPlan;

/** One detector of a run, everything read that it needs. */
sealed interface Prepared {
    DetectorConfig config();

    Input input();

    List<Metric> metrics();

    /** @param plan what is done to each frame */
    record Rings(DetectorConfig config, Input input, IntegrationPlan plan, List<Metric> metrics) implements Prepared {}

    /**
     * @param axis what each pattern is brought to
     * @param polarization what each bin's intensity is divided by
     */
    record Patterns(DetectorConfig config, Input input, RadialAxis axis, double[] polarization, List<Metric> metrics)
            implements Prepared {}

    /**
     * @param plan what is done to each radiograph
     * @param energiesKev photon energies of the announced frames in turn, empty when the source says them
     */
    record Radiographs(DetectorConfig config, Input input, ImagingPlan plan, double[] energiesKev, List<Metric> metrics)
            implements Prepared {}
}
