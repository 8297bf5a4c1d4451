package org.emberline.edge.frame;

/**
 * Everything of a {@link FrameSlot} but its pixels, in arrays made once: what an outlet takes with it when the slot goes on to the next
 * frame. Whoever owns the copy decides which thread may touch it when.
 */
public final class FrameCopy {
    public final double[] metricValues;
    public final double[] metricSigmas;
    public final long[] metricFlags;
    public final double[] intensity;
    public final double[] sigma;
    public final double[] count;
    public long frameIndex = -1;
    public long triggerIndex;
    public long startNanos;
    public long stopNanos;
    public long flags;
    public double temperatureCelsius;
    public double temperatureSigma;

    /** @param bins radial bins of the pattern
     * @param metrics number of metrics */
    public FrameCopy(int bins, int metrics) {
        metricValues = new double[metrics];
        metricSigmas = new double[metrics];
        metricFlags = new long[metrics];
        intensity = new double[bins];
        sigma = new double[bins];
        count = new double[bins];
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
        for (int i = 0; i < metricValues.length; i++) {
            metricValues[i] = slot.metricValue(i);
            metricSigmas[i] = slot.metricSigma(i);
            metricFlags[i] = slot.metricFlags(i);
        }
        copy(slot.reduction().intensity(), intensity);
        copy(slot.reduction().sigma(), sigma);
        copy(slot.reduction().count(), count);
    }

    /** Middle of the exposure, nanoseconds since the Unix epoch. */
    public long midNanos() {
        return startNanos + (stopNanos - startNanos) / 2;
    }

    private static void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }
}
