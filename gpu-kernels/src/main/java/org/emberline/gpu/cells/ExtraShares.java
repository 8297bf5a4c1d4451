package org.emberline.gpu.cells;

/**
 * What the shares of pixels that reach over more than two bins add to the simple rule "the first share to the first cell, the rest to
 * the next": for the cell after the first a negative correction, for every further cell its share. Sorted by pixel.
 *
 * @param pixel the pixel of each entry
 * @param cell the cell it concerns
 * @param share what it adds to the pixel's share of that cell
 * @param square what it adds to the square of that share
 */
public record ExtraShares(int[] pixel, int[] cell, double[] share, double[] square) {

    /** No pixel reaches over more than two bins. */
    static final ExtraShares NONE = new ExtraShares(new int[0], new int[0], new double[0], new double[0]);

    /** Number of entries. */
    public int count() {
        return pixel.length;
    }

    /** The first entry of the first pixel that is not below {@code from}. */
    public int firstOf(int from) {
        int low = 0;
        int high = pixel.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pixel[middle] < from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
