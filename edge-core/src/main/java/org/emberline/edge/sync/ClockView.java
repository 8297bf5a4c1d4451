package org.emberline.edge.sync;

/**
 * What is known of a detector's clock.
 *
 * @param matches frames that found their edge since the clock was last found anew; 0 while nothing is known
 * @param offsetSeconds this machine's clock less the detector's
 * @param drift how much faster this machine's clock runs, dimensionless; 50e-6 is 4 s a day
 * @param driftSigma standard uncertainty of it
 * @param spreadSeconds standard deviation of the stamps about offset and drift
 * @param latencySeconds from the end of an exposure until its frame is here, usually; NaN when arrivals are unknown
 * @param jumps how often one of the two clocks was set by more than 50 ms
 * @param latestJumpSeconds by how much the offset changed then
 */
public record ClockView(
        long matches,
        double offsetSeconds,
        double drift,
        double driftSigma,
        double spreadSeconds,
        double latencySeconds,
        long jumps,
        double latestJumpSeconds) {}
