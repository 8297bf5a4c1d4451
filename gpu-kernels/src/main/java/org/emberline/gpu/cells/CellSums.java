package org.emberline.gpu.cells;

/** The sums of one frame, as a backend hands them over. One thread at a time per sector. */
public interface CellSums {

    /**
     * Fills in the sums of one sector, a bin after the other, over the pixels that are valid in this frame, with share w, raw count r,
     * dark d and normalisation n.
     *
     * @param raw receives sum(w r)
     * @param second receives sum(w^2 r) under {@link org.emberline.gpu.ErrorModel#POISSON} (and is {@code raw} itself where that is the
     *     same sum), sum(w^2 (r - d)^2) under
     *     {@link org.emberline.gpu.ErrorModel#AZIMUTHAL}
     * @param cross receives sum(w^2 (r - d) n) under {@link org.emberline.gpu.ErrorModel#AZIMUTHAL}
     */
    void sector(int sector, double[] raw, double[] second, double[] cross);

    /**
     * Sum of the raw counts of all valid pixels, in cells or not.
     *
     * @param inCells sum of what {@link #sector} gave as {@code raw}; exact where pixels are integers of up to 16 bits and not split, which
     *     saves going through all cells again
     */
    double totalCounts(double inCells);

    /** Pixels at or above the saturation value, masked ones left out. */
    long saturatedPixels();
}
