package org.emberline.gpu.imaging.maps;

import java.util.Arrays;
import org.emberline.gpu.imaging.ImageShape;

/**
 * Moves a map by parts of a pixel by cubic convolution (Keys 1981, a = -1/2), which reproduces parabolas exactly and whose weights add up to
 * one, so it keeps mass. Not by Fourier's theorem: that wraps what leaves at one edge in at the other, and rings around every
 * edge and unknown pixel. A pixel that would need one from outside the map or an unknown one is unknown.
 */
public final class CubicShift {
    private static final int TAPS = 4;

    private final ImageShape shape;
    private final float[] between;
    private final double[] weights = new double[TAPS];

    /** For maps of that shape. */
    public CubicShift(ImageShape shape) {
        this.shape = shape;
        between = new float[shape.pixels()];
    }

    /**
     * Moves the content towards higher rows and columns: {@code into(row, column) = map(row - rows, column - columns)}.
     *
     * @param into another array than {@code map}
     */
    public void move(float[] map, double rows, double columns, float[] into) {
        shape.require("map", map.length);
        shape.require("result", into.length);
        if (!Double.isFinite(rows) || !Double.isFinite(columns)) {
            Arrays.fill(into, Float.NaN);
            return;
        }
        int width = shape.columns();
        int down = whole(rows);
        setWeights(down - rows);
        Arrays.fill(between, 0);
        for (int tap = 0; tap < TAPS; tap++) {
            addRows(map, tap, down);
        }
        int right = whole(columns);
        setWeights(right - columns);
        for (int first = 0; first < into.length; first += width) {
            moveRow(first, right, into);
        }
    }

    /** A whole number of pixels, never less than the shift and less than one more. */
    private static int whole(double shift) {
        return (int) Math.clamp(Math.ceil(shift), -1e9, 1e9);
    }

    /** Weights of the pixels at -1, 0, 1 and 2 for a place in [0, 1) between 0 and 1. */
    private void setWeights(double t) {
        weights[0] = ((-0.5 * t + 1) * t - 0.5) * t;
        weights[1] = (1.5 * t - 2.5) * t * t + 1;
        weights[2] = ((-1.5 * t + 2) * t + 0.5) * t;
        weights[3] = (0.5 * t - 0.5) * t * t;
    }

    private void addRows(float[] map, int tap, int down) {
        float weight = (float) weights[tap];
        if (weight == 0) { // what does not count may be unknown
            return;
        }
        int width = shape.columns();
        for (int row = 0; row < shape.rows(); row++) {
            long source = (long) row - down + tap - 1;
            int into = row * width;
            if (source < 0 || source >= shape.rows()) {
                Arrays.fill(between, into, into + width, Float.NaN);
                continue;
            }
            int from = (int) source * width;
            for (int i = 0; i < width; i++) {
                between[into + i] += weight * map[from + i];
            }
        }
    }

    private void moveRow(int first, int right, float[] into) {
        int width = shape.columns();
        for (int column = 0; column < width; column++) {
            double sum = 0;
            for (int tap = 0; tap < TAPS; tap++) {
                long source = (long) column - right + tap - 1;
                if (weights[tap] != 0) {
                    sum += source < 0 || source >= width ? Double.NaN : weights[tap] * between[first + (int) source];
                }
            }
            into[first + column] = (float) sum;
        }
    }
}
