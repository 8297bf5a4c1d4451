package org.emberline.edge.acquire;

import org.emberline.gpu.RadialUnit;

/**
 * Takes places of a pattern from one unit to another: {@code q = 4 pi sin(theta) / wavelength}.
 *
 * @param wavelengthAngstrom NaN when unknown: angles and q cannot be taken to each other
 */
record RadialScale(RadialUnit from, RadialUnit to, double wavelengthAngstrom) {
    private static final double ANGSTROM_PER_NANOMETRE = 10;

    /** Whether a wavelength is needed. */
    boolean needsWavelength() {
        return angle(from) != angle(to);
    }

    private static boolean angle(RadialUnit unit) {
        return unit == RadialUnit.TWO_THETA_DEGREES || unit == RadialUnit.TWO_THETA_RADIANS;
    }

    /** Whether patterns come in that unit, and are brought to it. */
    static boolean knows(RadialUnit unit) {
        return angle(unit) || unit == RadialUnit.Q_PER_ANGSTROM || unit == RadialUnit.Q_PER_NANOMETRE;
    }

    /** NaN for a q that no angle of this wavelength reaches. */
    double apply(double x) {
        if (from == to) {
            return x;
        }
        return angle(from)
                ? ofRadians(radians(x))
                : ofQ(from == RadialUnit.Q_PER_NANOMETRE ? x / ANGSTROM_PER_NANOMETRE : x);
    }

    private double radians(double angle) {
        return from == RadialUnit.TWO_THETA_DEGREES ? Math.toRadians(angle) : angle;
    }

    private double ofRadians(double twoTheta) {
        return switch (to) {
            case TWO_THETA_DEGREES -> Math.toDegrees(twoTheta);
            case TWO_THETA_RADIANS -> twoTheta;
            default -> qIn(4 * Math.PI * Math.sin(twoTheta / 2) / wavelengthAngstrom);
        };
    }

    private double ofQ(double perAngstrom) {
        double twoTheta = 2 * Math.asin(perAngstrom * wavelengthAngstrom / (4 * Math.PI));
        return switch (to) {
            case TWO_THETA_DEGREES -> Math.toDegrees(twoTheta);
            case TWO_THETA_RADIANS -> twoTheta;
            default -> qIn(perAngstrom);
        };
    }

    private double qIn(double perAngstrom) {
        return to == RadialUnit.Q_PER_NANOMETRE ? perAngstrom * ANGSTROM_PER_NANOMETRE : perAngstrom;
    }
}
