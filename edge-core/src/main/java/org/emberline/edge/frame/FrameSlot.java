package org.emberline.edge.frame;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.List;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.Sectors;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImagingPlan;
import org.jspecify.annotations.Nullable;

/**
 * One place in the ring: the pixels of a frame and everything that the stages learn about it. Made once, used for many frames. One
 * stage at a time writes it; nobody keeps a reference, or one to its arrays.
 */
public final class FrameSlot {
    /** A time or a number that nobody has said. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private static final MetricLayout WITHOUT_MAP = MetricLayout.of("", "");

    private final MemorySegment pixels;
    private final @Nullable Reduction reduction;
    private final @Nullable ImageReduction image;
    private final double[] metricValues;
    private final double[] metricSigmas;
    private final long[] metricFlags;
    private final @Nullable MetricMap[] metricMaps;

    /** Running number of the frame within the run, from 0, without gaps. */
    public long frameIndex;
    /** Index of the trigger that began the exposure, or -1 when unknown. */
    public long triggerIndex;
    /**
     * The detector's own number of the frame within its series (image_id, uniqueId), or {@link #UNKNOWN}. May wrap at 32 bits, and begins
     * anew with every series.
     */
    public long hardwareId;
    /** Tells the detector's series apart (a digest of series_unique_id, say); 0 where a detector has but one. */
    public long seriesId;
    /** Exposure begin on the detector's clock, nanoseconds from an epoch of its own, or {@link #UNKNOWN}. */
    public long detectorNanos;
    /** When the frame had come, on this machine's clock, nanoseconds since the Unix epoch, or {@link #UNKNOWN} for a replay. */
    public long arrivalNanos;
    /** Exposure begin, nanoseconds since the Unix epoch. */
    public long startNanos;
    /** Exposure end, nanoseconds since the Unix epoch. */
    public long stopNanos;
    /** {@link FrameFlag} bits that concern the whole frame. */
    public long flags;
    /**
     * 0 when {@link #pixels} holds the frame as it is; otherwise how many of its bytes hold the frame compressed by bitshuffle with LZ4, as
     * {@link org.emberline.gpu.Reducer#reduceCompressed} takes it.
     */
    public long compressedBytes;
    /** Mean sample temperature over the exposure, degrees Celsius; NaN when a flag says why. */
    public double temperatureCelsius;
    /** Standard uncertainty of {@link #temperatureCelsius}, kelvin; NaN with it. */
    public double temperatureSigma;
    /** Least sample temperature within the exposure, degrees Celsius; NaN with {@link #temperatureCelsius}. */
    public double temperatureLeast;
    /** Greatest, likewise. */
    public double temperatureGreatest;
    /** dT/dt of the sample, K/s; NaN without {@link #temperatureCelsius}, and where it takes more readings than there are. */
    public double temperatureRate;
    /** Readings with a share in the mean, of all channels together; 0 without one. */
    public int temperatureReadings;
    /** Longest time between two of them, or from the last to the end of the exposure, nanoseconds; 0 without any. */
    public long temperatureGapNanos;
    /** How the temperature came about; of several channels the weakest way. */
    public TemperatureMethod temperatureMethod = TemperatureMethod.NONE;
    /** Photon energy of the exposure, keV; NaN when unknown. */
    public double energyKev;

    /**
     * For frames of a diffraction detector.
     *
     * @param arena owner of the pixel memory
     * @param frameBytes bytes of one frame
     * @param bins radial bins
     * @param metrics number of metrics
     */
    public FrameSlot(Arena arena, long frameBytes, int bins, int metrics) {
        this(arena, frameBytes, bins, Sectors.NONE, metrics);
    }

    /** For frames of a diffraction detector of which more than the pattern is wanted. */
    public FrameSlot(Arena arena, long frameBytes, int bins, Sectors sectors, int metrics) {
        this(arena, frameBytes, Reduction.of(bins, sectors), null, Collections.nCopies(metrics, WITHOUT_MAP));
    }

    /**
     * For frames of an imaging detector.
     *
     * @param arena owner of the pixel memory
     * @param plan how the frames are reduced
     * @param metrics number of metrics, none of which makes maps
     */
    public FrameSlot(Arena arena, ImagingPlan plan, int metrics) {
        this(arena, plan, Collections.nCopies(metrics, WITHOUT_MAP));
    }

    /** For frames of an imaging detector with metrics that may make maps. */
    public FrameSlot(Arena arena, ImagingPlan plan, List<MetricLayout> metrics) {
        this(arena, plan.frameBytes(), null, ImageReduction.of(plan), metrics);
    }

