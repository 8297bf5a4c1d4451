package org.emberline.edge.twin;

/**
 * The times at which one event is at work, nanoseconds from the start of the run: from {@code beginNanos} on for {@code
 * durationNanos}, and again every {@code repeatNanos} where that is not 0. Begins are inclusive, ends exclusive.
 */
record EventSpan(TimedEvent.Kind kind, double magnitude, long beginNanos, long durationNanos, long repeatNanos) {

    boolean active(long nanos) {
        return nanos >= beginNanos && phase(nanos) < durationNanos;
    }

    /** Fraction of an interval in which the event is at work; of an empty one, 1 or 0. */
    double coverage(long fromNanos, long toNanos) {
        if (fromNanos == toNanos) {
            return active(fromNanos) ? 1 : 0;
        }
        return (double) (covered(toNanos) - covered(fromNanos)) / (toNanos - fromNanos);
    }

    /** Latest begin at or before a time at which the event is at work. */
    long latestBegin(long nanos) {
        return nanos - phase(nanos);
    }

    private long covered(long nanos) {
        if (nanos <= beginNanos) {
            return 0;
        }
        long cycles = repeatNanos == 0 ? 0 : (nanos - beginNanos) / repeatNanos;
        return cycles * durationNanos + Math.min(phase(nanos), durationNanos);
    }

    private long phase(long nanos) {
        return repeatNanos == 0 ? nanos - beginNanos : (nanos - beginNanos) % repeatNanos;
    }
}
