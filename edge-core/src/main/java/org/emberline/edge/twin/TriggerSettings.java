package org.emberline.edge.twin;

import java.util.List;

/**
 * What the trigger line, its reader and the detector do to the triggers: the table {@code [simulation.trigger_signal]}.
 *
 * @param delayMicroseconds stamp of an edge minus begin of its exposure, always
 * @param jitterMicroseconds standard deviation of a Gaussian added to it
 * @param jitterLimitMicroseconds where that Gaussian is clipped, to either side
 * @param lossFraction probability that the reader misses an edge; the index of the edge is then missing
 * @param dropFraction probability that the detector takes a trigger and delivers no frame
 * @param doubleFraction probability that a second edge follows a trigger; the detector ignores it, the line counts it
 * @param doubleGapMicroseconds from an edge to its double
 * @param frameIndex what the frames carry as their trigger index
 */
public record TriggerSettings(
        double delayMicroseconds,
        double jitterMicroseconds,
        double jitterLimitMicroseconds,
        double lossFraction,
        double dropFraction,
        double doubleFraction,
        double doubleGapMicroseconds,
        FrameIndex frameIndex) {

    /** Whose count a frame carries. They differ from the first double on. */
    public enum FrameIndex {
        /** The index of the edge that began the exposure, as a trigger box that sees line and detector knows it. */
        LINE,
        /** None: the detector has a count of its own only, of the triggers it took. */
        DETECTOR
    }

    /**
     * Everything that is wrong, one line each; empty when all is well.
     *
     * @param framePeriodNanos from frame to frame: edges must stay in order
     */
    public List<String> problems(long framePeriodNanos) {
        SignalChecks checks = new SignalChecks("simulation.trigger_signal");
        checks.within("delay_microseconds", delayMicroseconds, -1e9, 1e9)
                .within("jitter_microseconds", jitterMicroseconds, 0, 1e9)
                .within("jitter_limit_microseconds", jitterLimitMicroseconds, 0, 1e9)
                .within("loss_fraction", lossFraction, 0, 1)
                .within("drop_fraction", dropFraction, 0, 1)
                .within("double_fraction", doubleFraction, 0, 1)
                .within("double_gap_microseconds", doubleGapMicroseconds, 1e-3, 1e9);
        double needed = 2 * jitterLimitMicroseconds + doubleGapMicroseconds;
        if (checks.none() && needed * 1e3 >= framePeriodNanos) {
            checks.complain(
                    "jitter_limit_microseconds",
                    jitterLimitMicroseconds,
                    "twice with double_gap_microseconds=" + doubleGapMicroseconds
                            + " must stay below the frame period of " + framePeriodNanos + " ns");
        }
        return checks.problems();
    }
}
