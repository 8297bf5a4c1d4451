package org.emberline.gpu.imaging.maps;

import java.util.Arrays;
import org.emberline.gpu.imaging.ImageShape;

/**
 * The grey-value opening of a map by discs: every pixel becomes the largest value such that a disc of that height fits under the map and
 * covers the pixel. The disc of radius r holds the pixels with dx^2 + dy^2 <= r^2. Pixels outside the map and unknown ones stand in nobody's
 * way.
 *
 * <p>A disc is a pile of rows of different lengths. The minima over rows of all lengths follow one from the other, from w to w + 1 by one
 * comparison, and each is used for two rows of the disc. Values are compared as integers in the same order.
 */
final class DiscOpening {
    private final ImageShape shape;
    private final int[] keys;
    private final int[] eroded;
    private final int[] opened;
    private final int[] run;
    private final int[] nextRun;

    DiscOpening(ImageShape shape) {
        this.shape = shape;
        keys = new int[shape.pixels()];
        eroded = new int[shape.pixels()];
        opened = new int[shape.pixels()];
        run = new int[shape.columns() + 2];
        nextRun = new int[shape.columns() + 2];
    }

    void load(float[] map) {
        for (int i = 0; i < keys.length; i++) {
            float value = map[i];
            keys[i] = Float.isNaN(value) ? Integer.MAX_VALUE : inOrder(Float.floatToRawIntBits(value));
        }
    }

    /** Bits of a number to an integer of the same order, and back. */
    private static int inOrder(int bits) {
        return bits ^ ((bits >> 31) & 0x7fff_ffff);
    }

    /** Writes the opening by a disc; unknown pixels stay unknown. */
    void open(int radius, float[] into) {
        Arrays.fill(eroded, Integer.MAX_VALUE);
        for (int row = 0; row < shape.rows(); row++) {
            spread(keys, row, radius, true, eroded);
        }
        Arrays.fill(opened, Integer.MIN_VALUE);
        for (int row = 0; row < shape.rows(); row++) {
            spread(eroded, row, radius, false, opened);
        }
        for (int i = 0; i < into.length; i++) {
            into[i] = keys[i] == Integer.MAX_VALUE ? Float.NaN : Float.intBitsToFloat(inOrder(opened[i]));
        }
    }

    /** Brings one row to all the rows of which it is part of the disc. */
    private void spread(int[] from, int row, int radius, boolean least, int[] into) {
        int columns = shape.columns();
        Arrays.fill(run, least ? Integer.MAX_VALUE : Integer.MIN_VALUE);
        Arrays.fill(nextRun, run[0]);
        System.arraycopy(from, row * columns, run, 1, columns);
        int[] current = run;
        int[] next = nextRun;
        int height = radius;
        for (int half = 0; half <= radius; half++) {
            for (; height >= 0 && half == halfWidth(radius, height); height--) {
                combine(current, row - height, least, into);
                if (height > 0) {
                    combine(current, row + height, least, into);
                }
            }
            widen(current, half == 0, least, next);
            int[] held = current;
            current = next;
            next = held;
        }
    }

    private static int halfWidth(int radius, int height) {
        return (int) Math.sqrt(radius * radius - height * height);
    }

    private void combine(int[] of, int row, boolean least, int[] into) {
        if (row < 0 || row >= shape.rows()) {
            return;
        }
        int first = row * shape.columns();
        int columns = shape.columns();
        if (least) {
            for (int i = 0; i < columns; i++) {
                into[first + i] = Math.min(into[first + i], of[i + 1]);
            }
        } else {
            for (int i = 0; i < columns; i++) {
                into[first + i] = Math.max(into[first + i], of[i + 1]);
            }
        }
    }

    /** From runs that reach {@code half} pixels to each side to those that reach one more; the middle is in them from the second on. */
    private static void widen(int[] of, boolean first, boolean least, int[] into) {
        int end = of.length - 1;
        if (least) {
            for (int i = 1; i < end; i++) {
                into[i] = Math.min(of[i - 1], of[i + 1]);
            }
            for (int i = 1; first && i < end; i++) {
                into[i] = Math.min(into[i], of[i]);
            }
        } else {
            for (int i = 1; i < end; i++) {
                into[i] = Math.max(of[i - 1], of[i + 1]);
            }
            for (int i = 1; first && i < end; i++) {
                into[i] = Math.max(into[i], of[i]);
            }
        }
    }
}
