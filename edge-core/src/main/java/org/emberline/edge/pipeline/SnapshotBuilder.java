package org.emberline.edge.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameCopy;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.MetricLayout;
import org.emberline.edge.pipeline.Snapshot.FrameView;
import org.emberline.edge.pipeline.Snapshot.MapView;
import org.emberline.edge.pipeline.Snapshot.MetricMapView;
import org.emberline.edge.pipeline.Snapshot.MetricView;
import org.emberline.edge.pipeline.Snapshot.PatternView;
import org.emberline.edge.pipeline.Snapshot.PreviewView;
import org.emberline.edge.pipeline.Snapshot.TemperatureView;
import org.jspecify.annotations.Nullable;

/** Turns the reused copies of one detector's frames into immutable records. One thread. */
final class SnapshotBuilder {
    private final DetectorLayout layout;
    private final String unit;
    private final double[] radial;

    SnapshotBuilder(DetectorLayout layout) {
        this.layout = layout;
        if (layout.result() instanceof DetectorLayout.Patterns patterns) {
            unit = patterns.axis().unit().symbol();
            radial = new double[patterns.axis().bins()];
            for (int i = 0; i < radial.length; i++) {
                radial[i] = patterns.axis().centre(i);
            }
        } else {
            unit = "";
            radial = new double[0];
        }
    }

    FrameView frame(FrameCopy copy) {
        List<MetricView> metrics = new ArrayList<>();
        for (int i = 0; i < copy.metricValues.length; i++) {
            MetricLayout metric = layout.metrics().get(i);
            metrics.add(new MetricView(
                    metric.name(),
                    metric.unit(),
                    copy.metricValues[i],
                    copy.metricSigmas[i],
                    FrameFlag.names(copy.metricFlags[i])));
        }
        return new FrameView(
                copy.frameIndex,
                copy.midNanos(),
                copy.temperatureCelsius,
                copy.temperatureSigma,
                new TemperatureView(
                        copy.temperatureLeast,
                        copy.temperatureGreatest,
                        copy.temperatureRate,
                        copy.temperatureReadings,
                        copy.temperatureGapNanos,
                        copy.temperatureMethod),
                copy.energyKev,
                FrameFlag.names(copy.flags),
                metrics);
    }

    /** Null for a radiograph. */
    @Nullable
    PatternView pattern(FrameCopy copy) {
        if (!(layout.result() instanceof DetectorLayout.Patterns)) {
            return null;
        }
        return new PatternView(
                layout.name(),
                copy.frameIndex,
                copy.midNanos(),
                unit,
                radial,
                floats(copy.intensity),
                floats(copy.sigma),
                floats(copy.count));
    }

    /** Of a copy that has maps. */
    PreviewView preview(FrameCopy copy) {
        List<MapView> maps = copy.maps.stream()
                .map(map -> new MapView(
                        map.shape().rows(),
                        map.shape().columns(),
                        map.factor(),
                        map.opticalDensity().clone()))
                .toList();
        return new PreviewView(layout.name(), copy.frameIndex, copy.midNanos(), copy.energyKev, maps);
    }

    /** The latest map of every metric that has made one. */
    List<MetricMapView> metricMaps(FrameCopy copy) {
        return copy.metricMaps.stream()
                .filter(map -> map.frameIndex >= 0)
                .map(map -> new MetricMapView(
                        layout.name(),
                        layout.metrics().get(map.metric),
                        map.layout,
                        map.frameIndex,
                        map.midNanos,
                        map.values.clone()))
                .toList();
    }

    private static float[] floats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }
}
