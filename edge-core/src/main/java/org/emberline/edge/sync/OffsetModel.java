package org.emberline.edge.sync;

/**
 * What the sample is warmer than the thermocouple, once its lag is taken back: {@code b0 + b1 x + b2 x^2} with x = T - 25 in degrees
 * Celsius.
 *
 * @param b0 K
 * @param b1 K/K
 * @param b2 K/K^2
 * @param covariance of (b0, b1, b2): the six entries 00, 01, 02, 11, 12, 22 of the symmetric matrix, positive semidefinite
 */
public record OffsetModel(double b0, double b1, double b2, Covariance covariance) {
    /** The sample is as warm as the thermocouple. */
    public static final OffsetModel NONE = new OffsetModel(0, 0, 0, new Covariance(0, 0, 0, 0, 0, 0));

    private static final double REFERENCE_CELSIUS = 25;

    /** Upper triangle of a symmetric 3 x 3 matrix, row by row. */
    public record Covariance(double c00, double c01, double c02, double c11, double c12, double c22) {

        /** Whether no combination of the three has a negative variance, rounding left aside. */
        public boolean positive() {
            double two01 = c00 * c11 - c01 * c01;
            double two02 = c00 * c22 - c02 * c02;
            double two12 = c11 * c22 - c12 * c12;
            double three = c00 * two12 - c01 * (c01 * c22 - c12 * c02) + c02 * (c01 * c12 - c11 * c02);
            double rounding = 1e-12;
            return c00 >= 0
                    && c11 >= 0
                    && c22 >= 0
                    && two01 >= -rounding * c00 * c11
                    && two02 >= -rounding * c00 * c22
                    && two12 >= -rounding * c11 * c22
                    && three >= -rounding * c00 * c11 * c22;
        }
    }

    /** To be added to a thermocouple's temperature, kelvin. */
    double kelvin(double celsius) {
        double x = celsius - REFERENCE_CELSIUS;
        return b0 + x * (b1 + x * b2);
    }

    /** How much the sample's temperature changes with the thermocouple's. */
    double gain(double celsius) {
        return 1 + b1 + 2 * b2 * (celsius - REFERENCE_CELSIUS);
    }

    /** Variance of {@link #kelvin} from the coefficients, K^2: j C j with j = (1, x, x^2). */
    double variance(double celsius) {
        double x = celsius - REFERENCE_CELSIUS;
        double variance = covariance.c00
                + x
                        * (2 * covariance.c01
                                + x
                                        * (2 * covariance.c02
                                                + covariance.c11
                                                + x * (2 * covariance.c12 + x * covariance.c22)));
        return Math.max(variance, 0);
    }
}
