package org.emberline.firmware.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleType;
import org.emberline.firmware.chip.Conversion.Faulty;
import org.emberline.firmware.chip.Conversion.Junctions;

/** What tests ask of a conversion. */
final class Conversions {

    private Conversions() {}

    static Junctions junctions(Conversion conversion) {
        return assertInstanceOf(Junctions.class, conversion);
    }

    /** Exactly these kinds. */
    static void assertFaulty(Conversion conversion, FaultKind... kinds) {
        assertEquals(
                EnumSet.copyOf(List.of(kinds)),
                assertInstanceOf(Faulty.class, conversion).kinds());
    }

    /** Whatever came over the bus: a fault, or numbers that can be. */
    static void assertSensible(ThermocoupleType type, Conversion conversion, String what) {
        switch (conversion) {
            case Faulty faulty -> assertTrue(!faulty.kinds().isEmpty(), what);
            case Junctions junctions -> {
                double hot = junctions.hotCelsius();
                assertTrue(hot >= type.leastInvertibleCelsius() && hot <= type.mostCelsius(), what + " hot=" + hot);
                double cold = junctions.coldCelsius();
                assertTrue(cold >= -55 && cold <= 127, what + " cold=" + cold);
                double sigma = junctions.sigmaCelsius();
                assertTrue(sigma > 0 && sigma < Double.POSITIVE_INFINITY, what + " sigma=" + sigma);
            }
        }
    }
}
