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

    /**
     * Why a channel gave no temperature. In the order in which they explain each other: of several at once the first is reported, for a
     * bus that is silent makes any register look like a broken wire.
     */
    enum FaultKind {
        /** The device could not be asked: the transfer failed, or was not done by its deadline. */
        NO_RESPONSE,
        /** A reply of nothing but zeros or nothing but ones: no chip drives the bus. */
        BUS_SILENT,
        /** A reply that contradicts itself, for example with reserved bits set. */
        CORRUPT,
        /** The chip is not configured as it was told, as after a dip of its supply. */
        CONFIGURATION_LOST,
        /** The chip answers, but has finished no new conversion. */
        STALE,
        OPEN_CIRCUIT,
        SHORT_TO_GROUND,
        SHORT_TO_SUPPLY,
        /** An input above the supply or below ground; chips do not always tell which. */
        OVER_UNDER_VOLTAGE,
        /** The hot junction is outside what its type or its chip can measure. */
        OUT_OF_RANGE,
        /** The cold junction is outside what the chip can measure. */
        COLD_JUNCTION_OUT_OF_RANGE,
        /** Beyond a limit that was set in the chip. */
        HOT_JUNCTION_HIGH,
        HOT_JUNCTION_LOW,
        COLD_JUNCTION_HIGH,
        COLD_JUNCTION_LOW
    }
}
