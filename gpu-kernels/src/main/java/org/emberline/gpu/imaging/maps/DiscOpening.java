package org.emberline.gpu.imaging.maps;

import java.util.Arrays;
import org.emberline.gpu.imaging.ImageShape;

/**
 * The grey-value opening of a map by discs: every pixel becomes the largest value such that a disc of that height fits under the map and
 * covers the pixel. The disc of radius r holds the pixels with dx^2 + dy^2 <= r^2. Pixels outside the map and unknown ones stand in nobody's
 * way.
 *
 * <p>A disc is a pile of runs of different lengths. The minima over runs of all lengths follow one from the other, from w to w + 1 by one
 * comparison, and are kept for the rows that a disc reaches. Values are compared as integers in the same order; the second half, with maxima,
 * is the first on the complements. All arrays are rows of one length, and are read and written at one place, for the sake of vectors.
 */
final class DiscOpening {
    private static final int NOTHING = Integer.MAX_VALUE;

    private final ImageShape shape;
    private final int width;
    private final int[][] keys;
    private final int[][] eroded;
    private final int[][] opened;
    /** By row modulo the disc's height, then by half the length of the run. */
    private final int[][][] runs;

    private final int[][] sources;

    DiscOpening(ImageShape shape, int maximumRadius) {
        this.shape = shape;
        width = shape.columns() + 2;
        keys = rows(shape.rows());
        eroded = rows(shape.rows());
        opened = rows(shape.rows());
        int height = 2 * maximumRadius + 1;
        runs = new int[height][][];
        Arrays.setAll(runs, i -> rows(maximumRadius + 1));
        sources = new int[height][];
    }

    /** Rows with a pixel more at both ends, which is nothing. */
    private int[][] rows(int count) {
        int[][] rows = new int[count][width];
        for (int[] row : rows) {
            Arrays.fill(row, NOTHING);
        }
        return rows;
    }

    void load(float[] map) {
        for (int i = 0; i < map.length; i++) {
            float value = map[i];
            keys[i / shape.columns()][i % shape.columns() + 1] =
                    Float.isNaN(value) ? NOTHING : inOrder(Float.floatToRawIntBits(value));
        }
    }

    /** Bits of a number to an integer of the same order, and back. */
    private static int inOrder(int bits) {
        return bits ^ ((bits >> 31) & 0x7fff_ffff);
    }

    /** Writes the opening by a disc, not larger than the largest; unknown pixels stay unknown. */
    void open(int radius, float[] into) {
        least(keys, radius, eroded);
        complement(eroded);
        least(eroded, radius, opened);
        int columns = shape.columns();
        for (int row = 0; row < shape.rows(); row++) {
            for (int i = 0; i < columns; i++) {
                boolean known = keys[row][i + 1] != NOTHING;
                into[row * columns + i] = known ? Float.intBitsToFloat(inOrder(~opened[row][i + 1])) : Float.NaN;
            }
        }
    }

    private void complement(int[][] rows) {
        for (int[] row : rows) {
            for (int i = 0; i < width; i++) {
                row[i] = ~row[i];
            }
            row[0] = NOTHING;
            row[width - 1] = NOTHING;
        }
    }

    /** The least value under a disc around each pixel. */
    private void least(int[][] from, int radius, int[][] into) {
        int height = 2 * radius + 1;
        for (int row = 0; row < shape.rows() + radius; row++) {
            if (row < shape.rows()) {
                lengthen(from[row], radius, runs[row % height]);
            }
            int target = row - radius;
            if (target >= 0) {
                int count = 0;
                for (int y = Math.max(-radius, -target); y <= radius && target + y < shape.rows(); y++) {
                    sources[count++] = runs[(target + y) % height][(int) Math.sqrt(radius * radius - y * y)];
                }
                combine(count, into[target]);
            }
        }
    }

    /** The least value of the runs that reach 0, 1, 2 ... pixels to each side. */
    private void lengthen(int[] row, int radius, int[][] into) {
        System.arraycopy(row, 0, into[0], 0, width);
        for (int half = 0; half < radius; half++) {
            int[] of = into[half];
            int[] next = into[half + 1];
            for (int i = 0; i < width - 2; i++) {
                next[i + 1] = Math.min(of[i], of[i + 2]);
            }
            if (half == 0) { // from the second on the middle is in them
                three(of, of, of, next);
            }
        }
    }

    private void combine(int count, int[] into) {
        System.arraycopy(sources[0], 0, into, 0, width);
        int last = count - 1;
        for (int i = 1; i < count; i += 3) {
            three(sources[i], sources[Math.min(i + 1, last)], sources[Math.min(i + 2, last)], into);
        }
    }

    private void three(int[] a, int[] b, int[] c, int[] into) {
        for (int i = 0; i < width; i++) {
            into[i] = Math.min(Math.min(into[i], a[i]), Math.min(b[i], c[i]));
        }
    }
}
