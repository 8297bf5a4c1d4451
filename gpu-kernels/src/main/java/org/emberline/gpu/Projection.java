package org.emberline.gpu;

import java.util.function.DoubleUnaryOperator;

/**
 * From places on the sensor to scattering angles. A place is given in the memory order of the frame: row {@code v} from 0 at the
 * outer edge of memory row 0 to {@code rows}, column {@code u} likewise; the centre of a pixel lies at a half.
 *
 * <p>With y and x the distances from the PONI along the slow and fast axis, and L the distance to it, the place lies at
 * {@code t1} (up), {@code t2} (sideways), {@code t3} (along the beam) after the rotations of pyFAI's convention (Kieffer and
 * Karkoulis, J. Phys. Conf. Ser. 425 (2013) 202012). Orientation 2 reverses the rows, 4 the columns, 1 both, as pyFAI does since
 * 2023.11.
 */
public final class Projection {
    private static final double MILLIMETRES_PER_METRE = 1e3;

    private final Geometry geometry;
    private final boolean reverseRows;
    private final boolean reverseColumns;
    private final double cos1;
    private final double sin1;
    private final double cos2;
    private final double sin2;
    private final double cos3;
    private final double sin3;

    public Projection(Geometry geometry, boolean flipRows) {
        this.geometry = geometry;
        int orientation = geometry.detector().orientation();
        reverseRows = flipRows ^ (orientation == 1 || orientation == 2);
        reverseColumns = orientation == 1 || orientation == 4;
        cos1 = Math.cos(geometry.rot1Radians());
        sin1 = Math.sin(geometry.rot1Radians());
        cos2 = Math.cos(geometry.rot2Radians());
        sin2 = Math.sin(geometry.rot2Radians());
        cos3 = Math.cos(geometry.rot3Radians());
        sin3 = Math.sin(geometry.rot3Radians());
    }

    /** Fills {@code into} with the radial coordinate at row {@code v} and columns firstColumn, firstColumn + 1, ... */
    public void radii(RadialUnit unit, double v, double firstColumn, double[] into) {
        DoubleUnaryOperator ofAngle = ofAngle(unit);
        double y = slowMetres(v);
        for (int i = 0; i < into.length; i++) {
            double x = fastMetres(firstColumn + i);
            double radius = Math.hypot(up(y, x), sideways(y, x));
            into[i] = unit == RadialUnit.RADIUS_MILLIMETRES
                    ? MILLIMETRES_PER_METRE * radius
                    : ofAngle.applyAsDouble(Math.atan2(radius, along(y, x)));
        }
    }

    /** Fills {@code into} with chi in degrees at row {@code v} and columns firstColumn, firstColumn + 1, ... */
    public void azimuths(double v, double firstColumn, double[] into) {
        double y = slowMetres(v);
        for (int i = 0; i < into.length; i++) {
            double x = fastMetres(firstColumn + i);
            into[i] = Math.toDegrees(Math.atan2(up(y, x), sideways(y, x)));
        }
    }

    private DoubleUnaryOperator ofAngle(RadialUnit unit) {
        double perAngstrom = 4e-10 * Math.PI / geometry.wavelengthMetres();
        double perNanometre = 4e-9 * Math.PI / geometry.wavelengthMetres();
        return switch (unit) {
            case Q_PER_ANGSTROM -> twoTheta -> perAngstrom * Math.sin(twoTheta / 2);
            case Q_PER_NANOMETRE -> twoTheta -> perNanometre * Math.sin(twoTheta / 2);
            case TWO_THETA_DEGREES -> Math::toDegrees;
            case TWO_THETA_RADIANS, RADIUS_MILLIMETRES -> DoubleUnaryOperator.identity();
        };
    }

    /**
     * Fills {@code into} with what the signal of each pixel of a memory row is divided by: solid angle times polarisation.
     *
     * <p>Solid angle: cos^3 of the angle between the pixel's direction and the detector normal. Polarisation: 1/2 (1 + cos^2
     * 2theta - f cos 2chi sin^2 2theta) with chi counted from the fast axis, written without angles so that the beam centre
     * needs no exception.
     */
    public void normalisations(Corrections corrections, int memoryRow, double[] into) {
        double y = slowMetres(memoryRow + 0.5);
        double distance = geometry.distanceMetres();
        for (int i = 0; i < into.length; i++) {
            double x = fastMetres(i + 0.5);
            double lengthSquared = x * x + y * y + distance * distance;
            double cosine = distance / Math.sqrt(lengthSquared);
            double solidAngle = corrections.solidAngle() ? cosine * cosine * cosine : 1;
            into[i] = solidAngle * polarization(corrections.polarizationFactor(), y, x, lengthSquared);
        }
    }

    private double polarization(double factor, double y, double x, double lengthSquared) {
        if (Double.isNaN(factor)) {
            return 1;
        }
        double t1 = up(y, x);
        double t2 = sideways(y, x);
        double t3 = along(y, x);
        return 0.5 * (1 + (t3 * t3 - factor * (t2 * t2 - t1 * t1)) / lengthSquared);
    }

    private double up(double y, double x) {
        double z = geometry.distanceMetres();
        return y * cos2 * cos3 + x * (cos3 * sin1 * sin2 - cos1 * sin3) - z * (cos1 * cos3 * sin2 + sin1 * sin3);
    }

    private double sideways(double y, double x) {
        double z = geometry.distanceMetres();
        return y * cos2 * sin3 + x * (cos1 * cos3 + sin1 * sin2 * sin3) - z * (-(cos3 * sin1) + cos1 * sin2 * sin3);
    }

    private double along(double y, double x) {
        double z = geometry.distanceMetres();
        return y * sin2 - x * cos2 * sin1 + z * cos1 * cos2;
    }

    private double slowMetres(double v) {
        Detector detector = geometry.detector();
        return (reverseRows ? detector.rows() - v : v) * detector.pixel1Metres() - geometry.poni1Metres();
    }

    private double fastMetres(double u) {
        Detector detector = geometry.detector();
        return (reverseColumns ? detector.columns() - u : u) * detector.pixel2Metres() - geometry.poni2Metres();
    }
}
