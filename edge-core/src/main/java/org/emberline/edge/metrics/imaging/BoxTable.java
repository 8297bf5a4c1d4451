package org.emberline.edge.metrics.imaging;

import org.emberline.gpu.imaging.ImageShape;

/**
 * Sums over the chosen pixels of squares, by a table of sums (Crow 1984): the same time for every size. Squares are cut off at the map's
 * edges. One thread; allocates nothing per map.
 */
final class BoxTable {
    private final int rows;
    private final int columns;
    private final double[] sums;
    private final int[] counts;

    BoxTable(ImageShape shape) {
        rows = shape.rows();
        columns = shape.columns();
        sums = new double[(rows + 1) * (columns + 1)];
        counts = new int[sums.length];
    }

    /** Tabulates the chosen pixels of a map. */
    void of(float[] map, boolean[] chosen) {
        int stride = columns + 1;
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            int count = 0;
            for (int column = 0; column < columns; column++) {
                int pixel = row * columns + column;
                if (chosen[pixel]) {
                    sum += map[pixel];
                    count++;
                }
                int place = (row + 1) * stride + column + 1;
                sums[place] = sums[place - stride] + sum;
                counts[place] = counts[place - stride] + count;
            }
        }
    }

    /** Chosen pixels within {@code reach} rows and columns of a pixel. */
    int count(int row, int column, int reach) {
        int stride = columns + 1;
        int top = Math.max(row - reach, 0) * stride;
        int bottom = Math.min(row + reach + 1, rows) * stride;
        int left = Math.max(column - reach, 0);
        int right = Math.min(column + reach + 1, columns);
        return counts[bottom + right] - counts[bottom + left] - counts[top + right] + counts[top + left];
    }

    /** Mean of the chosen pixels within {@code reach} rows and columns of a pixel; NaN without any. */
    double mean(int row, int column, int reach) {
        int stride = columns + 1;
        int top = Math.max(row - reach, 0) * stride;
        int bottom = Math.min(row + reach + 1, rows) * stride;
        int left = Math.max(column - reach, 0);
        int right = Math.min(column + reach + 1, columns);
        double sum = sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left];
        return sum / count(row, column, reach);
    }

    /** Marks the pixels with a chosen one within {@code reach} rows and columns. */
    void grown(int reach, boolean[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = count(i / columns, i % columns, reach) > 0;
        }
    }

    /** Marks the pixels all of whose neighbours within {@code reach} rows and columns are chosen; none beyond the map is. */
    void shrunk(int reach, boolean[] into) {
        int whole = (2 * reach + 1) * (2 * reach + 1);
        for (int i = 0; i < into.length; i++) {
            into[i] = count(i / columns, i % columns, reach) == whole;
        }
    }
}
