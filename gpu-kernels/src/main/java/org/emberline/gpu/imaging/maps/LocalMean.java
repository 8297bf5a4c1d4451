package org.emberline.gpu.imaging.maps;

import org.emberline.gpu.imaging.ImageShape;

/**
 * Takes off each pixel of a map the mean of the known pixels in the square around it, by a table of sums (Crow 1984): the same time for every
 * size. At the edges the square is cut off.
 */
public final class LocalMean {
    private final ImageShape shape;
    private final double[] sums;
    private final int[] counts;

    /** For maps of that shape. */
    public LocalMean(ImageShape shape) {
        this.shape = shape;
        sums = new double[(shape.rows() + 1) * (shape.columns() + 1)];
        counts = new int[sums.length];
    }

    /**
     * Writes the map less its local mean.
     *
     * @param radius the square reaches so many pixels to each side, 0 or more; twice the size of what is to stay, or more
     * @param into may be the map itself; unknown pixels stay unknown
     */
    public void remove(float[] map, int radius, float[] into) {
        shape.require("map", map.length);
        shape.require("result", into.length);
        if (radius < 0) {
            throw new IllegalArgumentException("the radius must not be negative radius=" + radius);
        }
        tabulate(map);
        int stride = shape.columns() + 1;
        for (int row = 0; row < shape.rows(); row++) {
            int top = Math.max(row - radius, 0) * stride;
            int bottom = (int) Math.min((long) row + radius + 1, shape.rows()) * stride;
            for (int column = 0; column < shape.columns(); column++) {
                int left = Math.max(column - radius, 0);
                int right = (int) Math.min((long) column + radius + 1, shape.columns());
                double sum = sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left];
                int count = counts[bottom + right] - counts[bottom + left] - counts[top + right] + counts[top + left];
                int pixel = row * shape.columns() + column;
                into[pixel] = (float) (map[pixel] - sum / count);
            }
        }
    }

    /** Entry (r, c) is the sum over the rows before r and the columns before c. */
    private void tabulate(float[] map) {
        int stride = shape.columns() + 1;
        for (int row = 0; row < shape.rows(); row++) {
            double sum = 0;
            int count = 0;
            for (int column = 0; column < shape.columns(); column++) {
                float value = map[row * shape.columns() + column];
                if (!Float.isNaN(value)) {
                    sum += value;
                    count++;
                }
                int place = (row + 1) * stride + column + 1;
                sums[place] = sums[place - stride] + sum;
                counts[place] = counts[place - stride] + count;
            }
        }
    }
}
