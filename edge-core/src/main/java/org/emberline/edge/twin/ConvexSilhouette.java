package org.emberline.edge.twin;

import java.util.Arrays;

/** The convex hull of the pixels of an image that exceed a level. */
final class ConvexSilhouette {
    private ConvexSilhouette() {}

    /**
     * Area in pixels of the hull of the centres of pixels above the level. With a level near 0 a centre counts that lies up to half a
     * pixel outside the outline, and the corners of a hull of a grid lie inside it: the two nearly cancel.
     */
    static double areaPixels(double[] image, int columns, double level) {
        int rows = image.length / columns;
        double[] left = new double[rows];
        double[] right = new double[rows];
        for (int row = 0; row < rows; row++) {
            left[row] = Double.NaN;
            right[row] = Double.NaN;
            for (int column = 0; column < columns; column++) {
                if (image[row * columns + column] > level) {
                    left[row] = Double.isNaN(left[row]) ? column : left[row];
                    right[row] = column;
                }
            }
        }
        int[] leftChain = chain(left, -1);
        int[] rightChain = chain(right, 1);
        return under(right, rightChain) - under(left, leftChain);
    }

    /** Rows of the corners of the hull's side; side 1 is the right one. */
    private static int[] chain(double[] edge, int side) {
        int[] corner = new int[edge.length];
        int count = 0;
        for (int row = 0; row < edge.length; row++) {
            if (!Double.isNaN(edge[row])) {
                while (count > 1 && side * turn(edge, corner[count - 2], corner[count - 1], row) >= 0) {
                    count--;
                }
                corner[count++] = row;
            }
        }
        return Arrays.copyOf(corner, count);
    }

    private static double turn(double[] edge, int a, int b, int c) {
        return (edge[c] - edge[a]) * (b - a) - (edge[b] - edge[a]) * (c - a);
    }

    private static double under(double[] edge, int[] chain) {
        double sum = 0;
        for (int k = 1; k < chain.length; k++) {
            sum += 0.5 * (chain[k] - chain[k - 1]) * (edge[chain[k]] + edge[chain[k - 1]]);
        }
        return sum;
    }
}
