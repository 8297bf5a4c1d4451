package org.emberline.edge.sync;

/**
 * How a detector answers its trigger line.
 *
 * @param mode what an edge means
 * @param framesPerTrigger exposures that an edge begins; the ledger counts an edge as so many
 * @param framePeriodNanos time between the begins of two exposures of a burst; of no meaning for one frame per trigger
 * @param latencyNanos longest time from the end of an exposure until its frame is here, for a frame that does not have to wait; 0 when
 *     nobody knows. Where it is shorter than the time between two edges, a frame's arrival leaves no doubt about its edge
 */
public record MatchSettings(TriggerMode mode, int framesPerTrigger, long framePeriodNanos, long latencyNanos) {
    /** One frame for an edge, latency unknown. */
    public static final MatchSettings ONE_FRAME_PER_EDGE = new MatchSettings(TriggerMode.EXTERNAL_EDGE, 1, 0, 0);

    /** What is taken for the latency where nobody knows it; then it is a hint and no proof. */
    static final long USUAL_LATENCY_NANOS = 50_000_000;

    public MatchSettings {
        if (framesPerTrigger < 1) {
            throw new IllegalArgumentException(
                    "at least one frame belongs to a trigger frames_per_trigger=" + framesPerTrigger);
        }
        if (framePeriodNanos < 0 || (framesPerTrigger > 1 && framePeriodNanos == 0)) {
            throw new IllegalArgumentException(
                    "frames of a burst follow each other at a period frame_period_ns=" + framePeriodNanos);
        }
        if (latencyNanos < 0) {
            throw new IllegalArgumentException(
                    "no frame comes before its exposure has ended latency_ns=" + latencyNanos);
        }
    }

    boolean latencyKnown() {
        return latencyNanos > 0;
    }

    long latencyOrUsual() {
        return latencyKnown() ? latencyNanos : USUAL_LATENCY_NANOS;
    }
}
