package org.emberline.edge.twin;

/**
 * One range of an ITS-90 reference function: a polynomial in the temperature, for type K above 0 C with a Gaussian added. Immutable.
 */
final class EmfPiece {
    private final double leastCelsius;
    private final double mostCelsius;
    private final double[] coefficients;
    private final double amplitude;
    private final double exponent;
    private final double centre;

    private EmfPiece(double[] range, double[] coefficients, double[] gaussian) {
        leastCelsius = range[0];
        mostCelsius = range[1];
        this.coefficients = coefficients;
        amplitude = gaussian[0];
        exponent = gaussian[1];
        centre = gaussian[2];
    }

    /** @param coefficients mV per kelvin to the power of their index */
    static EmfPiece of(double leastCelsius, double mostCelsius, double... coefficients) {
        return new EmfPiece(new double[] {leastCelsius, mostCelsius}, coefficients, new double[3]);
    }

    /** The same with amplitude exp(exponent (t - centre)^2) added. */
    EmfPiece plusGaussian(double newAmplitude, double newExponent, double newCentre) {
        return new EmfPiece(new double[] {leastCelsius, mostCelsius}, coefficients, new double[] {
            newAmplitude, newExponent, newCentre
        });
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

    private double gaussian(double celsius) {
        return amplitude == 0 ? 0 : amplitude * Math.exp(exponent * (celsius - centre) * (celsius - centre));
    }
}
