package org.emberline.edge.twin;

import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.jspecify.annotations.Nullable;

/** What is the matter with a measuring junction and its wires. */
enum Junction {
    SOUND(null),
    OPEN(FaultKind.OPEN_CIRCUIT),
    SHORT_TO_GROUND(FaultKind.SHORT_TO_GROUND),
    SHORT_TO_SUPPLY(FaultKind.SHORT_TO_SUPPLY),
    OVER_VOLTAGE(FaultKind.OUT_OF_RANGE),
    UNDER_VOLTAGE(FaultKind.OUT_OF_RANGE),
    /** Hotter or colder than the thermocouple type's reference function goes. */
    OUT_OF_RANGE(FaultKind.OUT_OF_RANGE);

    private final @Nullable FaultKind fault;

    Junction(@Nullable FaultKind fault) {
        this.fault = fault;
    }

    /** What an honest host says of it; null when sound. */
    @Nullable
    FaultKind fault() {
        return fault;
    }
}
