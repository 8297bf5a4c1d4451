package org.emberline.gpu.cells;

import java.util.Arrays;

/** The sums of one row of bins. */
final class SectorSums {
    final double[] raw;
    final double[] second;
    final double[] cross;
    final boolean oneSum;

    /** @param oneSum whether the second sum is the first one: of counts that are Poisson and not split */
    SectorSums(int bins, boolean oneSum) {
        raw = new double[bins];
        second = oneSum ? raw : new double[bins];
        this.oneSum = oneSum;
        cross = new double[bins];
    }

    /** Sum of the raw counts. */
    double total() {
        double total = 0;
        for (double counts : raw) {
            total += counts;
        }
        return total;
    }

    void clear() {
        Arrays.fill(raw, 0);
        Arrays.fill(second, 0);
        Arrays.fill(cross, 0);
    }

    /** @param withCross whether that sum is in use */
    void add(SectorSums other, boolean withCross) {
        for (int b = 0; b < raw.length; b++) {
            raw[b] += other.raw[b];
        }
        for (int b = 0; !oneSum && b < raw.length; b++) {
            second[b] += other.second[b];
        }
        for (int b = 0; withCross && b < raw.length; b++) {
            cross[b] += other.cross[b];
        }
    }
}
