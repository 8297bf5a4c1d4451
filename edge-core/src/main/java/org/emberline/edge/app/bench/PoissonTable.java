package org.emberline.edge.app.bench;

import java.util.random.RandomGenerator;

/**
 * Poisson counts fast enough for millions of pixels: the quantiles of a few hundred means, looked up. A mean is rounded to the nearest
 * of the table, and of each distribution the outermost 1/8192 on either side is left out.
 */
final class PoissonTable {
    private static final int QUANTILES = 4096;

    private final short[][] quantiles;
    private final double meansPerCount;

    /** For means from 0 to {@code largestMean}, at most 1000. */
    PoissonTable(double largestMean) {
        if (!(largestMean > 0 && largestMean <= 1000)) {
            throw new IllegalArgumentException("mean=" + largestMean);
        }
        int means = 256;
        meansPerCount = (means - 1) / largestMean;
        quantiles = new short[means][];
        for (int i = 0; i < means; i++) {
            quantiles[i] = quantilesOf(i / meansPerCount);
        }
    }

    private static short[] quantilesOf(double mean) {
        short[] counts = new short[QUANTILES];
        int count = 0;
        double probability = Math.exp(-mean);
        double below = probability;
        for (int i = 0; i < QUANTILES; i++) {
            double wanted = (i + 0.5) / QUANTILES;
            while (below < wanted) {
                count++;
                probability *= mean / count;
                below += probability;
            }
            counts[i] = (short) count;
        }
        return counts;
    }

    int draw(double mean, RandomGenerator random) {
        return quantiles[(int) Math.round(mean * meansPerCount)][random.nextInt(QUANTILES)];
    }
}
