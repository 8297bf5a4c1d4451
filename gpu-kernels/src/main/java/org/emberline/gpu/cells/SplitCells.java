package org.emberline.gpu.cells;

import java.util.Arrays;

/** Turns the shares of split pixels into "first share, rest, extras". */
final class SplitCells {

    private SplitCells() {}

    /** Writes the first shares of a row and returns its extras. */
    static ExtraShares place(SplitRow row, int firstPixel, int[] cell, double[] firstShare, int outside) {
        int extras = 0;
        for (int count : row.sharesOfPixel()) {
            extras += count > 2 ? count - 1 : 0;
        }
        ExtraShares result = new ExtraShares(new int[extras], new int[extras], new double[extras], new double[extras]);
        int next = 0;
        int share = 0;
        for (int i = 0; i < row.firstBin().length; i++) {
            int pixel = firstPixel + i;
            int count = row.sharesOfPixel()[i];
            boolean inCells = cell[pixel] < outside && count > 0;
            firstShare[pixel] = inCells ? row.share()[share] : 1;
            if (inCells && count > 2) {
                next = extras(result, next, pixel, cell[pixel], Arrays.copyOfRange(row.share(), share, share + count));
            }
            share += count;
        }
        return next == extras ? result : first(result, next);
    }

    private static int extras(ExtraShares into, int from, int pixel, int cell, double[] shares) {
        double rest = 1 - shares[0];
        double beyond = 0;
        int next = from + 1;
        for (int k = 2; k < shares.length; k++) {
            set(into, next++, pixel, cell + k, shares[k], shares[k] * shares[k]);
            beyond += shares[k];
        }
        double second = rest - beyond;
        set(into, from, pixel, cell + 1, -beyond, second * second - rest * rest);
        return next;
    }

    private static void set(ExtraShares into, int index, int pixel, int cell, double share, double square) {
        into.pixel()[index] = pixel;
        into.cell()[index] = cell;
        into.share()[index] = share;
        into.square()[index] = square;
    }

    private static ExtraShares first(ExtraShares of, int count) {
        return new ExtraShares(
                Arrays.copyOf(of.pixel(), count),
                Arrays.copyOf(of.cell(), count),
                Arrays.copyOf(of.share(), count),
                Arrays.copyOf(of.square(), count));
    }

    /**
     * The extras of all rows, one after the other.
     *
     * @throws IllegalArgumentException when there are more than an array can hold
     */
    static ExtraShares joined(ExtraShares[] rows) {
        long count = Arrays.stream(rows).mapToLong(ExtraShares::count).sum();
        if (count == 0) {
            return ExtraShares.NONE;
        }
        if (count > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "splitting makes too many shares of pixels: shares=" + count + ", use fewer bins");
        }
        int all = (int) count;
        ExtraShares joined = new ExtraShares(new int[all], new int[all], new double[all], new double[all]);
        int next = 0;
        for (ExtraShares row : rows) {
            System.arraycopy(row.pixel(), 0, joined.pixel(), next, row.count());
            System.arraycopy(row.cell(), 0, joined.cell(), next, row.count());
            System.arraycopy(row.share(), 0, joined.share(), next, row.count());
            System.arraycopy(row.square(), 0, joined.square(), next, row.count());
            next += row.count();
        }
        return joined;
    }
}
