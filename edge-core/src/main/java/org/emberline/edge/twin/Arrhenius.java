package org.emberline.edge.twin;

/**
 * A rate constant k(T) = k0 exp(-E/R (1/T - 1/T0)), written about a reference temperature so that no prefactor overflows.
 *
 * @param reference k0, the rate constant at the reference temperature
 * @param referenceKelvin T0
 * @param kelvinScale E/R
 */
record Arrhenius(double reference, double referenceKelvin, double kelvinScale) {
    /** CODATA 2018, J/(mol K). */
    private static final double GAS_CONSTANT = 8.314462618;
    /** Steepness of the ramps that the peak temperatures of the settings belong to. */
    private static final double PEAK_KELVIN_PER_SECOND = 5.0 / 60;

    static Arrhenius at(double celsius, double rateConstant, double kilojoulesPerMole) {
        return new Arrhenius(rateConstant, LayeredOxide.kelvin(celsius), kilojoulesPerMole * 1e3 / GAS_CONSTANT);
    }

    /**
     * The first-order process that is fastest at the given temperature on a ramp of 5 K/min: at the peak of k(T) y the derivative
     * vanishes where k(Tp) = beta E / (R Tp^2) (Kissinger, Anal. Chem. 29 (1957) 1702).
     */
    static Arrhenius peaking(double celsius, double kilojoulesPerMole) {
        Arrhenius shape = at(celsius, 1, kilojoulesPerMole);
        double kelvin = shape.referenceKelvin;
        double rate = PEAK_KELVIN_PER_SECOND * shape.kelvinScale / (kelvin * kelvin);
        return new Arrhenius(rate, kelvin, shape.kelvinScale);
    }

    /** The rate constant at a temperature above 0 K, in the unit of {@link #reference}. */
    double rate(double kelvin) {
        return reference * Math.exp(-kelvinScale * (1 / kelvin - 1 / referenceKelvin));
    }
}
