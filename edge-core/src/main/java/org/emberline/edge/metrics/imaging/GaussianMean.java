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
    /** What makes the weights along a row add up to one. */
    private final float[] perColumn;

    GaussianMean(ImageShape shape, double sigmaPixels) {
        this.shape = shape;
        weights = new double[(int) Math.ceil(REACH * sigmaPixels) + 1];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(-0.5 * i * i / (sigmaPixels * sigmaPixels));
        }
        between = new float[shape.pixels()];
        perColumn = new float[shape.columns()];
        for (int column = 0; column < perColumn.length; column++) {
            double whole = 0;
            for (int i = 0; i < weights.length; i++) {
                whole += column >= i ? weights[i] : 0;
                whole += i > 0 && column + i < perColumn.length ? weights[i] : 0;
            }
            perColumn[column] = (float) (1 / whole);
        }
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

    /** Tap by tap over the whole row, which the compiler turns into vector instructions. */
    private void alongRow(float[] map, int first, int columns) {
        System.arraycopy(map, first, between, first, columns);
        for (int tap = 1; tap < weights.length; tap++) {
            float weight = (float) weights[tap];
            for (int column = tap; column < columns; column++) {
                between[first + column] += weight * map[first + column - tap];
            }
            for (int column = 0; column < columns - tap; column++) {
                between[first + column] += weight * map[first + column + tap];
            }
        }
        for (int column = 0; column < columns; column++) {
            between[first + column] *= perColumn[column];
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
            int from = i * columns;
            for (int column = 0; column < columns; column++) {
                into[first + column] += weight * between[from + column];
            }
        }
    }
}
