package org.emberline.gpu;

/**
 * Where the detector stands, in pyFAI's convention: the PONI is the foot of the perpendicular from the sample onto the sensor
 * plane (Kieffer and Karkoulis, J. Phys. Conf. Ser. 425 (2013) 202012).
 *
 * @param detector the sensor
 * @param distanceMetres sample to PONI, metres, positive
 * @param poni1Metres PONI along the slow axis, metres
 * @param poni2Metres PONI along the fast axis, metres
 * @param rot1Radians first rotation, about the vertical
 * @param rot2Radians second rotation, about the horizontal
 * @param rot3Radians third rotation, about the beam
 * @param wavelengthMetres wavelength, or NaN when the file gives none (then only angle and radius units can be used)
 */
public record Geometry(
        Detector detector,
        double distanceMetres,
        double poni1Metres,
        double poni2Metres,
        double rot1Radians,
        double rot2Radians,
        double rot3Radians,
        double wavelengthMetres) {

    public Geometry {
        if (!(distanceMetres > 0) || Double.isInfinite(distanceMetres)) {
            throw new IllegalArgumentException("distance must be positive Distance=" + distanceMetres);
        }
        if (wavelengthMetres <= 0) {
            throw new IllegalArgumentException("wavelength must be positive Wavelength=" + wavelengthMetres);
        }
    }

    /** The same geometry on a detector of the given shape. */
    public Geometry withShape(int rows, int columns) {
        return new Geometry(
                detector.withShape(rows, columns),
                distanceMetres,
                poni1Metres,
                poni2Metres,
                rot1Radians,
                rot2Radians,
                rot3Radians,
                wavelengthMetres);
    }
}
