package org.emberline.edge.sync;

import org.emberline.edge.frame.FrameSlot;

/** How long after the end of its exposure a frame is here. One thread. */
final class FrameLatency {
    private static final long MOST_SLACK_NANOS = 2_000_000;
    private static final double MEMORY = 1.0 / 64;

    private final MatchSettings settings;
    private double usual = Double.NaN;
    private double deviation;
    private long longest;

    FrameLatency(MatchSettings settings) {
        this.settings = settings;
    }

    /** What an exposure may have been shorter than is said, and two stamps of one clock may be apart. */
    static long slack(long exposure) {
        return Math.min(MOST_SLACK_NANOS, exposure / 10);
    }

    /** Takes a frame into account whose begin is known. */
    void add(FrameSlot slot, long exposure, long start) {
        if (slot.arrivalNanos == FrameSlot.UNKNOWN) {
            return;
        }
        long latency = slot.arrivalNanos - exposure - start;
        longest = Math.max(longest, latency);
        if (Double.isNaN(usual)) {
            usual = latency;
            deviation = Math.abs(latency) / 4.0;
        } else {
            usual += MEMORY * (latency - usual);
            deviation += MEMORY * (Math.abs(latency - usual) - deviation);
        }
    }

    /**
     * Whether a frame can have begun then: here neither before its exposure had ended nor far later than frames have come yet.
     *
     * @param doubt what the begin may be wrong by, nanoseconds
     */
    boolean allows(FrameSlot slot, long exposure, long start, double doubt) {
        if (slot.arrivalNanos == FrameSlot.UNKNOWN) {
            return true;
        }
        long latency = slot.arrivalNanos - exposure - start;
        return latency >= -slack(exposure) - doubt
                && latency <= Math.max(longest, settings.latencyOrUsual()) + TriggerMatcher.JUMP_NANOS;
    }

    /** Whether a frame can have been here so soon. */
    boolean causal(FrameSlot slot, long exposure, long start) {
        return slot.arrivalNanos == FrameSlot.UNKNOWN || slot.arrivalNanos - exposure - start >= -slack(exposure);
    }

    /** When a frame of unknown time began, by its arrival; {@link FrameSlot#UNKNOWN} without one. */
    long start(FrameSlot slot, long exposure) {
        if (slot.arrivalNanos == FrameSlot.UNKNOWN) {
            return FrameSlot.UNKNOWN;
        }
        return slot.arrivalNanos - exposure - (Double.isNaN(usual) ? 0 : (long) usual);
    }

    /** What {@link #start} is uncertain by, roughly one standard deviation. */
    double spread() {
        return Math.max(1.25 * deviation, 1000);
    }

    /** Nanoseconds; NaN when no arrival was ever known. */
    double usualNanos() {
        return usual;
    }
}
