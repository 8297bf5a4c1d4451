package org.emberline.edge.metrics.imaging;

/** By Hoare's selection (1961): sorting would do, but {@link java.util.Arrays#sort} allocates at every partition. */
final class Median {
    private Median() {}

    /** The upper median of the first {@code count} values, 1 or more, none of them NaN; reorders them. */
    static double of(double[] values, int count) {
        int rank = count / 2;
        int low = 0;
        int high = count - 1;
        while (low < high) {
            double pivot = values[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    double swapped = values[i];
                    values[i++] = values[j];
                    values[j--] = swapped;
                }
            }
            low = rank >= i ? i : low;
            high = rank <= j ? j : high;
            if (rank > j && rank < i) {
                return values[rank];
            }
        }
        return values[rank];
    }
}
