package org.emberline.edge.twin;

/**
 * What a MAX31856 answers to a read of the registers 0Ah to 0Fh.
 *
 * <pre>
 *   0A CJTH   0B CJTL             16 bits: cold junction, signed, 2^-6 C, in the upper 14
 *   0C LTCBH  0D LTCBM  0E LTCBL  24 bits: linearised temperature, signed, 2^-7 C, in the upper 19
 *   0F SR     7 CJ range  6 TC range  5-2 thresholds (unused here)  1 over/under-voltage  0 open
 * </pre>
 *
 * <p>The chip linearises with a table of its own, taken here as exact. It cannot tell a short from any other wrong voltage. A
 * junction out of range shows the end of the range and the bit; beside any other fault the temperature is 0. Values are rounded
 * to the nearest step and stop at the ends of their fields.
 */
final class Max31856Registers {
    /** Number of bytes. */
    static final int COUNT = 6;

    private static final int TC_RANGE = 1 << 6;
    private static final int OVER_UNDER_VOLTAGE = 1 << 1;
    private static final int OPEN = 1;

    private Max31856Registers() {}

    /** The six bytes in the order of their addresses. */
    static byte[] of(Conversion conversion) {
        Junction verdict = conversion.verdict();
        int cold = SignedField.of(conversion.coldJunctionCelsius() * 64, 14) << 2;
        int hot = SignedField.of(shownCelsius(conversion, verdict) * 128, 19) << 5;
        return new byte[] {
            (byte) (cold >> 8), (byte) cold, (byte) (hot >> 16), (byte) (hot >> 8), (byte) hot, (byte) status(verdict)
        };
    }

    private static double shownCelsius(Conversion conversion, Junction verdict) {
        return switch (verdict) {
            case SOUND -> conversion.celsius();
            case OUT_OF_RANGE -> nearerEnd(conversion);
            case OPEN, SHORT_TO_GROUND, SHORT_TO_SUPPLY, OVER_VOLTAGE, UNDER_VOLTAGE -> 0;
        };
    }

    private static double nearerEnd(Conversion conversion) {
        Emf type = conversion.type();
        double middle = type.millivolts((type.leastInvertibleCelsius() + type.mostCelsius()) / 2);
        return conversion.compensatedMillivolts() > middle ? type.mostCelsius() : type.leastInvertibleCelsius();
    }

    private static int status(Junction junction) {
        return switch (junction) {
            case SOUND -> 0;
            case OUT_OF_RANGE -> TC_RANGE;
            case OPEN -> OPEN;
            case SHORT_TO_GROUND, SHORT_TO_SUPPLY, OVER_VOLTAGE, UNDER_VOLTAGE -> OVER_UNDER_VOLTAGE;
        };
    }
}
