package org.emberline.gpu;

import java.util.Arrays;

/**
 * From places on the sensor to scattering angles. A place is given in the memory order of the frame: row {@code v} from 0 at the
 * outer edge of memory row 0 to {@code rows}, column {@code u} likewise; the centre of a pixel lies at a half.
 *
 * <p>With y and x the distances from the PONI along the slow and fast axis, and D the distance to it, the place lies at
 * {@code t1} (up), {@code t2} (sideways), {@code t3} (along the beam) after the rotations of pyFAI's convention (Kieffer and
 * Karkoulis, J. Phys. Conf. Ser. 425 (2013) 202012):
 *
 * <pre>{@code
 * t1 = y c2 c3 + x (c3 s1 s2 - c1 s3) - D ( c1 c3 s2 + s1 s3)
 * t2 = y c2 s3 + x (c1 c3 + s1 s2 s3) - D (-c3 s1 + c1 s2 s3)
 * t3 = y s2    - x c2 s1              + D c1 c2
 * }</pre>
 *
 * <p>Orientation 2 reverses the rows, 4 the columns, 1 both: it says where the memory's places lie on the sensor, and moves
 * nothing in space. Flipped rows are reversed once more.
 *
 * <p>Immutable, for any number of threads.
 */
public final class Projection {
    private static final double MILLIMETRES_PER_METRE = 1e3;

    private final Geometry geometry;
    private final boolean singlePrecision;
    private final boolean reverseRows;
    private final boolean reverseColumns;
    private final double cos2;
    private final double sin1;
    private final double sin2;
    private final double cos3;
    private final double sin3;
    private final double upPerFast;
    private final double upAtPoni;
    private final double sidewaysPerFast;
    private final double sidewaysAtPoni;
    private final double alongAtPoni;

    /**
     * Prepares the rotations.
     *
     * @param geometry geometry with a definite detector shape
     * @param flipRows whether row 0 in memory is the last row of the geometry
     * @throws IllegalArgumentException when the shape is open: without it, nothing can be reversed
     */
    public Projection(Geometry geometry, boolean flipRows) {
        this(geometry, flipRows, false);
    }

    /**
     * A projection whose places on the sensor are held in single precision, as pyFAI 0.21 holds the centres of pixels: off by some 1e-4
     * of a pixel. For whoever has to get what pyFAI gets, to the last digits.
     */
    public static Projection inSinglePrecision(Geometry geometry, boolean flipRows) {
        return new Projection(geometry, flipRows, true);
    }

    private Projection(Geometry geometry, boolean flipRows, boolean singlePrecision) {
        this.singlePrecision = singlePrecision;
        if (geometry.detector().pixels() == 0) {
            throw new IllegalArgumentException("the detector has no shape");
        }
        this.geometry = geometry;
        int orientation = geometry.detector().orientation();
        reverseRows = flipRows ^ (orientation == 1 || orientation == 2);
        reverseColumns = orientation == 1 || orientation == 4;
        double cos1 = Math.cos(geometry.rot1Radians());
        sin1 = Math.sin(geometry.rot1Radians());
        cos2 = Math.cos(geometry.rot2Radians());
        sin2 = Math.sin(geometry.rot2Radians());
        cos3 = Math.cos(geometry.rot3Radians());
        sin3 = Math.sin(geometry.rot3Radians());
        double distance = geometry.distanceMetres();
        upPerFast = cos3 * sin1 * sin2 - cos1 * sin3;
        upAtPoni = distance * (cos1 * cos3 * sin2 + sin1 * sin3);
        sidewaysPerFast = cos1 * cos3 + sin1 * sin2 * sin3;
        sidewaysAtPoni = distance * (-(cos3 * sin1) + cos1 * sin2 * sin3);
        alongAtPoni = distance * cos1 * cos2;
    }

