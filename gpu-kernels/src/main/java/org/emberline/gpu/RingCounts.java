package org.emberline.gpu;

import java.util.Arrays;

/**
 * The counts of one {@link Ring}, sector by sector, as graininess needs them: raw counts, neither divided by flat, solid angle and
 * polarisation nor by the monitor, so that their Poisson part is known. Divide by {@link #normalisation} to compare sectors of
 * different size. Arrays have one entry per sector; the live arrays, not copies.
 */
public final class RingCounts {
    private final Ring ring;
    private final double[] gross;
    private final double[] net;
    private final double[] netVariance;
    private final double[] normalisation;
    private final double[] pixels;

    RingCounts(Ring ring, int sectors) {
        this.ring = ring;
        gross = new double[sectors];
        net = new double[sectors];
        netVariance = new double[sectors];
        normalisation = new double[sectors];
        pixels = new double[sectors];
        clear();
    }

    public Ring ring() {
        return ring;
    }

    /** All raw counts of the ring's valid pixels; 0 in a sector without any. */
    public double[] gross() {
        return gross;
    }

    /** {@link #gross} less the dark and the background of the flanks; NaN in a sector without valid pixels in ring or flanks. */
    public double[] net() {
        return net;
    }

    /** Poisson variance of {@link #net}, from raw counts, dark and flanks; NaN with it. */
    public double[] netVariance() {
        return netVariance;
    }

    /** Sum of flat * solid angle * polarisation over the ring's valid pixels. */
    public double[] normalisation() {
        return normalisation;
    }

    /** Number of the ring's valid pixels (fractional when pixels are split). */
    public double[] pixels() {
        return pixels;
    }

    void clear() {
        Arrays.fill(gross, 0);
        Arrays.fill(net, Double.NaN);
        Arrays.fill(netVariance, Double.NaN);
        Arrays.fill(normalisation, 0);
        Arrays.fill(pixels, 0);
    }
}
