package org.emberline.edge.reduce;

import java.util.Arrays;
import org.emberline.gpu.RadialAxis;

/** What polarisation has left of the intensities of a pattern that was not corrected for it. */
public final class PatternPolarization {
    private static final double ANGSTROM_PER_NANOMETRE = 10;

    private PatternPolarization() {}

    /**
     * What to divide each bin by: {@code (1 + cos^2 2theta - F cos(2 eta) sin^2 2theta) / 2}, as pyFAI has it for a pixel. With F = 0, an
     * unpolarised beam, it is the same at every azimuth.
     *
     * @param factor F, -1 to 1; NaN for patterns that are corrected already: every divisor is 1
     * @param azimuthDegrees eta, where the detector stands, from the horizontal
     * @throws IllegalArgumentException for an axis in q without a wavelength, and one that reaches beyond 2theta = 180 degrees
     */
    public static double[] divisors(RadialAxis axis, double wavelengthAngstrom, double factor, double azimuthDegrees) {
        double[] divisors = new double[axis.bins()];
        if (Double.isNaN(factor)) {
            Arrays.fill(divisors, 1);
            return divisors;
        }
        double across = factor * Math.cos(2 * Math.toRadians(azimuthDegrees));
        for (int b = 0; b < divisors.length; b++) {
            double cosine = Math.cos(twoTheta(axis, axis.centre(b), wavelengthAngstrom));
            double square = cosine * cosine;
            divisors[b] = (1 + square - across * (1 - square)) / 2;
            if (!(divisors[b] > 0)) {
                throw new IllegalArgumentException("reduce.polarization=" + factor
                        + " cannot be taken back without a wavelength, nor where nothing is scattered: at "
                        + axis.unit().symbol() + "=" + axis.centre(b) + ", wavelength=" + wavelengthAngstrom);
            }
        }
        return divisors;
    }

    private static double twoTheta(RadialAxis axis, double x, double wavelength) {
        return switch (axis.unit()) {
            case TWO_THETA_DEGREES -> Math.toRadians(x);
            case TWO_THETA_RADIANS -> x;
            case Q_PER_ANGSTROM -> 2 * Math.asin(x * wavelength / (4 * Math.PI));
            case Q_PER_NANOMETRE -> 2 * Math.asin(x / ANGSTROM_PER_NANOMETRE * wavelength / (4 * Math.PI));
            case RADIUS_MILLIMETRES, D_STAR_SQUARED_PER_SQUARE_ANGSTROM ->
                throw new IllegalArgumentException(
                        "a pattern has no unit=" + axis.unit().symbol());
        };
    }
}
