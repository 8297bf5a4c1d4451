package org.emberline.firmware.clock;

/** A UTC that never moves against the monotonic clock. */
public final class FixedClock {
    private FixedClock() {}

    /** UTC is the monotonic time and {@code offsetNanos}. */
    public static UtcClock ahead(long offsetNanos) {
        ClockRelation relation = new ClockRelation(0, offsetNanos, 0);
        return new UtcClock(() -> relation, System::nanoTime);
    }
}
