package org.emberline.edge.metrics.imaging;

/**
 * Which part of a normal distribution lies beyond so many standard deviations: Abramowitz and Stegun (1964) 7.1.26, right to 1e-7. Asked for
 * every pixel, so it must allocate nothing, which a continued fraction of Commons Math does at every call.
 */
final class NormalTail {
    private static final double[] COEFFICIENTS = {1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592};

    private NormalTail() {}

    /** @param deviations 0 or more */
    static double beyond(double deviations) {
        double x = deviations / Math.sqrt(2);
        double t = 1 / (1 + 0.3275911 * x);
        double sum = 0;
        for (double coefficient : COEFFICIENTS) {
            sum = (sum + coefficient) * t;
        }
        return sum * Math.exp(-x * x) / 2;
    }
}
