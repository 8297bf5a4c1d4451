package org.emberline.edge.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows made once that go round between one producer and one consumer, so that neither allocates and the producer never waits for a
 * disk unless every row is taken.
 *
 * <pre>
 *   producer: claim() -> fill -> publish()      consumer: peek() -> store -> release()
 * </pre>
 */
final class RowRing<T> {
    private static final VarHandle PUBLISHED;
    private static final VarHandle RELEASED;
    private static final long FULL_PAUSE_NANOS = 200_000;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PUBLISHED = lookup.findVarHandle(RowRing.class, "published", long.class);
            RELEASED = lookup.findVarHandle(RowRing.class, "released", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final List<T> rows;

    @SuppressWarnings("UnusedVariable") // through PUBLISHED
    private long published;

    @SuppressWarnings("UnusedVariable") // through RELEASED
    private long released;

    RowRing(int capacity, Supplier<T> row) {
        rows = Stream.generate(row).limit(capacity).toList();
    }

    /** The next free row; waits while there is none. Producer only. */
    T claim() {
        long next = (long) PUBLISHED.get(this);
        while (next - (long) RELEASED.getAcquire(this) >= rows.size()) {
            LockSupport.parkNanos(FULL_PAUSE_NANOS);
        }
        return rows.get((int) (next % rows.size()));
    }

    /** Hands the claimed row over. Producer only. */
    void publish() {
        PUBLISHED.setRelease(this, (long) PUBLISHED.get(this) + 1);
    }

    /** The oldest row handed over, or null. Consumer only. */
    @Nullable
    T peek() {
        long next = (long) RELEASED.get(this);
        return next < (long) PUBLISHED.getAcquire(this) ? rows.get((int) (next % rows.size())) : null;
    }

    /** Share of the rows that wait for the consumer, 0 to 1. Any thread. */
    double fill() {
        return (double) waiting() / rows.size();
    }

    /** Rows handed over and not given back. Any thread. */
    long waiting() {
        long given = (long) RELEASED.getAcquire(this);
        return (long) PUBLISHED.getAcquire(this) - given;
    }

    /** Gives the peeked row back. Consumer only. */
    void release() {
        RELEASED.setRelease(this, (long) RELEASED.get(this) + 1);
    }
}
