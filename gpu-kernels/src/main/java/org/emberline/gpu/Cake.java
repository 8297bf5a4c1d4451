package org.emberline.gpu;

import java.util.Arrays;

/**
 * One frame over radius and azimuth, written over and over by a {@link Reducer}. Arrays have {@code sectors * bins} entries, that of
 * radial bin b in sector s at {@code s * bins + b}. The live arrays, not copies.
 */
public final class Cake {
    private final int bins;
    private final int sectors;
    private final double[] intensity;
    private final double[] sigma;
    private final double[] count;
    private long countStamp;

    Cake(int bins, int sectors) {
        this.bins = bins;
        this.sectors = sectors;
        intensity = new double[bins * sectors];
        sigma = new double[bins * sectors];
        count = new double[bins * sectors];
        clear();
    }

    public int bins() {
        return bins;
    }

    public int sectors() {
        return sectors;
    }

    /** Mean corrected counts per pixel; NaN in an empty cell. */
    public double[] intensity() {
        return intensity;
    }

    /** Standard error of {@link #intensity}; NaN in an empty cell and where the error model knows none. */
    public double[] sigma() {
        return sigma;
    }

    /** Number of pixels (fractional when pixels are split); 0 marks an empty cell. */
    public double[] count() {
        return count;
    }

    /**
     * Which pixels {@link #count} counts, as whoever wrote it numbers them: the same number, the same counts; 0 for none. Pixels rarely
     * change, and copying what is there already takes a good part of a cake's time.
     */
    public long countStamp() {
        return countStamp;
    }

    /** Says which pixels {@link #count} counts from now on. */
    public void countStamp(long newStamp) {
        countStamp = newStamp;
    }

    void clear() {
        countStamp = 0;
        Arrays.fill(intensity, Double.NaN);
        Arrays.fill(sigma, Double.NaN);
        Arrays.fill(count, 0);
    }
}
