package org.emberline.edge.metrics.imaging;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.MetricMap;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.imaging.ImageMetrics.Absorption;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.imaging.FlatScaling;
import org.emberline.gpu.imaging.Flatfield;
import org.emberline.gpu.imaging.HistogramBins;
import org.emberline.gpu.imaging.ImageDetail;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.PhotonNoise;

/** All image metrics of one run, fed with optical densities. */
final class Bench {
    static final double PIXEL_MICROMETRES = 0.1;
    static final double GRAMS_PER_CM3 = 4.74;
    static final double LARGEST_SHIFT = 8;
    static final double PAIR_SECONDS = 60;
    static final double PAIR_KELVIN = 5;
    static final Absorption LOW = new Absorption(8.3, 0.0454, 300);
    static final Absorption HIGH = new Absorption(8.4, 0.0843, 291);

    private static final long SECOND = 1_000_000_000L;

    private final List<Metric> metrics;
    private final FrameSlot slot;
    private long frame;

    Bench(int side, List<Absorption> energies) {
        ImagingPlan plan = plan(side);
        metrics = ImageMetrics.of(ImageMetrics.names(), settings(energies), plan);
        slot = new FrameSlot(
                Arena.ofAuto(), plan, metrics.stream().map(Metric::layout).toList());
    }

    static ImageMetrics.Settings settings(List<Absorption> energies) {
        return new ImageMetrics.Settings(
                1000 * PIXEL_MICROMETRES,
                energies,
                GRAMS_PER_CM3,
                LARGEST_SHIFT,
                Duration.ofSeconds((long) PAIR_SECONDS),
                PAIR_KELVIN);
    }

    static ImagingPlan plan(int side) {
        float[] dark = new float[side * side];
        float[] flat = new float[side * side];
        Arrays.fill(flat, 10_000);
        return new ImagingPlan(
                new ImageShape(side, side),
                PixelFormat.U16,
                new Flatfield(dark, flat),
                null,
                Double.POSITIVE_INFINITY,
                1,
                new FlatScaling.Rim(4),
                new HistogramBins(-0.5, 2, 256),
                new PhotonNoise(1, 50, 50),
                ImageDetail.DENSITY);
    }

    /** A reduced radiograph with these densities. */
    static ImageReduction radiograph(ImageShape shape, float[] density) {
        ImageReduction image = ImageReduction.of(plan(shape.rows()));
        System.arraycopy(density, 0, image.opticalDensity(), 0, density.length);
        return image;
    }

    /** The next frame's slot, not yet measured. */
    FrameSlot next(Absorption energy, float[] density, double seconds, double celsius) {
        slot.reset(frame++);
        slot.startNanos = (long) (seconds * SECOND);
        slot.stopNanos = slot.startNanos;
        slot.energyKev = energy.kev();
        slot.temperatureCelsius = celsius;
        System.arraycopy(density, 0, slot.image().opticalDensity(), 0, density.length);
        return slot;
    }

    void measure() {
        for (int i = 0; i < metrics.size(); i++) {
            metrics.get(i).measure(slot, i);
        }
    }

    void show(Absorption energy, float[] density, double seconds) {
        next(energy, density, seconds, 20);
        measure();
    }

    /** The latest map of a metric that makes one. */
    MetricMap map(String name) {
        for (int i = 0; i < metrics.size(); i++) {
            if (metrics.get(i).name().equals(name)) {
                return Objects.requireNonNull(slot.metricMap(i));
            }
        }
        throw new IllegalArgumentException(name);
    }

    List<Metric> metrics() {
        return metrics;
    }

    double value(String name) {
        return slot.metricValue(index(name));
    }

    double sigma(String name) {
        return slot.metricSigma(index(name));
    }

    long flags(String name) {
        return slot.metricFlags(index(name));
    }

    private static int index(String name) {
        return ImageMetrics.names().indexOf(name);
    }
}
