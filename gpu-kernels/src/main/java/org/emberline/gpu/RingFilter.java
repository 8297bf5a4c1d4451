package org.emberline.gpu;

/**
 * How the pattern is freed of what does not belong to the powder: spots of large crystals, cosmic rays, shadows. The filter compares,
 * at each radius, the sectors of the cake, not single pixels: a sector's mean is known much better than a pixel, so a threshold means
 * the same at low and at high counts, and the cost does not grow with the detector. What it cannot do is to save the good pixels of a
 * sector that holds a spot: choose sectors as fine as the counts allow.
 */
public sealed interface RingFilter {

    /** Every sector counts. */
    RingFilter NONE = new None();

    /** Every sector counts. */
    record None() implements RingFilter {}

    /**
     * Leaves out sectors whose intensity is further from the mean than {@code threshold} standard deviations of the sectors that are
     * left, again and again until none is left out.
     *
     * @param threshold in standard deviations, above 0
     * @param iterations at most so many, 1 or more
     */
    record SigmaClip(double threshold, int iterations) implements RingFilter {
        public SigmaClip {
            if (!(threshold > 0) || Double.isInfinite(threshold)) {
                throw new IllegalArgumentException("the clipping threshold must be positive thres=" + threshold);
            }
            if (iterations < 1) {
                throw new IllegalArgumentException("at least one iteration is needed max_iter=" + iterations);
            }
        }
    }

    /**
     * Keeps the sectors between two quantiles of the intensity; both 0.5 is the median.
     *
     * @param lowerQuantile 0 to 1
     * @param upperQuantile {@code lowerQuantile} to 1
     */
    record Quantiles(double lowerQuantile, double upperQuantile) implements RingFilter {
        /** The median. */
        public static final Quantiles MEDIAN = new Quantiles(0.5, 0.5);

        public Quantiles {
            if (!(lowerQuantile >= 0 && upperQuantile <= 1 && lowerQuantile <= upperQuantile)) {
                throw new IllegalArgumentException(
                        "quantiles must rise within 0 to 1 quant=" + lowerQuantile + "," + upperQuantile);
            }
        }
    }
}
