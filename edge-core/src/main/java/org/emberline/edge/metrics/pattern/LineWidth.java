package org.emberline.edge.metrics.pattern;

/**
 * Width and shape of a line whose Gaussian and Lorentzian parts are known: the pseudo-Voigt that comes nearest to their convolution
 * (P. Thompson, D. E. Cox, J. B. Hastings, J. Appl. Cryst. 20 (1987) 79, eqs 4 and 5), with its derivatives. All full widths at half
 * maximum.
 */
final class LineWidth {
    double fwhm;
    double eta;
    double fwhmPerGauss;
    double fwhmPerLorentz;
    double etaPerGauss;
    double etaPerLorentz;

    /**
     * Sets the fields.
     *
     * @param g above 0
     * @param l 0 or above
     */
    void of(double g, double l) {
        double gg = g * g;
        double ll = l * l;
        double fifth = gg * gg * g
                + 2.69269 * gg * gg * l
                + 2.42843 * gg * g * ll
                + 4.47163 * gg * ll * l
                + 0.07842 * g * ll * ll
                + ll * ll * l;
        fwhm = Math.pow(fifth, 0.2);
        double scale = fwhm / (5 * fifth);
        fwhmPerGauss = scale
                * (5 * gg * gg
                        + 4 * 2.69269 * gg * g * l
                        + 3 * 2.42843 * gg * ll
                        + 2 * 4.47163 * g * ll * l
                        + 0.07842 * ll * ll);
        fwhmPerLorentz = scale
                * (2.69269 * gg * gg
                        + 2 * 2.42843 * gg * g * l
                        + 3 * 4.47163 * gg * ll
                        + 4 * 0.07842 * g * ll * l
                        + 5 * ll * ll);
        double share = l / fwhm;
        eta = share * (1.36603 - share * (0.47719 - share * 0.11116));
        double perShare = 1.36603 - share * (2 * 0.47719 - share * 3 * 0.11116);
        etaPerGauss = -perShare * share / fwhm * fwhmPerGauss;
        etaPerLorentz = perShare * (1 - share * fwhmPerLorentz) / fwhm;
    }
}
