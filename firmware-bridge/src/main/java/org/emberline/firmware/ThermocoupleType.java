package org.emberline.firmware;

/**
 * The eight letter-designated thermocouples and their ITS-90 reference functions E(t): the emf, in millivolts, of a pair whose hot
 * junction is at t and whose cold junction is at 0 C (NIST Monograph 175, as in NIST Standard Reference Database 60). The inverse is
 * {@link Its90}. Thread-safe; no method allocates.
 */
public enum ThermocoupleType {
    B(ReferenceFunctions.b()),
    E(ReferenceFunctions.e()),
    J(ReferenceFunctions.j()),
    K(ReferenceFunctions.k()),
    N(ReferenceFunctions.n()),
    R(ReferenceFunctions.r()),
    S(ReferenceFunctions.s()),
    T(ReferenceFunctions.t());

    @SuppressWarnings(
            "ImmutableEnumChecker") // its arrays are written by its constructor only, and nobody else sees them
    private final ReferenceFunction function;

    ThermocoupleType(ReferenceFunction function) {
        this.function = function;
    }

    /** Begin of the reference function, degrees Celsius. */
    public double leastCelsius() {
        return function.leastCelsius();
    }

    /** End of the reference function, degrees Celsius. */
    public double mostCelsius() {
        return function.mostCelsius();
    }

    /**
     * From here on up an emf says one temperature, degrees Celsius: {@link #leastCelsius} except for type B, 42.14 C, whose emf is
     * below zero from 0 to 42.1321 C and takes every value there twice.
     */
    public double leastInvertibleCelsius() {
        return function.leastInvertibleCelsius();
    }

    /** E(t), mV; NaN outside of the reference function. */
    public double millivolts(double celsius) {
        return function.millivolts(celsius);
    }

    /**
     * The Seebeck coefficient dE/dt, mV/K; NaN outside of the reference function. Positive from {@link #leastInvertibleCelsius} on up;
     * of type B it is zero at 21.02 C and negative below.
     */
    public double millivoltsPerKelvin(double celsius) {
        return function.millivoltsPerKelvin(celsius);
    }

    ReferenceFunction function() {
        return function;
    }
}
