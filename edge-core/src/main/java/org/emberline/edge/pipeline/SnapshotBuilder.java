package org.emberline.edge.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.frame.FrameCopy;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.pipeline.Snapshot.FrameView;
import org.emberline.edge.pipeline.Snapshot.MetricView;
import org.emberline.edge.pipeline.Snapshot.PatternView;

/** Turns the publisher's reused copies into immutable records. One thread. */
final class SnapshotBuilder {
    private final RunLayout layout;
    private final double[] radial;

    SnapshotBuilder(RunLayout layout) {
        this.layout = layout;
        radial = new double[layout.axis().bins()];
        for (int i = 0; i < radial.length; i++) {
            radial[i] = layout.axis().centre(i);
        }
    }

    FrameView frame(FrameCopy copy) {
        List<MetricView> metrics = new ArrayList<>();
        for (int i = 0; i < copy.metricValues.length; i++) {
            metrics.add(new MetricView(
                    layout.metricNames().get(i),
                    layout.metricUnits().get(i),
                    copy.metricValues[i],
                    copy.metricSigmas[i],
                    FrameFlag.names(copy.metricFlags[i])));
        }
        return new FrameView(
                copy.frameIndex,
                copy.midNanos(),
                copy.temperatureCelsius,
                copy.temperatureSigma,
                FrameFlag.names(copy.flags),
                metrics);
    }

    PatternView pattern(FrameCopy copy) {
        return new PatternView(
                layout.detector(),
                copy.frameIndex,
                copy.midNanos(),
                layout.axis().unit().symbol(),
                radial,
                floats(copy.intensity),
                floats(copy.sigma),
                floats(copy.count));
    }

    private static float[] floats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }
}
