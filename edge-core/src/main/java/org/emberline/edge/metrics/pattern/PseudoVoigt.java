package org.emberline.edge.metrics.pattern;

/**
 * The pseudo-Voigt profile of unit area, averaged over a bin:
 * {@code η L + (1-η) G} with {@code L = 2/(πw) / (1+4t²)}, {@code G = 2/w √(ln2/π) exp(-4 ln2 t²)}, {@code t = (x-x₀)/w}, w the full
 * width at half maximum of both (P. Thompson, D. E. Cox, J. B. Hastings, J. Appl. Cryst. 20 (1987) 79).
 *
 * <p>The average is Gauss's quadrature with three points. For a bin as wide as w it is good to 7e-3 of the height, for half that
 * width to 3e-4, for a quarter to 6e-6; the value at the bin's centre would be off by 2e-1, 7e-2 and 2e-2.
 */
public final class PseudoVoigt {
    private static final double FOUR_LN2 = 4 * Math.log(2);
    private static final double GAUSS_TOP = 2 * Math.sqrt(Math.log(2) / Math.PI);
    private static final double LORENTZ_TOP = 2 / Math.PI;
    private static final double OUTER_POINT = 0.5 * Math.sqrt(0.6);
    private static final double OUTER_WEIGHT = 5.0 / 18;
    private static final double MIDDLE_WEIGHT = 8.0 / 18;

    /** Beyond this squared distance, in widths, the Gaussian is below 1e-13 of its top. */
    private static final double GAUSS_END = 11;

    /** Average over the bin, per unit area. */
    public double value;
    /** Derivatives of {@link #value}. */
    public double perPosition;

    public double perWidth;
    public double perEta;

    /**
     * Sets the fields.
     *
     * @param offset bin centre minus peak position
     * @param width full width at half maximum, above 0
     * @param eta Lorentzian share
     * @param binWidth width of the bin
     */
    public void average(double offset, double width, double eta, double binWidth) {
        value = 0;
        perPosition = 0;
        perWidth = 0;
        perEta = 0;
        add(offset - OUTER_POINT * binWidth, width, eta, OUTER_WEIGHT);
        add(offset, width, eta, MIDDLE_WEIGHT);
        add(offset + OUTER_POINT * binWidth, width, eta, OUTER_WEIGHT);
    }

    /** Sets the fields for a point instead of a bin. */
    public void at(double offset, double width, double eta) {
        value = 0;
        perPosition = 0;
        perWidth = 0;
        perEta = 0;
        add(offset, width, eta, 1);
    }

    private void add(double offset, double width, double eta, double weight) {
        double t = offset / width;
        double tt = t * t;
        double gauss = tt > GAUSS_END ? 0 : weight * GAUSS_TOP / width * Math.exp(-FOUR_LN2 * tt);
        double share = 1 / (1 + 4 * tt);
        double lorentz = weight * LORENTZ_TOP / width * share;
        double gaussSlope = (1 - eta) * gauss * 2 * FOUR_LN2;
        double lorentzSlope = eta * lorentz * 8 * share;
        double profile = eta * lorentz + (1 - eta) * gauss;
        value += profile;
        perPosition += (gaussSlope + lorentzSlope) * t / width;
        perWidth += ((gaussSlope + lorentzSlope) * tt - profile) / width;
        perEta += lorentz - gauss;
    }
}
