package org.emberline.edge.metrics.phase;

/** A unit cell: edges in ångström, angles in degrees. Errors name the keys of a phase file. */
public record UnitCell(double a, double b, double c, double alpha, double beta, double gamma) {

    public UnitCell {
        requireWithin("a_angstrom", a, 1, 100);
        requireWithin("b_angstrom", b, 1, 100);
        requireWithin("c_angstrom", c, 1, 200);
        requireWithin("alpha_degrees", alpha, 10, 170);
        requireWithin("beta_degrees", beta, 10, 170);
        requireWithin("gamma_degrees", gamma, 10, 170);
        if (!(angular(alpha, beta, gamma) > 1e-6)) {
            throw new IllegalArgumentException(
                    "no cell has alpha_degrees=" + alpha + ", beta_degrees=" + beta + ", gamma_degrees=" + gamma);
        }
    }

    public static UnitCell cubic(double a) {
        return new UnitCell(a, a, a, 90, 90, 90);
    }

    public static UnitCell hexagonal(double a, double c) {
        return new UnitCell(a, a, c, 90, 90, 120);
    }

    /** Å³. */
    public double volume() {
        return a * b * c * Math.sqrt(angular(alpha, beta, gamma));
    }

    /** 1/d² of a reflection, 1/Å²: its indices through the reciprocal metric tensor. */
    public double inverseSquareSpacing(int h, int k, int l) {
        double ca = cosine(alpha);
        double cb = cosine(beta);
        double cg = cosine(gamma);
        double x = h / a;
        double y = k / b;
        double z = l / c;
        double sum = x * x * (1 - ca * ca)
                + y * y * (1 - cb * cb)
                + z * z * (1 - cg * cg)
                + 2 * x * y * (ca * cb - cg)
                + 2 * y * z * (cb * cg - ca)
                + 2 * x * z * (ca * cg - cb);
        return sum / angular(alpha, beta, gamma);
    }

    /** With the edges multiplied. */
    public UnitCell stretched(double ofA, double ofB, double ofC) {
        return new UnitCell(a * ofA, b * ofB, c * ofC, alpha, beta, gamma);
    }

    /** Exactly 0 for a right angle. */
    private static double cosine(double degrees) {
        return degrees == 90 ? 0 : Math.cos(Math.toRadians(degrees));
    }

    /** Square of the volume of a cell with edges 1; not above 0 where the angles close no cell. */
    private static double angular(double alpha, double beta, double gamma) {
        double ca = cosine(alpha);
        double cb = cosine(beta);
        double cg = cosine(gamma);
        return 1 - ca * ca - cb * cb - cg * cg + 2 * ca * cb * cg;
    }

    private static void requireWithin(String key, double value, double lower, double upper) {
        if (!(value >= lower && value <= upper)) {
            throw new IllegalArgumentException(key + "=" + value + " is not within " + lower + " and " + upper);
        }
    }
}
