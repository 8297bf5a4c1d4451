package org.emberline.edge.twin;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Settings and times that the tests of the signals share. */
final class SignalCases {
    static final long SECOND = 1_000_000_000L;
    static final double DAY = 86_400;
    static final EventTimeline NO_EVENTS = new EventTimeline(List.of(), seconds -> 0, DAY);

    private SignalCases() {}

    /** An ideal pair and converter. */
    static ThermocoupleSettings ideal(Emf type) {
        return new ThermocoupleSettings(type, 25, 0, 7200, 0, 0, 0, 0, 0, 0, 0, 900);
    }

    static ThermocoupleSignal steady(ThermocoupleSettings settings, double celsius) {
        return new ThermocoupleSignal(settings, 1, seconds -> celsius, DAY, NO_EVENTS);
    }

    static TimedEvent at(TimedEvent.Kind kind, double seconds, double duration, double magnitude) {
        return new TimedEvent(kind, Double.NaN, seconds, duration, magnitude, 0);
    }

    static EventTimeline timeline(TimedEvent... events) {
        return new EventTimeline(List.of(events), seconds -> 0, DAY);
    }

    /** Up by 5 K/min from 25 C to 950 C, then constant. */
    static DoubleUnaryOperator ramp() {
        return seconds -> Math.min(950, 25 + seconds / 12);
    }
}
