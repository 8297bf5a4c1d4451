package org.emberline.edge.metrics.imaging;

import java.util.Arrays;
import org.emberline.gpu.imaging.ImageShape;

/**
 * Mean under a Gaussian window that ends at three standard deviations, rows first, then columns. At the map's edges the window is cut off
 * and its weights add up to one again. One thread; allocates nothing per map.
 */
final class GaussianMean {
    private static final double REACH = 3;

    private final ImageShape shape;
    private final double[] weights;
    private final float[] between;

    GaussianMean(ImageShape shape, double sigmaPixels) {
        this.shape = shape;
        weights = new double[(int) Math.ceil(REACH * sigmaPixels) + 1];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(-0.5 * i * i / (sigmaPixels * sigmaPixels));
        }
        between = new float[shape.pixels()];
    }

    /** Writes the means of a map without unknown pixels; {@code into} may be the map itself. */
    void of(float[] map, float[] into) {
        int rows = shape.rows();
        int columns = shape.columns();
        for (int row = 0; row < rows; row++) {
            alongRow(map, row * columns, columns);
        }
        for (int row = 0; row < rows; row++) {
            alongColumns(row, rows, columns, into);
        }
    }

    private void alongRow(float[] map, int first, int columns) {
        for (int column = 0; column < columns; column++) {
            int low = Math.max(column - weights.length + 1, 0);
            int high = Math.min(column + weights.length - 1, columns - 1);
            double sum = 0;
            double whole = 0;
            for (int i = low; i <= high; i++) {
                double weight = weights[Math.abs(i - column)];
                sum += weight * map[first + i];
                whole += weight;
            }
            between[first + column] = (float) (sum / whole);
        }
    }

    private void alongColumns(int row, int rows, int columns, float[] into) {
        int low = Math.max(row - weights.length + 1, 0);
        int high = Math.min(row + weights.length - 1, rows - 1);
        int first = row * columns;
        Arrays.fill(into, first, first + columns, 0);
        double whole = 0;
        for (int i = low; i <= high; i++) {
            whole += weights[Math.abs(i - row)];
        }
        for (int i = low; i <= high; i++) {
            float weight = (float) (weights[Math.abs(i - row)] / whole);
            for (int column = 0; column < columns; column++) {
                into[first + column] += weight * between[i * columns + column];
            }
        }
    }
}
