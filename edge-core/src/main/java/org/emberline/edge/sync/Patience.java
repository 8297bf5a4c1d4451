package org.emberline.edge.sync;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.emberline.edge.frame.FrameSlot;

/**
 * Lets a frame wait, for a bounded time after it has come, until the record of its temperature reaches far enough. Nobody is waited for
 * who has never spoken, or whose next reading is overdue; and no frame waits so long that those behind it would fill more than half of
 * the ring. One thread; allocates nothing.
 */
public final class Patience {
    /** A reading is stamped in the middle of its conversion and told after its end: later than this many periods it is overdue. */
    private static final long OVERDUE_PERIODS = 3;
    /** Looked at again at least as often, ns. */
    private static final long LONGEST_PARK = 10_000_000;

    private final long waitNanos;
    private final int heldFrames;
    private final LongSupplier utcNanos;
    private final LongConsumer park;

    private long lastStart = FrameSlot.UNKNOWN;
    private long cadenceNanos = Long.MAX_VALUE;

    /**
     * @param waitNanos longest wait after a frame's arrival
     * @param ringSlots frames that the ring holds
     */
    public Patience(long waitNanos, int ringSlots) {
        this(waitNanos, ringSlots, () -> nanos(Clock.systemUTC().instant()), LockSupport::parkNanos);
    }

    Patience(long waitNanos, int ringSlots, LongSupplier utcNanos, LongConsumer park) {
        this.waitNanos = waitNanos;
        heldFrames = Math.max(1, ringSlots / 2);
        this.utcNanos = utcNanos;
        this.park = park;
    }

    private static long nanos(Instant now) {
        return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    }

    /** The moment until which this frame may wait; once a frame, its times standing. */
    long deadline(FrameSlot frame) {
        long now = utcNanos.getAsLong();
        if (lastStart != FrameSlot.UNKNOWN && frame.startNanos > lastStart) {
            cadenceNanos = frame.startNanos - lastStart;
        }
        lastStart = frame.startNanos;
        long arrival = frame.arrivalNanos == FrameSlot.UNKNOWN ? now : Math.min(now, frame.arrivalNanos);
        long bound = cadenceNanos > waitNanos / heldFrames ? waitNanos : cadenceNanos * heldFrames;
        return arrival + Math.min(bound, waitNanos);
    }

    /**
     * Waits until the record reaches a moment.
     *
     * @param deadline from {@link #deadline}
     */
    void await(TemperatureTimeline record, long untilNanos, long deadline) {
        long latest = record.latestNanos();
        while (latest != Long.MIN_VALUE
                && latest < untilNanos
                && !Thread.currentThread().isInterrupted()) {
            long now = utcNanos.getAsLong();
            long remaining = Math.min(deadline, latest + OVERDUE_PERIODS * record.periodNanos()) - now;
            if (remaining <= 0) {
                return;
            }
            park.accept(Math.min(remaining, LONGEST_PARK));
            latest = record.latestNanos();
        }
    }
}
