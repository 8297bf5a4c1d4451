package org.emberline.firmware;

/** One conversion of one thermocouple channel: a temperature, or the reason why there is none. Never a bare NaN. */
public sealed interface ThermocoupleReading {

    /** Index into {@link Thermocouples#channels()}. */
    int channel();

    /** Centre of the conversion window, nanoseconds since the Unix epoch (UTC). */
    long timestampNanos();

    /**
     * A valid conversion.
     *
     * @param hotJunctionCelsius temperature of the measuring junction
     * @param sigmaCelsius standard uncertainty of one reading (noise and conversion, not calibration)
     */
    record Temperature(int channel, long timestampNanos, double hotJunctionCelsius, double sigmaCelsius)
            implements ThermocoupleReading {}

    /** A conversion that gave no temperature. */
    record Fault(int channel, long timestampNanos, FaultKind kind) implements ThermocoupleReading {}

    /** Why a channel gave no temperature. */
    enum FaultKind {
        OPEN_CIRCUIT,
        SHORT_TO_GROUND,
        SHORT_TO_SUPPLY,
        OUT_OF_RANGE,
        NO_RESPONSE
    }
}