    /**
     * Fills {@code into} with the radial coordinate at row {@code v} and columns firstColumn, firstColumn + 1, ..., in the unit;
     * NaN where the unit needs a wavelength and the geometry gives none.
     *
     * <p>By way of {@code 2theta = atan2(hypot(t1, t2), t3)}, as other programs do: where the end of a range was computed
     * elsewhere as the coordinate of a pixel, that pixel lies on it to the last bit wherever the libraries round alike.
     */
    public void radii(RadialUnit unit, double v, double firstColumn, double[] into) {
        Row row = new Row(v);
        for (int i = 0; i < into.length; i++) {
            double x = fastMetres(firstColumn + i);
            double radius = Math.hypot(row.up(x), row.sideways(x));
            into[i] = unit == RadialUnit.RADIUS_MILLIMETRES
                    ? MILLIMETRES_PER_METRE * radius
                    : Math.atan2(radius, row.along(x));
        }
        switch (unit) {
            case Q_PER_ANGSTROM -> toHalfSines(4e-10 * Math.PI / geometry.wavelengthMetres(), into);
            case Q_PER_NANOMETRE -> toHalfSines(4e-9 * Math.PI / geometry.wavelengthMetres(), into);
            case D_STAR_SQUARED_PER_SQUARE_ANGSTROM -> {
                toHalfSines(2e-10 / geometry.wavelengthMetres(), into);
                Arrays.setAll(into, i -> into[i] * into[i]);
            }
            case TWO_THETA_DEGREES -> Arrays.setAll(into, i -> Math.toDegrees(into[i]));
            case TWO_THETA_RADIANS, RADIUS_MILLIMETRES -> {}
        }
    }

    private static void toHalfSines(double scale, double[] angles) {
        for (int i = 0; i < angles.length; i++) {
            angles[i] = scale * Math.sin(angles[i] / 2);
        }
    }

    /**
     * Like {@link #radii}, equal to it within a relative 2e-15, and for q, d*2 and the radius several times faster: for shares of
     * pixels, which change no more than the coordinates do.
     *
     * <p>With {@code r^2 = t1^2 + t2^2} and {@code L^2 = r^2 + t3^2}, {@code sin^2(theta) = (1 - t3 / L) / 2 = r^2 / (2 (L^2 + L
     * t3))}, which cancels nothing while t3 is positive. Rows that reach behind the sample are left to {@link #radii}.
     */
    public void quickRadii(RadialUnit unit, double v, double firstColumn, double[] into) {
        double wavelength = geometry.wavelengthMetres();
        boolean ahead = isAhead(v, firstColumn, firstColumn + into.length);
        switch (unit) {
            case RADIUS_MILLIMETRES -> {
                squaredRadii(v, firstColumn, into);
                toRoots(MILLIMETRES_PER_METRE, into);
            }
            case Q_PER_ANGSTROM, Q_PER_NANOMETRE, D_STAR_SQUARED_PER_SQUARE_ANGSTROM -> {
                if (!ahead) {
                    radii(unit, v, firstColumn, into);
                } else if (unit == RadialUnit.D_STAR_SQUARED_PER_SQUARE_ANGSTROM) {
                    squaredHalfSines(4e-20 / (wavelength * wavelength), v, firstColumn, into);
                } else {
                    squaredHalfSines(1, v, firstColumn, into);
                    toRoots((unit == RadialUnit.Q_PER_ANGSTROM ? 4e-10 : 4e-9) * Math.PI / wavelength, into);
                }
            }
            case TWO_THETA_DEGREES, TWO_THETA_RADIANS -> radii(unit, v, firstColumn, into);
        }
    }

    /** Whether the row lies ahead of the sample from column to column: t3 changes evenly along it. */
    private boolean isAhead(double v, double firstColumn, double lastColumn) {
        Row row = new Row(v);
        return row.along(fastMetres(firstColumn)) > 0 && row.along(fastMetres(lastColumn)) > 0;
    }

    private void squaredRadii(double v, double firstColumn, double[] into) {
        Row row = new Row(v);
        for (int i = 0; i < into.length; i++) {
            double x = fastMetres(firstColumn + i);
            double up = row.up(x);
            double sideways = row.sideways(x);
            into[i] = up * up + sideways * sideways;
        }
    }

    private void squaredHalfSines(double scale, double v, double firstColumn, double[] into) {
        Row row = new Row(v);
        for (int i = 0; i < into.length; i++) {
            double x = fastMetres(firstColumn + i);
            double up = row.up(x);
            double sideways = row.sideways(x);
            double along = row.along(x);
            double radiusSquared = up * up + sideways * sideways;
            double lengthSquared = radiusSquared + along * along;
            into[i] = scale * radiusSquared / (2 * (lengthSquared + Math.sqrt(lengthSquared) * along));
        }
    }

    private static void toRoots(double scale, double[] squares) {
        for (int i = 0; i < squares.length; i++) {
            squares[i] = scale * Math.sqrt(squares[i]);
        }
    }