    private FrameSlot(
            Arena arena,
            long frameBytes,
            @Nullable Reduction reduction,
            @Nullable ImageReduction image,
            List<MetricLayout> metrics) {
        pixels = arena.allocate(frameBytes, 4096);
        this.reduction = reduction;
        this.image = image;
        metricValues = new double[metrics.size()];
        metricSigmas = new double[metrics.size()];
        metricFlags = new long[metrics.size()];
        metricMaps = new MetricMap[metrics.size()];
        for (int i = 0; i < metricMaps.length; i++) {
            MapLayout map = metrics.get(i).map();
            metricMaps[i] = map == null ? null : new MetricMap(i, map);
        }
    }

    /** Empties the slot for the next frame; the pixels are left as they are. */
    public void reset(long newFrameIndex) {
        frameIndex = newFrameIndex;
        triggerIndex = -1;
        hardwareId = UNKNOWN;
        seriesId = 0;
        detectorNanos = UNKNOWN;
        arrivalNanos = UNKNOWN;
        startNanos = 0;
        stopNanos = 0;
        flags = 0;
        compressedBytes = 0;
        temperatureCelsius = Double.NaN;
        temperatureSigma = Double.NaN;
        temperatureLeast = Double.NaN;
        temperatureGreatest = Double.NaN;
        temperatureRate = Double.NaN;
        temperatureReadings = 0;
        temperatureGapNanos = 0;
        temperatureMethod = TemperatureMethod.NONE;
        energyKev = Double.NaN;
        // An image is overwritten entirely when it is reduced, and not looked at in a frame that is not.
        if (reduction != null) {
            reduction.clear();
        }
        for (int i = 0; i < metricValues.length; i++) {
            metric(i, Double.NaN, Double.NaN, 0);
        }
    }

    /** Overwrites the slot with what source and gate have written into another of the same layout, pixels included. */
    public void takeReceived(FrameSlot other) {
        reset(other.frameIndex);
        triggerIndex = other.triggerIndex;
        hardwareId = other.hardwareId;
        seriesId = other.seriesId;
        detectorNanos = other.detectorNanos;
        arrivalNanos = other.arrivalNanos;
        startNanos = other.startNanos;
        stopNanos = other.stopNanos;
        flags = other.flags;
        compressedBytes = other.compressedBytes;
        energyKev = other.energyKev;
        temperatureCelsius = other.temperatureCelsius;
        temperatureSigma = other.temperatureSigma;
        temperatureLeast = other.temperatureLeast;
        temperatureGreatest = other.temperatureGreatest;
        temperatureReadings = other.temperatureReadings;
        temperatureMethod = other.temperatureMethod;
        pixels.copyFrom(other.pixels);
    }

    /** Native memory of one frame, page-aligned. */
    public MemorySegment pixels() {
        return pixels;
    }

    /**
     * The reduced frame of a diffraction detector.
     *
     * @throws IllegalStateException in a slot for radiographs
     */
    public Reduction reduction() {
        if (reduction == null) {
            throw new IllegalStateException("a radiograph has no pattern frame=" + frameIndex);
        }
        return reduction;
    }

    /**
     * The reduced frame of an imaging detector; that of an earlier frame where this one is {@link FrameFlag#CORRUPT}.
     *
     * @throws IllegalStateException in a slot for diffraction
     */
    public ImageReduction image() {
        if (image == null) {
            throw new IllegalStateException("a diffraction frame has no radiograph frame=" + frameIndex);
        }
        return image;
    }

    /** Whether this is a slot for radiographs. */
    public boolean imaging() {
        return image != null;
    }

    /** Middle of the exposure, nanoseconds since the Unix epoch. */
    public long midNanos() {
        return startNanos + (stopNanos - startNanos) / 2;
    }

    public void flag(FrameFlag flag) {
        flags |= flag.bit();
    }

    public boolean has(FrameFlag flag) {
        return flag.in(flags);
    }

    /** Sets metric {@code index}; a NaN value goes with flags that say why. */
    public void metric(int index, double value, double sigma, long newFlags) {
        metricValues[index] = value;
        metricSigmas[index] = sigma;
        metricFlags[index] = newFlags;
    }

    /** The latest map of metric {@code index}, which the metric renews; null for a metric without one. */
    public @Nullable MetricMap metricMap(int index) {
        return metricMaps[index];
    }

    public int metricCount() {
        return metricValues.length;
    }

    public double metricValue(int index) {
        return metricValues[index];
    }

    public double metricSigma(int index) {
        return metricSigmas[index];
    }

    public long metricFlags(int index) {
        return metricFlags[index];
    }
}
