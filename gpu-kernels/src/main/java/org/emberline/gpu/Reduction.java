package org.emberline.gpu;

import java.util.Arrays;

/**
 * The result of one frame, written over and over by a {@link Reducer}. Arrays have one entry per radial bin. One thread at a
 * time; whoever wants to keep values copies them.
 */
public final class Reduction {
    private final double[] intensity;
    private final double[] sigma;
    private final double[] count;
    private double totalCounts;
    private long validPixels;
    private long saturatedPixels;

    /** Room for {@code bins} bins; every bin starts empty. */
    public Reduction(int bins) {
        intensity = new double[bins];
        sigma = new double[bins];
        count = new double[bins];
        clear();
    }

    /** Mean corrected counts per pixel in each bin; NaN in an empty bin. The live array, not a copy. */
    public double[] intensity() {
        return intensity;
    }

    /** Standard error of {@link #intensity}; NaN in an empty bin and under {@link ErrorModel#NONE}. The live array. */
    public double[] sigma() {
        return sigma;
    }

    /** Number of pixels in each bin (fractional when pixels are split); 0 marks an empty bin. The live array. */
    public double[] count() {
        return count;
    }

    /** Sum of the raw counts of all valid pixels of the frame, inside the radial range or not. */
    public double totalCounts() {
        return totalCounts;
    }

    /** Pixels that are neither masked nor invalid in this frame, inside the radial range or not. */
    public long validPixels() {
        return validPixels;
    }

    /** Valid pixels at or above the plan's saturation value. */
    public long saturatedPixels() {
        return saturatedPixels;
    }

    /** Sets the figures of the whole frame. */
    public void frameTotals(double newTotalCounts, long newValidPixels, long newSaturatedPixels) {
        totalCounts = newTotalCounts;
        validPixels = newValidPixels;
        saturatedPixels = newSaturatedPixels;
    }

    /**
     * Sets bin {@code index} from its sums over pixels with share w, raw count, dark and normalisation: intensity = sum(w (raw -
     * dark)) / sum(w normalisation); sigma = sqrt(sum(w^2 (max(raw, 1) + max(dark, 0)))) / sum(w normalisation), the variance that
     * pyFAI 0.21.3's integrate1d_ng takes for {@code error_model="poisson"} where the engine does not compute its own
     * (bounding-box histogram). Its engines that do differ only in leaving the dark's part out.
     *
     * @param signal sum(w (raw - dark))
     * @param variance the sum under the root, or NaN for no sigma
     * @param normalisation sum(w normalisation)
     * @param pixels sum(w); 0 makes the bin empty
     */
    public void setBin(int index, double signal, double variance, double normalisation, double pixels) {
        boolean empty = !(pixels > 0);
        intensity[index] = empty ? Double.NaN : signal / normalisation;
        sigma[index] = empty ? Double.NaN : Math.sqrt(variance) / normalisation;
        count[index] = empty ? 0 : pixels;
    }

    /**
     * Checks that this is room for that many bins.
     *
     * @throws IllegalArgumentException otherwise
     */
    public void requireBins(int bins) {
        if (intensity.length != bins) {
            throw new IllegalArgumentException("the reduction has room for " + intensity.length + " bins, npt=" + bins);
        }
    }

    /** Back to all bins empty and totals zero. */
    public void clear() {
        Arrays.fill(intensity, Double.NaN);
        Arrays.fill(sigma, Double.NaN);
        Arrays.fill(count, 0);
        frameTotals(0, 0, 0);
    }
}
