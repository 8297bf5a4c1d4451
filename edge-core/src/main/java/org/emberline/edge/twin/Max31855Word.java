package org.emberline.edge.twin;

/**
 * The 32 bits that a MAX31855 shifts out.
 *
 * <pre>
 *   31 ......... 18   17   16    15 ....... 4   3    2    1    0
 *   thermocouple      0    any   cold junction  0    SCV  SCG  OC
 *   signed, 0.25 C    fault      signed, 0.0625 C
 * </pre>
 *
 * <p>The chip does not linearise: it shows T_cj + V / k with one k per type, which is several kelvin off for type K and tens for S
 * and R. It has no bit for a junction out of range and shows the number all the same; an over-voltage looks to it like a short to the
 * supply, an under-voltage like one to ground. Beside a fault the temperature is 0. Values are rounded to the nearest step and
 * stop at the ends of their fields.
 */
final class Max31855Word {
    private static final int ANY_FAULT = 1 << 16;
    private static final int SHORT_TO_SUPPLY = 1 << 2;
    private static final int SHORT_TO_GROUND = 1 << 1;
    private static final int OPEN = 1;

    private Max31855Word() {}

    /** Whether there is a variant of the chip for the type. */
    static boolean supports(Emf type) {
        return type != Emf.B;
    }

    /** @throws IllegalArgumentException for type B, which no variant of the chip measures */
    static int of(Conversion conversion) {
        double shown = conversion.coldJunctionCelsius()
                + 1e3 * conversion.millivolts() / microvoltsPerKelvin(conversion.type());
        return of(shown, conversion.coldJunctionCelsius(), conversion.junction());
    }

    /** The word that shows these temperatures, degrees Celsius. */
    static int of(double thermocoupleCelsius, double coldJunctionCelsius, Junction junction) {
        int fault = fault(junction);
        int thermocouple = fault == 0 ? SignedField.of(thermocoupleCelsius * 4, 14) << 18 : 0;
        return thermocouple | SignedField.of(coldJunctionCelsius * 16, 12) << 4 | fault;
    }

    /** The chip's own slope, microvolts per kelvin. */
    static double microvoltsPerKelvin(Emf type) {
        return switch (type) {
            case K -> 41.276;
            case N -> 36.256;
            case S -> 9.587;
            case R -> 10.506;
            case B -> throw new IllegalArgumentException("no MAX31855 measures type=" + type);
        };
    }

    private static int fault(Junction junction) {
        return switch (junction) {
            case SOUND, OUT_OF_RANGE -> 0;
            case OPEN -> ANY_FAULT | OPEN;
            case SHORT_TO_GROUND, UNDER_VOLTAGE -> ANY_FAULT | SHORT_TO_GROUND;
            case SHORT_TO_SUPPLY, OVER_VOLTAGE -> ANY_FAULT | SHORT_TO_SUPPLY;
        };
    }
}
