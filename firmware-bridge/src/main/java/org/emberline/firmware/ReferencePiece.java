package org.emberline.firmware;

/**
 * One range of a reference function: a polynomial in the temperature, for type K above 0 C with a Gaussian added. Immutable; nothing
 * here allocates.
 */
final class ReferencePiece {
    /** Newton's error after a step is far below the step, so the last one may be as large as the error that is promised. */
    private static final double CLOSE_KELVIN = 1e-9;
    /** Bisection alone would need about 50 steps from 2000 K down to a rounding error. */
    private static final int MOST_STEPS = 100;

    private final double leastCelsius;
    private final double mostCelsius;
    private final double[] coefficients;
    private final double amplitude;
    private final double exponent;
    private final double centre;

    private ReferencePiece(double leastCelsius, double mostCelsius, double[] coefficients, double[] gaussian) {
        this.leastCelsius = leastCelsius;
        this.mostCelsius = mostCelsius;
        this.coefficients = coefficients;
        amplitude = gaussian[0];
        exponent = gaussian[1];
        centre = gaussian[2];
    }

    /** @param coefficients mV per kelvin to the power of their index */
    static ReferencePiece of(double leastCelsius, double mostCelsius, double... coefficients) {
        return new ReferencePiece(leastCelsius, mostCelsius, coefficients, new double[3]);
    }

    /** The same with amplitude exp(exponent (t - centre)^2) added. */
    ReferencePiece plusGaussian(double newAmplitude, double newExponent, double newCentre) {
        return new ReferencePiece(
                leastCelsius, mostCelsius, coefficients, new double[] {newAmplitude, newExponent, newCentre});
    }

    double leastCelsius() {
        return leastCelsius;
    }

    double mostCelsius() {
        return mostCelsius;
    }

    double millivolts(double celsius) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = sum * celsius + coefficients[i];
        }
        return sum + gaussian(celsius);
    }

    /** The derivative of {@link #millivolts}. */
    double millivoltsPerKelvin(double celsius) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 1; i--) {
            sum = sum * celsius + i * coefficients[i];
        }
        return sum + 2 * exponent * (celsius - centre) * gaussian(celsius);
    }

    /**
     * The temperature of an emf: Newton's method, kept between two bounds by bisection.
     *
     * @param least from here up to the end of the piece the emf rises
     * @param millivolts below the emf of {@code least} the answer is {@code least}, and likewise at the end
     */
    double celsius(double least, double millivolts) {
        double low = least;
        double high = mostCelsius;
        double lowest = millivolts(low);
        double celsius = Math.clamp(
                low + (high - low) * (millivolts - lowest) / (millivolts(high) - lowest), leastCelsius, mostCelsius);
        for (int i = 0; i < MOST_STEPS; i++) {
            double excess = millivolts(celsius) - millivolts;
            double step = excess / millivoltsPerKelvin(celsius);
            if (Math.abs(step) <= CLOSE_KELVIN) {
                return Math.clamp(celsius - step, least, mostCelsius);
            }
            if (excess > 0) {
                high = celsius;
            } else {
                low = celsius;
            }
            double next = celsius - step;
            celsius = next > low && next < high ? next : (low + high) / 2;
        }
        return celsius;
    }

    private double gaussian(double celsius) {
        double away = celsius - centre;
        return amplitude == 0 ? 0 : amplitude * Math.exp(exponent * away * away);
    }
}
