package org.emberline.edge.metrics.pattern;

/**
 * A smooth background: uniform cubic B-splines over the axis (C. de Boor, A Practical Guide to Splines, 1978, ch. IX). Four of them
 * reach any bin; their values there are worked out once.
 */
final class Background {
    private static final int REACH = 4;

    final int size;
    private final int[] first;
    private final double[] value;

    /** @param spacing about so much of the axis between two knots */
    Background(Pattern pattern, double spacing) {
        int intervals = Math.max(1, (int) Math.rint(pattern.bins * pattern.binWidth / spacing));
        size = intervals + REACH - 1;
        first = new int[pattern.bins];
        value = new double[REACH * pattern.bins];
        for (int bin = 0; bin < pattern.bins; bin++) {
            double place = (bin + 0.5) / pattern.bins * intervals;
            first[bin] = Math.min((int) place, intervals - 1);
            fill(REACH * bin, place - first[bin]);
        }
    }

    private void fill(int at, double u) {
        double v = 1 - u;
        value[at] = v * v * v / 6;
        value[at + 1] = (4 - 6 * u * u + 3 * u * u * u) / 6;
        value[at + 2] = (4 - 6 * v * v + 3 * v * v * v) / 6;
        value[at + 3] = u * u * u / 6;
    }

    /** The background with these coefficients. */
    double at(int bin, double[] parameters) {
        double sum = 0;
        for (int k = 0; k < REACH; k++) {
            sum += value[REACH * bin + k] * parameters[first[bin] + k];
        }
        return sum;
    }

    /** Writes the columns of the coefficients, which are the first ones. They never change. */
    void fill(Columns columns) {
        for (int bin = 0; bin < first.length; bin++) {
            for (int k = 0; k < REACH; k++) {
                int column = first[bin] + k;
                columns.reach(column, bin, bin + 1);
                columns.value[column][bin] = value[REACH * bin + k];
            }
        }
    }
}
