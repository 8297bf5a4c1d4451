package org.emberline.edge.twin;

/**
 * The shadow of a sphere on a grid, integrated exactly over every pixel: with C(x, y) the volume of the ball left of x and below y, a
 * pixel holds C at its four corners, differenced, and the pixels of a sphere add up to its volume but for rounding. One thread;
 * allocates nothing after construction.
 */
final class SphereShadow {
    private final int rows;
    private final int columns;
    private final double pixel;
    private double[] previous;
    private double[] current;

    SphereShadow(int rows, int columns, double pixelMicrometres) {
        this.rows = rows;
        this.columns = columns;
        pixel = pixelMicrometres;
        previous = new double[columns + 1];
        current = new double[columns + 1];
    }

    /**
     * Adds the mean chord in each pixel, times a factor; what lies outside the grid is left out.
     *
     * @param x of the centre in um from the grid's centre, towards larger columns; likewise y, rows
     */
    void add(double x, double y, double radius, double factor, double[] map) {
        double column = x / pixel + columns / 2.0;
        double row = y / pixel + rows / 2.0;
        double reach = radius / pixel;
        int first = (int) Math.max(0, Math.floor(column - reach));
        int last = (int) Math.min(columns - 1.0, Math.floor(column + reach));
        int top = (int) Math.max(0, Math.floor(row - reach));
        int bottom = (int) Math.min(rows - 1.0, Math.floor(row + reach));
        if (first > last || top > bottom || radius <= 0) {
            return;
        }
        double scale = factor * pixel * reach * reach * reach;
        line(current, first, last, column, (top - row) / reach, reach);
        for (int r = top; r <= bottom; r++) {
            double[] swap = previous;
            previous = current;
            current = swap;
            line(current, first, last, column, (r + 1 - row) / reach, reach);
            for (int c = first; c <= last; c++) {
                map[r * columns + c] += scale * (current[c + 1] - current[c] - previous[c + 1] + previous[c]);
            }
        }
    }

    private static void line(double[] values, int first, int last, double column, double v, double reach) {
        for (int c = first; c <= last + 1; c++) {
            values[c] = cut((c - column) / reach, v);
        }
    }

    /** Volume of the unit ball with x < u and y < v. */
    static double cut(double u, double v) {
        double a = Math.max(-1, Math.min(1, u));
        double b = Math.max(-1, Math.min(1, v));
        // The quadrant integral is odd in both arguments; quadrant(1, 1) is an eighth of the ball's two halves.
        return 2 * (quadrant(a, b) + quadrant(a, 1) + quadrant(1, b) + quadrant(1, 1));
    }

    /** Integral of sqrt(1 - x^2 - y^2) over 0..a and 0..b where the root is real. */
    private static double quadrant(double a, double b) {
        double square = 1 - a * a - b * b;
        if (square <= 0) {
            // Outside the disc the corner holds nothing: what is cut off on either side is a plain cap.
            double sign = Math.signum(a) * Math.signum(b);
            return sign * (halfSlab(Math.abs(a)) + halfSlab(Math.abs(b)) - Math.PI / 6);
        }
        double s = Math.sqrt(square);
        return (2 * a * b * s
                        + (3 * a - a * a * a) * Math.atan(b / s)
                        + (3 * b - b * b * b) * Math.atan(a / s)
                        - 2 * Math.atan(a * b / s))
                / 6;
    }

    /** The same over 0..a and all of y > 0. */
    private static double halfSlab(double a) {
        return Math.PI / 4 * (a - a * a * a / 3);
    }
}
