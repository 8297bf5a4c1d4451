package org.emberline.firmware.clock;

/**
 * Where UTC stood when the monotonic clock stood somewhere: one pair, good as long as the system's clock is not set.
 *
 * @param monotonicNanos CLOCK_MONOTONIC, the scale of {@link System#nanoTime()}
 * @param utcNanos nanoseconds since the Unix epoch (UTC) at the same moment
 * @param uncertaintyNanos half the time that the comparison took
 */
public record ClockRelation(long monotonicNanos, long utcNanos, long uncertaintyNanos) {

    /** UTC of a monotonic moment, nanoseconds since the Unix epoch. */
    public long utcAt(long monotonic) {
        return utcNanos + (monotonic - monotonicNanos);
    }
}
