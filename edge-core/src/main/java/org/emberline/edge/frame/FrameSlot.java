package org.emberline.edge.frame;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.emberline.gpu.Reduction;

/**
 * One place in the ring: the pixels of a frame and everything that the stages learn about it. Made once, used for many frames. One
 * stage at a time writes it; nobody keeps a reference, or one to its arrays.
 */
public final class FrameSlot {
    private final MemorySegment pixels;
    private final Reduction reduction;
    private final double[] metricValues;
    private final double[] metricSigmas;
    private final long[] metricFlags;

    /** Running number of the frame within the run, from 0, without gaps. */
    public long frameIndex;
    /** Index of the trigger that began the exposure, or -1 when unknown. */
    public long triggerIndex;
    /** Exposure begin, nanoseconds since the Unix epoch. */
    public long startNanos;
    /** Exposure end, nanoseconds since the Unix epoch. */
    public long stopNanos;
    /** {@link FrameFlag} bits that concern the whole frame. */
    public long flags;
    /** Mean sample temperature over the exposure, degrees Celsius; NaN when a flag says why. */
    public double temperatureCelsius;
    /** Standard uncertainty of {@link #temperatureCelsius}, kelvin; NaN with it. */
    public double temperatureSigma;

    /**
     * @param arena owner of the pixel memory
     * @param frameBytes bytes of one frame
     * @param bins radial bins
     * @param metrics number of metrics
     */
    public FrameSlot(Arena arena, long frameBytes, int bins, int metrics) {
        pixels = arena.allocate(frameBytes, 4096);
        reduction = new Reduction(bins);
        metricValues = new double[metrics];
        metricSigmas = new double[metrics];
        metricFlags = new long[metrics];
    }

    /** Empties the slot for the next frame; the pixels are left as they are. */
    public void reset(long newFrameIndex) {
        frameIndex = newFrameIndex;
        triggerIndex = -1;
        startNanos = 0;
        stopNanos = 0;
        flags = 0;
        temperatureCelsius = Double.NaN;
        temperatureSigma = Double.NaN;
        reduction.clear();
        for (int i = 0; i < metricValues.length; i++) {
            metric(i, Double.NaN, Double.NaN, 0);
        }
    }

    /** Native memory of one frame, page-aligned. */
    public MemorySegment pixels() {
        return pixels;
    }

    /** The reduced frame. */
    public Reduction reduction() {
        return reduction;
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
