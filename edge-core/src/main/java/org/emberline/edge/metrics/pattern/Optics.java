package org.emberline.edge.metrics.pattern;

/**
 * What the instrument does to a line.
 *
 * @param wavelengthAngstrom NaN when unknown: widths are then taken as constant in q
 * @param secondWavelengthAngstrom of a doublet; NaN when there is one line
 * @param secondShare its intensity over that of the first; 0 when there is one line
 * @param gaussDegrees the instrument's full width at half maximum in 2theta; NaN when nobody has calibrated it: it is then fitted, and what
 *     is told apart from it, size and strain, is not known
 * @param flatPlate whether the sample's displacement shifts lines by a cosine, as on a reflection diffractometer
 */
public record Optics(
        double wavelengthAngstrom,
        double secondWavelengthAngstrom,
        double secondShare,
        double gaussDegrees,
        boolean flatPlate) {

    /** One wavelength, or none known, and an instrument whose width is to be fitted. */
    public static Optics of(double wavelengthAngstrom) {
        return new Optics(wavelengthAngstrom, Double.NaN, 0, Double.NaN, false);
    }

    /** A place in q of the second line for one of the first. */
    double secondOverFirst() {
        return secondShare > 0 ? secondWavelengthAngstrom / wavelengthAngstrom : 1;
    }

    /** Cosine of half the scattering angle; 1 when the wavelength is unknown. */
    public double cosine(double q) {
        if (Double.isNaN(wavelengthAngstrom)) {
            return 1;
        }
        double sine = q * wavelengthAngstrom / (4 * Math.PI);
        return Math.sqrt(Math.max(0, 1 - sine * sine));
    }

    /** Width in q, 1/Å, of the instrument at small angles; NaN when not calibrated. */
    double gaussQ() {
        return Math.toRadians(gaussDegrees) * 2 * Math.PI / wavelengthAngstrom;
    }
}
