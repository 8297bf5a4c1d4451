package org.emberline.edge.sync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.emberline.firmware.Trigger;

/** The last triggers by index: one thread appends, one other looks them up. Lock-free; the reader does not allocate. */
public final class TriggerTimeline {
    /** What {@link #timestampNanos} answers for a trigger that was never seen, or is forgotten. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] indices;
    private final long[] times;
    private volatile long latest = -1;

    /** @param capacity triggers kept; must exceed the frames in flight */
    public TriggerTimeline(int capacity) {
        indices = new long[capacity];
        times = new long[capacity];
        Arrays.fill(indices, -1);
    }

    /** Remembers a trigger. Writer thread only. */
    public void append(Trigger trigger) {
        int at = (int) (trigger.index() % indices.length);
        LONGS.setVolatile(indices, at, -1L);
        LONGS.setVolatile(times, at, trigger.timestampNanos());
        LONGS.setVolatile(indices, at, trigger.index());
        latest = Math.max(latest, trigger.index());
    }

    /** The highest index so far, or -1. */
    public long latestIndex() {
        return latest;
    }

    /** When trigger {@code index} came, nanoseconds since the Unix epoch, or {@link #UNKNOWN}. */
    public long timestampNanos(long index) {
        if (index < 0) {
            return UNKNOWN;
        }
        int at = (int) (index % indices.length);
        if ((long) LONGS.getVolatile(indices, at) != index) {
            return UNKNOWN;
        }
        long time = (long) LONGS.getVolatile(times, at);
        return (long) LONGS.getVolatile(indices, at) == index ? time : UNKNOWN;
    }
}
