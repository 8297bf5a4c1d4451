package org.emberline.edge.sync;

import java.util.function.LongConsumer;

/** What others may read of the clock while it is being followed: one thread writes, any reads. */
final class ClockJournal {
    /** Matches between two entries: who reads does so a few times a second. */
    private static final long EVERY = 16;

    private final LongConsumer jumped;
    private volatile long matches;
    private volatile double offsetSeconds = Double.NaN;
    private volatile double drift = Double.NaN;
    private volatile double driftSigma = Double.NaN;
    private volatile double spreadSeconds = Double.NaN;
    private volatile double latencySeconds = Double.NaN;
    private long jumpsSeen;
    private volatile long jumps;
    private volatile double latestJumpSeconds;

    /** @param jumped told of every jump, nanoseconds */
    ClockJournal(LongConsumer jumped) {
        this.jumped = jumped;
    }

    /** Enters what is known after a match. */
    void note(long newMatches, ClockModel clock, FrameLatency latency) {
        if (newMatches % EVERY != 1) {
            return;
        }
        matches = newMatches;
        offsetSeconds = clock.offsetNanos() / 1e9;
        drift = clock.drift();
        driftSigma = clock.driftSigma();
        spreadSeconds = clock.jitterNanos() / 1e9;
        latencySeconds = latency.usualNanos() / 1e9;
    }

    /** Enters a change of the offset, which is a jump when it is large enough. */
    void change(long nanos) {
        if (Math.abs(nanos) > TriggerMatcher.JUMP_NANOS) {
            latestJumpSeconds = nanos / 1e9;
            jumps = ++jumpsSeen;
            jumped.accept(nanos);
        }
    }

    ClockView view() {
        return new ClockView(
                matches, offsetSeconds, drift, driftSigma, spreadSeconds, latencySeconds, jumps, latestJumpSeconds);
    }
}
