package org.emberline.gpu.cells;

import java.util.Arrays;

/** Collects the shares of the pixels of a row, column by column. Radial coordinates are counted in bins. */
final class Shares {
    private final int row;
    private final int bins;
    private final int[] firstBin;
    private final int[] sharesOfPixel;
    private double[] share;
    private int used;

    Shares(int row, int bins, int columns) {
        this.row = row;
        this.bins = bins;
        firstBin = new int[columns];
        sharesOfPixel = new int[columns];
        share = new double[columns * 3];
    }

    SplitRow row() {
        return new SplitRow(row, firstBin, sharesOfPixel, share, used);
    }

    void mask(int column) {
        firstBin[column] = SplitRow.MASKED;
    }

    /** In proportion to the interval's length in each bin; what reaches over an end is given to the end bin. */
    void divideInterval(int column, double from, double to) {
        if (!(to >= 0 && from <= bins)) {
            firstBin[column] = SplitRow.OUTSIDE;
            return;
        }
        // Clamped bins with the unclamped interval: the end bin receives what reaches over the end.
        int first = Math.clamp((long) Math.floor(from), 0, bins - 1);
        int last = Math.clamp((long) Math.floor(to), 0, bins - 1);
        double perBin = 1 / (to - from);
        double lastShare = (to - last) * perBin;
        if (last > first && !(lastShare > 0)) {
            last--;
            lastShare = perBin;
        }
        int before = used;
        if (first == last) {
            add(1);
        } else {
            add((first + 1 - from) * perBin);
            for (int bin = first + 1; bin < last; bin++) {
                add(perBin);
            }
            add(lastShare);
        }
        firstBin[column] = first;
        sharesOfPixel[column] = used - before;
    }

    /**
     * In proportion to the area in each bin. What lies outside the axis is left out, and the rest counts for the whole pixel.
     */
    void divideArea(int column, PixelFan pixel) {
        double from = pixel.lowest();
        double to = pixel.highest();
        if (!(to > 0 && from < bins)) {
            firstBin[column] = SplitRow.OUTSIDE;
            return;
        }
        int first = Math.clamp((long) Math.floor(from), 0, bins - 1);
        int last = Math.clamp((long) Math.ceil(to) - 1, first, bins - 1);
        int before = used;
        if (first == last) {
            add(1);
        } else {
            first = addAreas(pixel, first, last);
        }
        sharesOfPixel[column] = used - before;
        firstBin[column] = used > before ? first : SplitRow.OUTSIDE;
    }

    /** Adds what lies in each bin, but for areas at either end too small for a double, and gives the first bin that has a share. */
    private int addAreas(PixelFan pixel, int first, int last) {
        double outside = pixel.areaBelow(first);
        double end = pixel.areaBelow(last + 1.0);
        double inside = end - outside;
        double below = outside;
        int firstShared = first;
        for (int bin = first; bin <= last && below < end; bin++) {
            double next = bin == last ? end : pixel.areaBelow(bin + 1.0);
            if (next > outside) {
                add((next - below) / inside);
                below = next;
            } else {
                firstShared++;
            }
        }
        return firstShared;
    }

    private void add(double value) {
        if (used == share.length) {
            share = Arrays.copyOf(share, Math.max(16, 2 * used));
        }
        share[used++] = value;
    }
}
