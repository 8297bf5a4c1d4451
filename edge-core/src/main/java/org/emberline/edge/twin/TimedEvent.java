package org.emberline.edge.twin;

import java.util.List;

/**
 * Something that goes wrong, or merely happens, during a simulated run: one table {@code [[simulation.event]]}.
 *
 * @param kind what happens
 * @param atCelsius it begins when the sample first comes up to this temperature; NaN = not given
 * @param atSeconds it begins so long after the start of the run; NaN = not given. Exactly one of the two is given
 * @param durationSeconds how long it lasts; 0 = until the end of the run
 * @param magnitude in the unit of the kind; NaN = what is usual for the kind
 * @param repeatSeconds from begin to begin when it happens again and again until the end of the run; 0 = once
 */
public record TimedEvent(
        Kind kind, double atCelsius, double atSeconds, double durationSeconds, double magnitude, double repeatSeconds) {

    private static final double LONGEST_SECONDS = 366 * 86_400.0;

    /** What can happen, and what its magnitude means. A switch has the magnitude 1. */
    public enum Kind {
        /** The beam is lost; magnitude: lost fraction of the flux, 0..1. */
        BEAM_DUMP(0, 1, 1),
        /** The flux dips while the storage ring is refilled; magnitude: lost fraction, 0..1. */
        TOP_UP_DIP(0, 1, 0.05),
        /** No beam at the sample; a switch. */
        SHUTTER_CLOSED(1, 1, 1),
        /** Part of the powder slides out of the beam; magnitude: lost fraction of the illuminated volume, 0..1. */
        SLUMP(0, 1, 0.3),
        /** The capillary breaks; magnitude: lost fraction of the illuminated volume, 0..1. */
        CAPILLARY_BREAK(0, 1, 1),
        /** The sample moves along the beam; magnitude: millimetres, positive away from the detector. */
        DISPLACEMENT(-100, 100, 0.3),
        /** Single-crystal spots that saturate; magnitude: spots per frame. */
        SATURATED_SPOTS(1, 10_000, 20),
        /** The detector delivers its last image again and again; a switch. */
        FROZEN_IMAGE(1, 1, 1),
        /** The junction or a wire breaks; a switch. */
        THERMOCOUPLE_OPEN(1, 1, 1),
        /** A wire touches ground; a switch. */
        THERMOCOUPLE_SHORT_TO_GROUND(1, 1, 1),
        /** A wire touches the supply; a switch. */
        THERMOCOUPLE_SHORT_TO_SUPPLY(1, 1, 1),
        /** A wire is above the supply; a switch. */
        THERMOCOUPLE_OVER_VOLTAGE(1, 1, 1),
        /** A wire is below ground; a switch. */
        THERMOCOUPLE_UNDER_VOLTAGE(1, 1, 1),
        /** The junction reads wrong from now on; magnitude: kelvin that are added. */
        THERMOCOUPLE_STEP(-500, 500, 8),
        /** The detector takes a trigger and delivers no frame; magnitude: probability, 0..1. */
        DETECTOR_DROP(0, 1, 0.03),
        /** The reader of the trigger line misses edges; magnitude: probability, 0..1. */
        TRIGGER_LOSS(0, 1, 0.03),
        /** A second edge follows a trigger and makes no frame; magnitude: probability, 0..1. */
        DOUBLE_TRIGGER(0, 1, 0.02),
        /** The clock of the detector jumps, those of triggers and readings do not; magnitude: seconds, positive when it goes ahead. */
        CLOCK_JUMP(-86_400, 86_400, 2);

        private final double least;
        private final double most;
        private final double usual;

        Kind(double least, double most, double usual) {
            this.least = least;
            this.most = most;
            this.usual = usual;
        }

        /** What is taken where no magnitude is given. */
        public double usualMagnitude() {
            return usual;
        }
    }

    /** The magnitude, given or usual. */
    public double effectiveMagnitude() {
        return Double.isNaN(magnitude) ? kind.usual : magnitude;
    }

    /**
     * Everything that is wrong, one line each; empty when all is well.
     *
     * @param table what to call it, such as {@code simulation.event[2]}
     */
    public List<String> problems(String table) {
        SignalChecks checks = new SignalChecks(table);
        if (Double.isNaN(atCelsius) == Double.isNaN(atSeconds)) {
            checks.complain("at_celsius", atCelsius, "with at_seconds=" + atSeconds + ": exactly one must be given");
        } else if (Double.isNaN(atSeconds)) {
            checks.within("at_celsius", atCelsius, -200, 2000);
        } else {
            checks.within("at_seconds", atSeconds, 0, LONGEST_SECONDS);
        }
        checks.within("duration_seconds", durationSeconds, 0, LONGEST_SECONDS);
        checks.within("magnitude", effectiveMagnitude(), kind.least, kind.most);
        checks.within("repeat_seconds", repeatSeconds, 0, LONGEST_SECONDS);
        if (repeatSeconds != 0 && !(durationSeconds > 0 && durationSeconds < repeatSeconds)) {
            checks.complain(
                    "repeat_seconds", repeatSeconds, "must exceed a positive duration_seconds=" + durationSeconds);
        }
        return checks.problems();
    }
}
