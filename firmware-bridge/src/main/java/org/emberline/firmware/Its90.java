package org.emberline.firmware;

/**
 * Temperatures from thermocouple emfs, by the inverse of the ITS-90 reference functions themselves: Newton's method between two bounds,
 * without the published inverse polynomials, which are off by up to 0.05 K. A temperature that {@link ThermocoupleType#millivolts} was
 * given comes back to 1e-9 K, with two exceptions. Below -200 C the terms of types E and T cancel so much that rounding of the emf is
 * worth up to 1e-7 K. Next to a joint of two pieces of a function NIST's coefficients leave steps of up to 7e-8 mV, which are up to
 * 1e-6 K. Thread-safe; no method allocates.
 */
public final class Its90 {

    private Its90() {}

    /**
     * E^-1: the temperature, degrees Celsius, at which a pair with its cold junction at 0 C has an emf.
     *
     * @param millivolts the emf
     * @return NaN where no temperature, or of type B two temperatures, between the ends of the reference function have that emf, and for
     *     NaN
     */
    public static double celsius(ThermocoupleType type, double millivolts) {
        return type.function().celsius(millivolts);
    }

    /**
     * The temperature of the hot junction, degrees Celsius: E^-1(V + E(T_cj)). Emfs may be added, temperatures may not.
     *
     * @param millivolts what was measured between the wires' ends
     * @param coldCelsius temperature of these ends
     * @return NaN where the sum says no temperature (see {@link #celsius}), or the cold junction is outside of the reference function
     */
    public static double hotCelsius(ThermocoupleType type, double millivolts, double coldCelsius) {
        return celsius(type, millivolts + type.millivolts(coldCelsius));
    }
}
