package org.emberline.gpu.imaging.blocks;

/** Order statistics without sorting and without heap memory. */
final class Selection {

    private Selection() {}

    /** The median of the first {@code count} values, 1 or more, none of them NaN; reorders them. */
    static double median(float[] values, int count) {
        double upper = select(values, count, count / 2);
        if (count % 2 == 1) {
            return upper;
        }
        float lower = values[0]; // what lies before the selected place is not greater
        for (int i = 1; i < count / 2; i++) {
            lower = Math.max(lower, values[i]);
        }
        return (lower + upper) / 2;
    }

    /** Hoare's selection: afterwards the value at {@code rank} is where sorting would put it. */
    private static float select(float[] values, int count, int rank) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            float pivot = values[(low + high) >>> 1];
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
                    float swapped = values[i];
                    values[i++] = values[j];
                    values[j--] = swapped;
                }
            }
            if (rank <= j) {
                high = j;
            } else if (rank >= i) {
                low = i;
            } else {
                return values[rank];
            }
        }
        return values[rank];
    }
}
