package org.emberline.firmware.chip;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.emberline.firmware.ThermocoupleReading.FaultKind;

/** What the bytes of a converter chip say of one conversion: both junctions, or every fault that is signalled. */
public sealed interface Conversion {

    /**
     * A sound conversion.
     *
     * @param hotCelsius measuring junction, by ITS-90 from the emf and the cold junction
     * @param coldCelsius the chip's own temperature, which stands for that of its terminals
     * @param sigmaCelsius standard uncertainty of {@code hotCelsius} by noise and the converter's steps; its gain, its offset and the
     *     cold junction's error repeat from reading to reading and belong to the calibration
     */
    record Junctions(double hotCelsius, double coldCelsius, double sigmaCelsius) implements Conversion {}

    /** @param kinds at least one */
    record Faulty(Set<FaultKind> kinds) implements Conversion {
        public Faulty {
            if (kinds.isEmpty()) {
                throw new IllegalArgumentException("a fault needs a kind kinds=" + kinds);
            }
            kinds = Collections.unmodifiableSet(EnumSet.copyOf(kinds));
        }

        /** Of one kind. */
        public static Faulty of(FaultKind kind) {
            return new Faulty(EnumSet.of(kind));
        }

        /** The kind that explains the others. */
        public FaultKind first() {
            return kinds.iterator().next();
        }
    }
}
