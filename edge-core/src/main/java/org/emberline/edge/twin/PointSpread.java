package org.emberline.edge.twin;

import java.util.Arrays;

/**
 * A panel's Gaussian blur: an image over pixels is convolved with a sampled Gaussian whose sum is 1 and whose variance is the stated
 * one; beyond the edges the image goes on as at the edge. One thread; allocates nothing after construction.
 */
final class PointSpread {
    private static final double REACH = 4.5;

    private final int rows;
    private final int columns;
    private final float[] kernel;
    private final int reach;
    private final float[] line;
    private final float[] between;

    /** @param sigmaPixels standard deviation, positive */
    PointSpread(int rows, int columns, double sigmaPixels) {
        this.rows = rows;
        this.columns = columns;
        reach = (int) Math.ceil(REACH * sigmaPixels) + 1;
        kernel = sampled(sigmaPixels * sigmaPixels, reach);
        line = new float[columns + 2 * reach];
        between = new float[rows * columns];
    }

    /** Weights I_k(t) exp(-t): the Gaussian of whole steps, with a variance of exactly t (Lindeberg 1990). */
    private static float[] sampled(double variance, int reach) {
        double[] weights = new double[2 * reach + 1];
        double sum = 0;
        for (int k = -reach; k <= reach; k++) {
            weights[k + reach] = scaledBessel(Math.abs(k), variance);
            sum += weights[k + reach];
        }
        float[] kernel = new float[weights.length];
        for (int k = 0; k < weights.length; k++) {
            kernel[k] = (float) (weights[k] / sum);
        }
        return kernel;
    }

    /** exp(-t) I_k(t) as the mean of exp(t (cos a - 1)) cos(k a) over the circle; the trapezium rule converges faster than any power. */
    private static double scaledBessel(int k, double t) {
        int points = 512;
        double sum = 0;
        for (int i = 0; i < points; i++) {
            double a = 2 * Math.PI * i / points;
            sum += Math.exp(t * (Math.cos(a) - 1)) * Math.cos(k * a);
        }
        return sum / points;
    }

    /** Blurs in place, row by row. */
    void blur(float[] image) {
        for (int row = 0; row < rows; row++) {
            alongRow(image, row * columns);
        }
        for (int row = 0; row < rows; row++) {
            acrossRows(image, row);
        }
    }

    private void alongRow(float[] image, int first) {
        Arrays.fill(line, 0, reach, image[first]);
        System.arraycopy(image, first, line, reach, columns);
        Arrays.fill(line, reach + columns, line.length, image[first + columns - 1]);
        for (int i = 0; i < columns; i++) {
            between[first + i] = kernel[0] * line[i];
        }
        for (int k = 1; k < kernel.length; k++) {
            float share = kernel[k];
            for (int i = 0; i < columns; i++) {
                between[first + i] += share * line[i + k];
            }
        }
    }

    private void acrossRows(float[] image, int row) {
        int first = row * columns;
        Arrays.fill(image, first, first + columns, 0);
        for (int k = 0; k < kernel.length; k++) {
            int from = Math.clamp(row + k - reach, 0, rows - 1) * columns;
            float share = kernel[k];
            for (int i = 0; i < columns; i++) {
                image[first + i] += share * between[from + i];
            }
        }
    }
}
