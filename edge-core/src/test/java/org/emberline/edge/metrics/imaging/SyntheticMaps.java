package org.emberline.edge.metrics.imaging;

import java.util.SplittableRandom;
import org.emberline.gpu.imaging.ImageShape;

/** Maps whose truth is a formula. */
final class SyntheticMaps {
    /** Points along each side of a pixel. */
    private static final int FINE = 8;
    /** Point spread of the camera, pixels. */
    private static final double SPREAD = 0.37;

    /** A function of place; the middle of a pixel is its index. */
    @FunctionalInterface
    interface Surface {
        double at(double row, double column);
    }

    private SyntheticMaps() {}

    static ImageShape square(int side) {
        return new ImageShape(side, side);
    }

    /** Length of the beam's path through a ball. */
    static Surface ball(double row, double column, double radius) {
        return (r, c) ->
                2 * Math.sqrt(Math.max(0, radius * radius - (r - row) * (r - row) - (c - column) * (c - column)));
    }

    static Surface blob(double row, double column, double sigma) {
        return (r, c) -> Math.exp(-((r - row) * (r - row) + (c - column) * (c - column)) / (2 * sigma * sigma));
    }

    static Surface sum(Surface one, double factor, Surface other) {
        return (r, c) -> one.at(r, c) + factor * other.at(r, c);
    }

    /** As the camera sees it: with its point spread, and integrated over each pixel. */
    static float[] seen(ImageShape shape, Surface surface) {
        int rows = shape.rows() * FINE;
        int columns = shape.columns() * FINE;
        double[][] fine = new double[rows][columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                fine[row][column] = surface.at((row + 0.5) / FINE - 0.5, (column + 0.5) / FINE - 0.5);
            }
        }
        double[] window = window();
        int reach = window.length / 2;
        double[][] across = new double[rows][shape.columns()];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < shape.columns(); column++) {
                for (int i = 0; i < window.length; i++) {
                    int at = Math.clamp((long) column * FINE + i - reach + FINE / 2, 0, columns - 1);
                    across[row][column] += window[i] * fine[row][at];
                }
            }
        }
        float[] map = new float[shape.pixels()];
        for (int i = 0; i < map.length; i++) {
            double value = 0;
            for (int j = 0; j < window.length; j++) {
                int at = Math.clamp((long) i / shape.columns() * FINE + j - reach + FINE / 2, 0, rows - 1);
                value += window[j] * across[at][i % shape.columns()];
            }
            map[i] = (float) value;
        }
        return map;
    }

    /** Point spread and pixel in one: every point of a pixel has its own Gaussian. */
    private static double[] window() {
        int reach = 2 * FINE + FINE / 2;
        double[] window = new double[2 * reach + 1];
        double whole = 0;
        for (int i = 0; i < window.length; i++) {
            for (int point = 0; point < FINE; point++) {
                // Point `reach` of the window is the one just beyond the pixel's middle.
                double distance = (i - reach + FINE / 2 - point) / (SPREAD * FINE);
                window[i] += Math.exp(-distance * distance / 2);
            }
            whole += window[i];
        }
        for (int i = 0; i < window.length; i++) {
            window[i] /= whole;
        }
        return window;
    }

    static float[] scaled(float[] map, double factor) {
        float[] scaled = new float[map.length];
        for (int i = 0; i < map.length; i++) {
            scaled[i] = (float) (factor * map[i]);
        }
        return scaled;
    }

    static float[] withNoise(float[] map, double sigma, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] noisy = map.clone();
        for (int i = 0; i < map.length; i++) {
            noisy[i] += (float) (sigma * random.nextGaussian());
        }
        return noisy;
    }

    static double total(float[] map) {
        double sum = 0;
        for (float value : map) {
            sum += value;
        }
        return sum;
    }
}
