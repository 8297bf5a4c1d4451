package org.emberline.edge.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.PreviewLevel;

/**
 * Everything of a {@link FrameSlot} but its pixels, in arrays made once: what an outlet takes with it when the slot goes on to the next
 * frame. Of a radiograph these are the maps that fit a size. Whoever owns the copy decides which thread may touch it when.
 */
public final class FrameCopy {
    public final double[] metricValues;
    public final double[] metricSigmas;
    public final long[] metricFlags;
    /** One entry per bin; none for a radiograph. Likewise {@link #sigma} and {@link #count}. */
    public final double[] intensity;

    public final double[] sigma;
    public final double[] count;
    /** The maps of a radiograph, the largest first, none for diffraction; those of an earlier frame where this one is CORRUPT. */
    public final List<Map> maps;
    /** The latest maps of those metrics that make one. */
    public final List<MetricMap> metricMaps;

    public long frameIndex = -1;
    public long triggerIndex;
    public long startNanos;
    public long stopNanos;
    public long flags;
    public double temperatureCelsius;
    public double temperatureSigma;
    public double temperatureLeast = Double.NaN;
    public double temperatureGreatest = Double.NaN;
    public double temperatureRate = Double.NaN;
    public int temperatureReadings;
    public long temperatureGapNanos;
    public TemperatureMethod temperatureMethod = TemperatureMethod.NONE;
    public double energyKev;

    /**
     * A map of optical density.
     *
     * @param level its place among {@link ImageReduction#previews}, -1 for the whole map
     * @param factor detector pixels per pixel of the map along each axis
     * @param opticalDensity row by row, NaN where nothing is known
     */
    public record Map(int level, ImageShape shape, int factor, float[] opticalDensity) {}

    /**
     * For frames of a diffraction detector.
     *
     * @param bins radial bins of the pattern
     * @param metrics number of metrics
     */
    public FrameCopy(int bins, int metrics) {
        this(bins, metrics, List.of(), List.of());
    }

    /**
     * For radiographs.
     *
     * @param largestSide rows and columns that a map may have; the smallest preview is taken whatever its size
     * @param metrics in slot order
     */
    public FrameCopy(ImagingPlan plan, int largestSide, List<MetricLayout> metrics) {
        this(0, metrics.size(), maps(plan, largestSide), metricMaps(metrics));
    }

    private FrameCopy(int bins, int metrics, List<Map> maps, List<MetricMap> metricMaps) {
        metricValues = new double[metrics];
        metricSigmas = new double[metrics];
        metricFlags = new long[metrics];
        intensity = new double[bins];
        sigma = new double[bins];
        count = new double[bins];
        this.maps = List.copyOf(maps);
        this.metricMaps = List.copyOf(metricMaps);
    }

    /** Another copy of the same size, empty. */
    FrameCopy another() {
        List<Map> same = maps.stream()
                .map(map -> new Map(map.level, map.shape, map.factor, new float[map.opticalDensity.length]))
                .toList();
        List<MetricMap> alike = metricMaps.stream()
                .map(map -> new MetricMap(map.metric, map.layout))
                .toList();
        return new FrameCopy(intensity.length, metricValues.length, same, alike);
    }

    /** What its arrays take, about. */
    public long bytes() {
        long doubles = intensity.length + sigma.length + count.length + 3L * metricValues.length;
        long floats = maps.stream().mapToLong(map -> map.opticalDensity.length).sum()
                + metricMaps.stream().mapToLong(map -> map.values.length).sum();
        return Double.BYTES * doubles + Float.BYTES * floats;
    }

    private static List<MetricMap> metricMaps(List<MetricLayout> metrics) {
        List<MetricMap> maps = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            MapLayout map = metrics.get(i).map();
            if (map != null) {
                maps.add(new MetricMap(i, map));
            }
        }
        return maps;
    }

    private static List<Map> maps(ImagingPlan plan, int largestSide) {
        ImageReduction sample = ImageReduction.of(plan);
        List<PreviewLevel> previews = sample.previews();
        List<Map> maps = new ArrayList<>();
        for (int level = -1; level < previews.size(); level++) {
            ImageShape shape = level < 0 ? sample.shape() : previews.get(level).shape();
            int factor = plan.factor() * (level < 0 ? 1 : previews.get(level).factor());
            if (Math.max(shape.rows(), shape.columns()) <= largestSide || level == previews.size() - 1) {
                maps.add(new Map(level, shape, factor, new float[shape.pixels()]));
            }
        }
        return maps;
    }

    /** Overwrites the copy with the slot. */
    public void take(FrameSlot slot) {
        frameIndex = slot.frameIndex;
        triggerIndex = slot.triggerIndex;
        startNanos = slot.startNanos;
        stopNanos = slot.stopNanos;
        flags = slot.flags;
        temperatureCelsius = slot.temperatureCelsius;
        temperatureSigma = slot.temperatureSigma;
        temperatureLeast = slot.temperatureLeast;
        temperatureGreatest = slot.temperatureGreatest;
        temperatureRate = slot.temperatureRate;
        temperatureReadings = slot.temperatureReadings;
        temperatureGapNanos = slot.temperatureGapNanos;
        temperatureMethod = slot.temperatureMethod;
        energyKev = slot.energyKev;
        for (int i = 0; i < metricValues.length; i++) {
            metricValues[i] = slot.metricValue(i);
            metricSigmas[i] = slot.metricSigma(i);
            metricFlags[i] = slot.metricFlags(i);
        }
        for (int i = 0; i < metricMaps.size(); i++) {
            MetricMap map = metricMaps.get(i);
            map.take(Objects.requireNonNull(slot.metricMap(map.metric), "made from the same layout"));
        }
        if (slot.imaging()) {
            takeMaps(slot.image());
        } else {
            copy(slot.reduction().intensity(), intensity);
            copy(slot.reduction().sigma(), sigma);
            copy(slot.reduction().count(), count);
        }
    }

    /** Whether the frame is a radiograph that was reduced. */
    public boolean hasMaps() {
        return !maps.isEmpty() && !FrameFlag.CORRUPT.in(flags);
    }

    /** Whether the frame completed a map of one of its metrics. */
    public boolean completesMap() {
        for (MetricMap map : metricMaps) {
            if (map.frameIndex == frameIndex) {
                return true;
            }
        }
        return false;
    }

    /** Middle of the exposure, nanoseconds since the Unix epoch. */
    public long midNanos() {
        return startNanos + (stopNanos - startNanos) / 2;
    }

    private void takeMaps(ImageReduction image) {
        for (int i = 0; i < maps.size(); i++) {
            Map map = maps.get(i);
            float[] from = map.level < 0
                    ? image.opticalDensity()
                    : image.previews().get(map.level).opticalDensity();
            System.arraycopy(from, 0, map.opticalDensity, 0, from.length);
        }
    }

    private static void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }
}
