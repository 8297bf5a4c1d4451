package org.emberline.edge.sync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.emberline.firmware.Trigger;

/**
 * The edges of a trigger line on their way from the thread that reads it to the one that matches frames: one writer, one reader,
 * lock-free, no allocation. Where nobody reads, the oldest are overwritten; the reader learns how many.
 */
public final class EdgeQueue {
    private static final VarHandle WRITTEN;

    static {
        try {
            WRITTEN = MethodHandles.lookup().findVarHandle(EdgeQueue.class, "written", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int capacity;
    private final long[] indices;
    private final long[] stamps;

    @SuppressWarnings("UnusedVariable") // through WRITTEN
    private long written;

    private long read;
    private long index;
    private long stamp;

    /** @param capacity edges kept, at least two; should span the edges that come while no frame does */
    public EdgeQueue(int capacity) {
        if (capacity < 2) {
            throw new IllegalArgumentException("an edge is read while the next is written capacity=" + capacity);
        }
        this.capacity = capacity;
        indices = new long[capacity];
        stamps = new long[capacity];
    }

    /** Adds an edge. Writer thread only. */
    public void append(Trigger trigger) {
        long position = (long) WRITTEN.get(this);
        // Who sees the new edge must see that the old one's place has been given up.
        VarHandle.storeStoreFence();
        int at = (int) (position % capacity);
        indices[at] = trigger.index();
        stamps[at] = trigger.timestampNanos();
        WRITTEN.setRelease(this, position + 1);
    }

    /** Goes on to the oldest edge not yet read; false when there is none. Reader thread only, as all that follows. */
    boolean next() {
        while (true) {
            long end = (long) WRITTEN.getAcquire(this);
            if (read == end) {
                return false;
            }
            // One less than the capacity: the writer may be overwriting the oldest right now.
            read = Math.max(read, end - capacity + 1);
            int at = (int) (read % capacity);
            index = indices[at];
            stamp = stamps[at];
            VarHandle.loadLoadFence();
            boolean overwritten = (long) WRITTEN.getOpaque(this) - capacity >= read;
            read++;
            if (!overwritten) {
                return true;
            }
        }
    }

    /** Index of the edge on its line; those that were overwritten leave a gap. */
    long index() {
        return index;
    }

    /** When it came, nanoseconds since the Unix epoch. */
    long stamp() {
        return stamp;
    }
}
