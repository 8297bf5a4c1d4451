package org.emberline.edge.twin;

/**
 * Spreads what lies in azimuth bins over their neighbours around the circle, as a Gaussian. Half a bin of its width is left to the bins
 * themselves: a grain lies anywhere in its bin and pixels interpolate between two, together a variance of a quarter of a bin squared.
 * Immutable.
 */
final class SpotSpread {
    private static final double BINS_OWN_VARIANCE = 0.25;
    private static final double REACH = 4;

    private final float[] kernel;
    private final int reach;

    /** @param sigmaBins standard deviation of a spot */
    SpotSpread(double sigmaBins) {
        double variance = Math.max(sigmaBins * sigmaBins - BINS_OWN_VARIANCE, 0);
        reach = (int) Math.ceil(REACH * Math.sqrt(variance));
        kernel = new float[2 * reach + 1];
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
            sum += Math.exp(-i * i / (2 * variance + 1e-9));
        }
        for (int i = -reach; i <= reach; i++) {
            kernel[i + reach] = (float) (Math.exp(-i * i / (2 * variance + 1e-9)) / sum);
        }
    }

    /** Scratch length for {@link #spread}. */
    int room(int bins) {
        return bins + 2 * reach;
    }

    /**
     * Spreads {@code bins} into {@code out} of the same length.
     *
     * @param scratch of {@link #room} elements or more
     */
    void spread(float[] bins, float[] scratch, float[] out) {
        int n = bins.length;
        System.arraycopy(bins, 0, scratch, reach, n);
        System.arraycopy(bins, n - reach, scratch, 0, reach);
        System.arraycopy(bins, 0, scratch, n + reach, reach);
        for (int i = 0; i < n; i++) {
            out[i] = kernel[0] * scratch[i];
        }
        for (int k = 1; k < kernel.length; k++) {
            float share = kernel[k];
            for (int i = 0; i < n; i++) {
                out[i] += share * scratch[i + k];
            }
        }
    }
}
