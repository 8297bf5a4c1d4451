package org.emberline.edge.twin;

/**
 * Exact Poisson deviates: sequential inversion below a mean of 10, above it the transformed rejection PTRS of Hormann, Insurance:
 * Mathematics and Economics 12 (1993) 39. Means up to about 1e8.
 */
final class Poisson {
    private static final double SMALL = 10;
    private static final double[] LOG_FACTORIAL = new double[64];
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    static {
        for (int k = 2; k < LOG_FACTORIAL.length; k++) {
            LOG_FACTORIAL[k] = LOG_FACTORIAL[k - 1] + Math.log(k);
        }
    }

    private Poisson() {}

    /** One deviate; 0 for a mean of 0. */
    static int next(double mean, Noise noise) {
        return mean < SMALL ? inversion(mean, noise) : rejection(mean, noise);
    }

    private static int inversion(double mean, Noise noise) {
        double u = noise.uniform();
        double probability = Math.exp(-mean);
        double sum = probability;
        int k = 0;
        // The sum may end a rounding error below u; the probabilities then run out instead.
        while (u >= sum && probability > 0) {
            k++;
            probability *= mean / k;
            sum += probability;
        }
        return k;
    }

    private static int rejection(double mean, Noise noise) {
        double b = 0.931 + 2.53 * Math.sqrt(mean);
        double a = -0.059 + 0.02483 * b;
        double quick = 0.9277 - 3.6224 / (b - 2);
        while (true) {
            double u = noise.uniform() - 0.5;
            double v = noise.uniform();
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= quick) {
                return (int) k;
            }
            if (k < 0 || (us < 0.013 && v > us)) {
                continue;
            }
            double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
            double accept = Math.log(v * inverseAlpha / (a / (us * us) + b));
            if (accept <= k * Math.log(mean) - mean - logFactorial(k)) {
                return (int) k;
            }
        }
    }

    /** Stirling's series; its first left-out term is below 1e-14 where the table ends. */
    private static double logFactorial(double k) {
        if (k < LOG_FACTORIAL.length) {
            return LOG_FACTORIAL[(int) k];
        }
        double inverse = 1 / k;
        double square = inverse * inverse;
        double series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
        return (k + 0.5) * Math.log(k) - k + HALF_LOG_TWO_PI + series;
    }
}
