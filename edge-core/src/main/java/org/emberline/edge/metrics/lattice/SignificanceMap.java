package org.emberline.edge.metrics.lattice;

import org.emberline.edge.metrics.pattern.Pattern;

/**
 * How sure it is that a peak stands on each bin: a box as wide as a peak against boxes on both sides of it, in units of the
 * difference's standard error, over boxes of several widths; the largest counts. Needs no knowledge of the peak's width.
 */
final class SignificanceMap {
    private static final int[] HALF_WIDTHS = {1, 2, 3, 5, 8, 13};

    /** Where a narrow box sees a valley this deep, a wider one sees two peaks, not one. */
    private static final double DIP = -3;

    private final double[] significance;
    private final int[] halfWidth;
    private final double[] sumIntensity;
    private final double[] sumVariance;
    private final int[] sumBins;

    SignificanceMap(int bins) {
        significance = new double[bins];
        halfWidth = new int[bins];
        sumIntensity = new double[bins + 1];
        sumVariance = new double[bins + 1];
        sumBins = new int[bins + 1];
    }

    void compute(Pattern pattern) {
        for (int i = 0; i < pattern.bins; i++) {
            boolean usable = pattern.usable[i];
            sumIntensity[i + 1] = sumIntensity[i] + (usable ? pattern.intensity[i] : 0);
            sumVariance[i + 1] = sumVariance[i] + (usable ? pattern.variance[i] : 0);
            sumBins[i + 1] = sumBins[i] + (usable ? 1 : 0);
            significance[i] = 0;
            halfWidth[i] = HALF_WIDTHS[0];
        }
        for (int i = 0; i < pattern.bins; i++) {
            climb(i, pattern.bins);
        }
    }

    private void climb(int bin, int bins) {
        for (int half : HALF_WIDTHS) {
            if (bin - 3 * half - 1 < 0 || bin + 3 * half + 1 >= bins) {
                return;
            }
            double here = significance(bin, half);
            if (here < DIP) {
                return;
            }
            if (here > significance[bin]) {
                significance[bin] = here;
                halfWidth[bin] = half;
            }
        }
    }

    /** Significance of a peak on the bin, 0 or more, in sigmas. */
    double at(int bin) {
        return significance[bin];
    }

    /**
     * How well a reflection on this bin is explained: log(1 + significance) on top of a peak, falling steeply down its flanks. The
     * flanks of a strong peak are significant, too; without the fall two near reflections could stand on each other's peaks.
     */
    double score(int bin) {
        int reach = halfWidth[bin] + 1;
        double top = significance[bin];
        if (top == 0) {
            return 0;
        }
        for (int i = Math.max(0, bin - reach); i <= Math.min(significance.length - 1, bin + reach); i++) {
            top = Math.max(top, significance[i]);
        }
        double share = significance[bin] / top;
        return Math.log1p(significance[bin]) * share * share;
    }

    /** Half the width, in bins, of the box that saw the peak best. */
    int halfWidthAt(int bin) {
        return halfWidth[bin];
    }

    private double significance(int bin, int half) {
        int from = bin - half;
        int to = bin + half + 1;
        int nTop = sumBins[to] - sumBins[from];
        int nLeft = sumBins[from - half] - sumBins[from - 2 * half - 1];
        int nRight = sumBins[to + 2 * half + 1] - sumBins[to + half];
        if (nTop == 0 || nLeft == 0 || nRight == 0) {
            return 0;
        }
        double net = mean(sumIntensity, from, to, nTop)
                - 0.5 * mean(sumIntensity, from - 2 * half - 1, from - half, nLeft)
                - 0.5 * mean(sumIntensity, to + half, to + 2 * half + 1, nRight);
        double variance = mean(sumVariance, from, to, nTop) / nTop
                + 0.25 * mean(sumVariance, from - 2 * half - 1, from - half, nLeft) / nLeft
                + 0.25 * mean(sumVariance, to + half, to + 2 * half + 1, nRight) / nRight;
        double ratio = net / Math.sqrt(variance);
        return Double.isFinite(ratio) ? ratio : 0;
    }

    private static double mean(double[] sums, int from, int to, int n) {
        return (sums[to] - sums[from]) / n;
    }
}