    /**
     * Fills {@code into} with the azimuth chi at row {@code v} and columns firstColumn, firstColumn + 1, ..., in degrees in (-180,
     * 180]: {@code atan2(t1, t2)}, 0 along the fast axis of an untilted detector and 90 up. Where t1 and t2 are both 0, at the
     * beam centre itself, chi is 0; within rounding of it, any angle.
     *
     * <p>This is chi as pyFAI 0.21 has it, for a place in space: that of a pixel does not change when the memory is reversed and
     * the orientation says so. The versions of pyFAI with orientations mirrored chi a second time for orientations 1, 2 and 4,
     * until its pull request 2911 took that back.
     */
    public void azimuths(double v, double firstColumn, double[] into) {
        Row row = new Row(v);
        for (int i = 0; i < into.length; i++) {
            double x = fastMetres(firstColumn + i);
            // Adding 0 makes a negative zero positive, on which side of which atan2 would find -180 or 180.
            double chi = Math.toDegrees(Math.atan2(row.up(x) + 0.0, row.sideways(x) + 0.0));
            into[i] = chi > -180 ? chi : 180;
        }
    }

    /**
     * Fills {@code into} with what the signal of each pixel of a memory row is divided by: solid angle times polarisation.
     *
     * <p>Solid angle: cos^3 of the angle between the pixel's direction and the detector normal. Polarisation: 1/2 (1 + cos^2
     * 2theta - f cos 2(chi + angle) sin^2 2theta), with chi counted from the fast axis, written without angles of the pixel so
     * that the beam centre needs no exception.
     */
    public void normalisations(Corrections corrections, int memoryRow, double[] into) {
        double factor = corrections.polarizationFactor();
        double planeRadians = Math.toRadians(corrections.polarizationAngleDegrees());
        double cosine = factor * Math.cos(2 * planeRadians);
        double sine = factor * Math.sin(2 * planeRadians);
        double distance = geometry.distanceMetres();
        Row row = new Row(memoryRow + 0.5);
        for (int i = 0; i < into.length; i++) {
            double x = fastMetres(i + 0.5);
            double lengthSquared = x * x + row.y * row.y + distance * distance;
            double incidence = distance / Math.sqrt(lengthSquared);
            double solidAngle = corrections.solidAngle() ? incidence * incidence * incidence : 1;
            into[i] = Double.isNaN(factor) ? solidAngle : solidAngle * row.polarization(cosine, sine, x, lengthSquared);
        }
    }

    private double slowMetres(double v) {
        Detector detector = geometry.detector();
        return metres(reverseRows ? detector.rows() - v : v, detector.pixel1Metres(), geometry.poni1Metres());
    }

    private double fastMetres(double u) {
        Detector detector = geometry.detector();
        return metres(reverseColumns ? detector.columns() - u : u, detector.pixel2Metres(), geometry.poni2Metres());
    }

    private double metres(double pixels, double pixelMetres, double poniMetres) {
        return singlePrecision
                ? (float) pixels * (float) pixelMetres - (float) poniMetres
                : pixels * pixelMetres - poniMetres;
    }

    /** A line along the fast axis, in metres: x from the PONI in, place in space out. */
    private final class Row {
        private final double y;
        private final double upBySlow;
        private final double sidewaysBySlow;
        private final double alongBySlow;

        Row(double v) {
            y = slowMetres(v);
            upBySlow = y * cos2 * cos3;
            sidewaysBySlow = y * cos2 * sin3;
            alongBySlow = y * sin2;
        }

        double up(double x) {
            return upBySlow + x * upPerFast - upAtPoni;
        }

        double sideways(double x) {
            return sidewaysBySlow + x * sidewaysPerFast - sidewaysAtPoni;
        }

        double along(double x) {
            return alongBySlow - x * cos2 * sin1 + alongAtPoni;
        }

        /** With r sin(chi) = t1 and r cos(chi) = t2, f r^2 cos(2 (chi + angle)) is a polynomial. */
        double polarization(double factorCosine, double factorSine, double x, double lengthSquared) {
            double t1 = up(x);
            double t2 = sideways(x);
            double t3 = along(x);
            double plane = factorCosine * (t2 * t2 - t1 * t1) - factorSine * 2 * t1 * t2;
            return 0.5 * (1 + (t3 * t3 - plane) / lengthSquared);
        }
    }
}
