package org.emberline.edge.metrics.pattern;

import java.util.Arrays;

/** The derivatives of a pattern: a column over all bins for each parameter, and the bins between which it is not 0. */
final class Columns {
    final double[][] value;
    private final int[] from;
    private final int[] to;
    private final double[] weighted;

    Columns(int room, int bins) {
        value = new double[room][bins];
        from = new int[room];
        to = new int[room];
        weighted = new double[bins];
        Arrays.fill(from, bins);
    }

    /** Empties a column. */
    void clear(int column) {
        if (to[column] > from[column]) {
            Arrays.fill(value[column], from[column], to[column], 0);
        }
        from[column] = weighted.length;
        to[column] = 0;
    }

    /** Says that the column will not be 0 there. */
    void reach(int column, int first, int end) {
        from[column] = Math.min(from[column], first);
        to[column] = Math.max(to[column], end);
    }

    /** First bin of a column that may not be 0. */
    int from(int column) {
        return from[column];
    }

    /** One beyond the last. */
    int to(int column) {
        return to[column];
    }

    /** Adds a multiple of a column. */
    void addTo(int column, double factor, double[] sum) {
        double[] own = value[column];
        for (int bin = from[column]; bin < to[column]; bin++) {
            sum[bin] += factor * own[bin];
        }
    }

    /** Writes the normal equations of the first columns, but for those of parameters that are held. */
    void normal(int columns, boolean[] held, double[] weight, double[] residual, NormalEquations equations) {
        equations.clear(columns);
        for (int i = 0; i < columns; i++) {
            if (held[i]) {
                continue;
            }
            double[] left = value[i];
            double descent = 0;
            for (int bin = from[i]; bin < to[i]; bin++) {
                weighted[bin] = weight[bin] * left[bin];
                descent += weighted[bin] * residual[bin];
            }
            equations.addDescent(i, descent);
            for (int j = 0; j <= i; j++) {
                int end = Math.min(to[i], to[j]);
                int start = Math.max(from[i], from[j]);
                if (start < end && !held[j]) {
                    equations.addProduct(i, j, product(value[j], start, end));
                }
            }
        }
    }

    /** Four sums at a time: one alone would wait for each addition to end. */
    private double product(double[] right, int start, int end) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int bin = start;
        for (; bin + 3 < end; bin += 4) {
            a += weighted[bin] * right[bin];
            b += weighted[bin + 1] * right[bin + 1];
            c += weighted[bin + 2] * right[bin + 2];
            d += weighted[bin + 3] * right[bin + 3];
        }
        for (; bin < end; bin++) {
            a += weighted[bin] * right[bin];
        }
        return a + b + (c + d);
    }
}
