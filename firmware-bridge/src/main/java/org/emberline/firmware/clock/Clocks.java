package org.emberline.firmware.clock;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Compares the monotonic clock with UTC. */
public final class Clocks {
    /** Tries of which the tightest counts: a thread that is interrupted in most of them still gets a good one. */
    private static final int TRIES = 9;

    private Clocks() {}

    /**
     * Where UTC stands now. Reads UTC between two looks at the monotonic clock, several times, and keeps the tightest; a few
     * microseconds of work. Any thread.
     */
    public static ClockRelation relation() {
        return relation(System::nanoTime, Clocks::utcNanos);
    }

    static ClockRelation relation(LongSupplier monotonic, LongSupplier utc) {
        long tightest = Long.MAX_VALUE;
        long monotonicNanos = 0;
        long utcNanos = 0;
        for (int i = 0; i < TRIES; i++) {
            long before = monotonic.getAsLong();
            long between = utc.getAsLong();
            long width = monotonic.getAsLong() - before;
            if (width < tightest) {
                tightest = width;
                monotonicNanos = before + width / 2;
                utcNanos = between;
            }
        }
        return new ClockRelation(monotonicNanos, utcNanos, (tightest + 1) / 2);
    }

    /** CLOCK_REALTIME, nanoseconds since the Unix epoch. */
    private static long utcNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
