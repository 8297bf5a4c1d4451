package org.emberline.firmware.clock;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The relation to UTC that all stamps of one process share, so that an edge and a reading of the same moment bear the same time
 * whatever is done to the system's clock.
 *
 * <p>It is looked at once a second. Slewing (NTP, PTP) moves the monotonic clock along with UTC and leaves the relation as it is; only
 * setting the clock changes it. A change beyond what the comparison can tell is followed at once: stamps are to agree with those of
 * other machines. A change of more than {@link #STEP_NANOS} is counted as a step, for stamps across it do not tell how much time
 * passed, and after a step back they may repeat. Any thread, without locks.
 */
public final class UtcClock {
    /** From here on a change of the relation is a step: 50 ms. */
    public static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long RENEWAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<ClockRelation> compare;
    private final LongSupplier monotonic;
    private final AtomicLong due;
    private final AtomicLong steps = new AtomicLong();
    private volatile long latestStepNanos;
    private volatile ClockRelation relation;

    /** Of this machine's clocks. */
    public UtcClock() {
        this(Clocks::relation, System::nanoTime);
    }

    /**
     * Of clocks that somebody else keeps.
     *
     * @param compare where UTC stands now; asked at once, and then once a second by whoever asks for the relation
     * @param monotonic nanoseconds on the scale of those relations
     */
    public UtcClock(Supplier<ClockRelation> compare, LongSupplier monotonic) {
        this.compare = compare;
        this.monotonic = monotonic;
        relation = compare.get();
        due = new AtomicLong(monotonic.getAsLong() + RENEWAL_NANOS);
    }

    /** The relation now; about once a second the caller spends some microseconds on looking at it again. */
    public ClockRelation relation() {
        long now = monotonic.getAsLong();
        long deadline = due.get();
        if (now - deadline >= 0 && due.compareAndSet(deadline, now + RENEWAL_NANOS)) {
            renew();
        }
        return relation;
    }

    /** How often the system's clock was set by more than {@link #STEP_NANOS} since the start. */
    public long steps() {
        return steps.get();
    }

    /** By how much the latest step moved UTC, positive ahead, in nanoseconds; 0 when there was none. */
    public long latestStepNanos() {
        return latestStepNanos;
    }

    private void renew() {
        ClockRelation before = relation;
        ClockRelation after = compare.get();
        long change = after.utcNanos() - before.utcAt(after.monotonicNanos());
        long indistinct = before.uncertaintyNanos() + after.uncertaintyNanos();
        if (Math.abs(change) <= indistinct && after.uncertaintyNanos() >= before.uncertaintyNanos()) {
            return; // the old one is as true and tighter
        }
        relation = after;
        if (Math.abs(change) > STEP_NANOS) {
            latestStepNanos = change;
            steps.incrementAndGet();
        }
    }
}
