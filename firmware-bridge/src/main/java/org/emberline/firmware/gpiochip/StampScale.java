package org.emberline.firmware.gpiochip;

import java.util.function.LongSupplier;
import org.emberline.firmware.clock.ClockRelation;
import org.emberline.firmware.clock.UtcClock;

/** Makes UTC of the kernel's time stamps. One thread; allocates nothing but, about once a second, a relation. */
abstract sealed class StampScale {

    /** Just after a read, before the stamps of the edges that it gave are asked for. */
    abstract void afterRead();

    /** Nanoseconds since the Unix epoch. */
    abstract long utcNanos(long stamp);

    static StampScale of(EventClock clock, UtcClock utc) {
        return switch (clock) {
            case MONOTONIC -> new Monotonic(utc);
            case REALTIME -> new Realtime(utc);
            case HARDWARE -> new Hardware(utc, System::nanoTime);
        };
    }

    static final class Monotonic extends StampScale {
        private final UtcClock utc;
        private ClockRelation relation;

        Monotonic(UtcClock utc) {
            this.utc = utc;
            relation = utc.relation();
        }

        @Override
        void afterRead() {
            relation = utc.relation();
        }

        @Override
        long utcNanos(long stamp) {
            return relation.utcAt(stamp);
        }
    }

    static final class Realtime extends StampScale {
        private final UtcClock utc;

        Realtime(UtcClock utc) {
            this.utc = utc;
        }

        @Override
        void afterRead() {
            utc.relation(); // so that steps of the clock are noticed all the same
        }

        @Override
        long utcNanos(long stamp) {
            return stamp;
        }
    }

    /**
     * A counter that started at some other time and may run a little faster. An edge is read some time after it happened, never before:
     * the least difference of a short while is the offset between the scales, too large by the quickest wake-up. The while is short
     * since the scales drift apart, at 50 ppm by 0.1 ms in the two seconds that are looked back on.
     */
    static final class Hardware extends StampScale {
        private static final long WINDOW_NANOS = 1_000_000_000;

        private final UtcClock utc;
        private final LongSupplier monotonic;
        private ClockRelation relation;
        private long now;
        private long windowBegan;
        private long least = Long.MAX_VALUE;
        private long leastBefore = Long.MAX_VALUE;

        Hardware(UtcClock utc, LongSupplier monotonic) {
            this.utc = utc;
            this.monotonic = monotonic;
            relation = utc.relation();
            windowBegan = monotonic.getAsLong();
        }

        @Override
        void afterRead() {
            now = monotonic.getAsLong();
            relation = utc.relation();
            long age = now - windowBegan;
            if (age >= WINDOW_NANOS) {
                leastBefore = age < 2 * WINDOW_NANOS ? least : Long.MAX_VALUE;
                least = Long.MAX_VALUE;
                windowBegan = now;
            }
        }

        @Override
        long utcNanos(long stamp) {
            least = Math.min(least, now - stamp);
            return relation.utcAt(stamp + Math.min(least, leastBefore));
        }
    }
}
