package org.emberline.edge.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.emberline.edge.twin.TimedEvent.Kind;

/**
 * The timed events of a run, with temperatures turned into times. Immutable; any thread, any order; nothing is allocated by a
 * question. All times are nanoseconds from the start of the run.
 */
final class EventTimeline {
    private static final String TABLE = "simulation.event";

    private final EventSpan[] spans;

    /**
     * @param sampleCelsius sample temperature at so many seconds from the start
     * @param runSeconds length of the run
     * @throws IllegalArgumentException with everything that {@link #problems} finds
     */
    EventTimeline(List<TimedEvent> events, DoubleUnaryOperator sampleCelsius, double runSeconds) {
        List<String> problems = problems(events, sampleCelsius, runSeconds);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        Crossings crossings = new Crossings(sampleCelsius, runSeconds);
        spans = events.stream().map(event -> span(event, crossings)).toArray(EventSpan[]::new);
    }

    /** Everything that is wrong with the events of a run, one line each; empty when all is well. */
    static List<String> problems(List<TimedEvent> events, DoubleUnaryOperator sampleCelsius, double runSeconds) {
        List<String> problems = new ArrayList<>();
        Crossings crossings = new Crossings(sampleCelsius, runSeconds);
        for (int i = 0; i < events.size(); i++) {
            TimedEvent event = events.get(i);
            String table = TABLE + "[" + i + "]";
            List<String> own = event.problems(table);
            problems.addAll(own);
            if (own.isEmpty()) {
                problems.addAll(reach(event, new SignalChecks(table), crossings, runSeconds));
            }
        }
        return List.copyOf(problems);
    }

    private static List<String> reach(TimedEvent event, SignalChecks checks, Crossings crossings, double runSeconds) {
        if (event.atSeconds() >= runSeconds) {
            checks.complain("at_seconds", event.atSeconds(), "is not before the end of the run seconds=" + runSeconds);
        }
        if (!Double.isNaN(event.atCelsius()) && crossings.firstRise(event.atCelsius()) < 0) {
            checks.complain(
                    "at_celsius",
                    event.atCelsius(),
                    "is never reached on heating startCelsius=" + crossings.first() + " mostCelsius="
                            + crossings.most());
        }
        return checks.problems();
    }

    private static EventSpan span(TimedEvent event, Crossings crossings) {
        long begin =
                Double.isNaN(event.atCelsius()) ? nanos(event.atSeconds()) : crossings.firstRise(event.atCelsius());
        long duration = event.durationSeconds() == 0 ? Long.MAX_VALUE : nanos(event.durationSeconds());
        return new EventSpan(event.kind(), event.effectiveMagnitude(), begin, duration, nanos(event.repeatSeconds()));
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    /**
     * What the events do to an exposure. Fluxes, volumes, displacement and thermocouple step are means over the exposure (of several
     * events of one kind: products of factors, sums of shifts); frozen image and clock are those of its begin; the rest holds when it
     * holds for any part of it.
     *
     * @param into overwritten
     */
    void conditions(long beginNanos, long endNanos, Disturbances into) {
        into.clear();
        for (EventSpan span : spans) {
            double coverage = span.coverage(beginNanos, endNanos);
            if (coverage > 0) {
                apply(span, coverage, into);
            }
            if (span.active(beginNanos)) {
                applyAtBegin(span, beginNanos, into);
            }
        }
    }

    private static void apply(EventSpan span, double coverage, Disturbances into) {
        double mean = span.magnitude() * coverage;
        switch (span.kind()) {
            case BEAM_DUMP, TOP_UP_DIP -> into.beamFactor *= 1 - mean;
            case SHUTTER_CLOSED -> {
                into.beamFactor *= 1 - mean;
                into.shutterOpenFraction *= 1 - mean;
            }
            case SLUMP -> into.volumeFactor *= 1 - mean;
            case CAPILLARY_BREAK -> {
                into.volumeFactor *= 1 - mean;
                into.capillaryBroken = true;
            }
            case DISPLACEMENT -> into.displacementMetres += mean * 1e-3;
            case SATURATED_SPOTS -> into.saturatedSpots += (int) Math.round(span.magnitude());
            case THERMOCOUPLE_STEP -> into.thermocoupleStepKelvin += mean;
            default -> into.junction = worse(into.junction, junction(span.kind()));
        }
    }

    private static void applyAtBegin(EventSpan span, long beginNanos, Disturbances into) {
        if (span.kind() == Kind.FROZEN_IMAGE) {
            long since = span.latestBegin(beginNanos);
            into.frozenSinceNanos = into.frozen() ? Math.min(into.frozenSinceNanos, since) : since;
        } else if (span.kind() == Kind.CLOCK_JUMP) {
            into.clockOffsetNanos += nanos(span.magnitude());
        }
    }

    /** State of the thermocouple at an instant. */
    Junction junction(long nanos) {
        Junction worst = Junction.SOUND;
        for (EventSpan span : spans) {
            if (span.active(nanos)) {
                worst = worse(worst, junction(span.kind()));
            }
        }
        return worst;
    }

    /** False temperature of the thermocouple at an instant. */
    double thermocoupleStepKelvin(long nanos) {
        double sum = 0;
        for (EventSpan span : spans) {
            if (span.kind() == Kind.THERMOCOUPLE_STEP && span.active(nanos)) {
                sum += span.magnitude();
            }
        }
        return sum;
    }

    /** Probability at an instant that something of that kind happens, several causes being independent of each other. */
    double probability(Kind kind, double otherwise, long nanos) {
        double spared = 1 - otherwise;
        for (EventSpan span : spans) {
            if (span.kind() == kind && span.active(nanos)) {
                spared *= 1 - span.magnitude();
            }
        }
        return 1 - spared;
    }

    private static Junction junction(Kind kind) {
        return switch (kind) {
            case THERMOCOUPLE_OPEN -> Junction.OPEN;
            case THERMOCOUPLE_SHORT_TO_GROUND -> Junction.SHORT_TO_GROUND;
            case THERMOCOUPLE_SHORT_TO_SUPPLY -> Junction.SHORT_TO_SUPPLY;
            case THERMOCOUPLE_OVER_VOLTAGE -> Junction.OVER_VOLTAGE;
            case THERMOCOUPLE_UNDER_VOLTAGE -> Junction.UNDER_VOLTAGE;
            default -> Junction.SOUND;
        };
    }

    /** An open circuit hides every other fault: the states are in this order. */
    private static Junction worse(Junction one, Junction other) {
        if (one == Junction.SOUND || other == Junction.SOUND) {
            return one == Junction.SOUND ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }
}
