package org.emberline.edge.acquire;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Holds recorded frames back until the moment at which a detector would have delivered them, so that temperatures and triggers that are
 * measured meanwhile are those of their exposures. One thread.
 */
public final class RealTime implements Turn {
    /** How often the clock is looked at again: it may be set while a frame waits. */
    private static final long LONGEST_PARK = 100_000_000;

    private final Turn before;
    private final long delayNanos;
    private final LongSupplier utcNanos;
    private final LongConsumer park;

    /**
     * @param before asked first
     * @param delayNanos from the begin of an exposure until its frame comes
     */
    public RealTime(Turn before, long delayNanos) {
        this(before, delayNanos, () -> nanos(Clock.systemUTC().instant()), LockSupport::parkNanos);
    }

    RealTime(Turn before, long delayNanos, LongSupplier utcNanos, LongConsumer park) {
        this.before = before;
        this.delayNanos = delayNanos;
        this.utcNanos = utcNanos;
        this.park = park;
    }

    private static long nanos(Instant now) {
        return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    }

    @Override
    public boolean await(long nanos) {
        if (!before.await(nanos)) {
            return false;
        }
        while (!Thread.currentThread().isInterrupted()) {
            long remaining = nanos + delayNanos - utcNanos.getAsLong();
            if (remaining <= 0) {
                return true;
            }
            park.accept(Math.min(remaining, LONGEST_PARK));
        }
        return false;
    }
}
