package org.emberline.edge.sync;

import org.emberline.edge.frame.FrameGate.Account;
import org.emberline.edge.frame.FrameGate.EdgeFate;

/**
 * The exposures that the trigger line has announced and what became of them. A position stands for one exposure: an edge takes as many as
 * it begins frames. Positions are open until they are taken by a frame; those far behind the last one taken are given up. One thread.
 *
 * <pre>
 *   0 ....... first ............ last ......... end
 *   booked    | open or taken     | open         |
 *              frames out of order  frames to come
 * </pre>
 */
final class ExposureBook {
    /** Positions behind the last one taken in which a frame out of order still finds its edge. */
    static final int REORDER = 64;

    private static final byte OPEN = 0;
    private static final byte BOUNCE = 1;
    private static final byte NOISE = 2;
    private static final byte TAKEN = 3;

    private final EdgeQueue queue;
    private final MatchSettings settings;
    private final Account account;
    private final int mask;
    private final long[] stamps;
    private final long[] indices;
    private final byte[] states;
    private long first;
    private long last = -1;
    private long end;
    private long nextIndex;
    private long begun = Long.MIN_VALUE;

    /** @param capacity positions kept, a power of two */
    ExposureBook(EdgeQueue queue, MatchSettings settings, Account account, int capacity) {
        this.queue = queue;
        this.settings = settings;
        this.account = account;
        mask = capacity - 1;
        stamps = new long[capacity];
        indices = new long[capacity];
        states = new byte[capacity];
    }

    /**
     * Takes over the edges that have come meanwhile.
     *
     * @param deafNanos time after the begin of an exposure in which the detector heeds no edge; an edge in there is a bounce
     */
    void read(long deafNanos) {
        while (queue.next()) {
            long missed = queue.index() - nextIndex;
            if (missed > 0) {
                account.book(EdgeFate.UNREAD, missed * settings.framesPerTrigger());
            }
            nextIndex = Math.max(nextIndex, queue.index() + 1);
            announce(queue.index(), queue.stamp(), deafNanos);
        }
    }

    private void announce(long index, long stamp, long deafNanos) {
        long since = stamp - begun;
        // A clock that was set back makes the difference negative: then the edge is taken for a new one.
        boolean bounce = begun != Long.MIN_VALUE && since >= 0 && since < deafNanos;
        if (!bounce) {
            begun = stamp;
        } else if (settings.framesPerTrigger() > 1) {
            // Its exposures would lie between those of the burst, and positions are in order of time.
            account.book(EdgeFate.SPURIOUS, settings.framesPerTrigger());
            return;
        }
        for (int i = 0; i < settings.framesPerTrigger(); i++) {
            if (end - first > mask) {
                giveUp(first + 1);
            }
            int at = at(end++);
            stamps[at] = stamp + i * settings.framePeriodNanos();
            indices[at] = index;
            states[at] = bounce ? BOUNCE : OPEN;
        }
    }

    /** The oldest position that a frame may still take. */
    long first() {
        return first;
    }

    /** The latest position taken, or one before the first. */
    long last() {
        return Math.max(last, first - 1);
    }

    /** The position after the newest. */
    long end() {
        return end;
    }

    long stamp(long position) {
        return stamps[at(position)];
    }

    long index(long position) {
        return indices[at(position)];
    }

    /** Whether a frame may take it; a bounce too, though nobody expects that. */
    boolean open(long position) {
        return states[at(position)] != TAKEN;
    }

    boolean bounce(long position) {
        return states[at(position)] == BOUNCE;
    }

    /** The first position from {@code from} on whose stamp is not before the moment; {@link #end} when there is none. */
    long firstNotBefore(long nanos, long from) {
        long low = from;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (stamp(middle) < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first open position of an edge, or -1. */
    long find(long index) {
        long low = first;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (index(middle) < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        while (low < end && index(low) == index && !open(low)) {
            low++;
        }
        return low < end && index(low) == index ? low : -1;
    }

    /** Exposures between two positions, both excluded, that no bounce announced. */
    int exposuresBetween(long before, long after) {
        int count = 0;
        for (long position = before + 1; position < after; position++) {
            count += states[at(position)] == OPEN || states[at(position)] == TAKEN ? 1 : 0;
        }
        return count;
    }

    /** A frame takes the position. */
    void take(long position) {
        states[at(position)] = TAKEN;
        account.book(EdgeFate.MATCHED, 1);
        if (position > last) {
            last = position;
            giveUp(last - REORDER);
        }
    }

    /**
     * Of the open positions between two others, both excluded, takes {@code count} for noise: those that follow another edge most closely.
     */
    void suspect(long before, long after, int count) {
        long limit = closest(before, after, count);
        int left = count - closerThan(limit, before, after);
        for (long position = before + 1; position < after; position++) {
            if (states[at(position)] == OPEN && (gap(position) < limit || (gap(position) == limit && left-- > 0))) {
                states[at(position)] = NOISE;
            }
        }
    }

    /** The gap that {@code count} open positions do not exceed, by bisection: many may have been passed over. */
    private long closest(long before, long after, int count) {
        long low = Long.MIN_VALUE;
        long high = Long.MAX_VALUE;
        while (low < high) {
            long middle = (low & high) + ((low ^ high) >> 1);
            if (closerThan(middle + 1, before, after) >= count) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private int closerThan(long limit, long before, long after) {
        int closer = 0;
        for (long position = before + 1; position < after; position++) {
            closer += states[at(position)] == OPEN && gap(position) < limit ? 1 : 0;
        }
        return closer;
    }

    private long gap(long position) {
        return position > first ? stamp(position) - stamp(position - 1) : Long.MAX_VALUE;
    }

    /** Books everything that is still open. */
    void close(EdgeFate fate) {
        giveUp(last + 1);
        while (first < end) {
            byte state = states[at(first++)];
            if (state != TAKEN) {
                account.book(state == OPEN ? fate : EdgeFate.SPURIOUS, 1);
            }
        }
    }

    /** Books what is open before a position. */
    private void giveUp(long until) {
        while (first < until) {
            byte state = states[at(first++)];
            if (state != TAKEN) {
                account.book(state == OPEN ? EdgeFate.FRAME_MISSING : EdgeFate.SPURIOUS, 1);
            }
        }
    }

    private int at(long position) {
        return (int) (position & mask);
    }
}
