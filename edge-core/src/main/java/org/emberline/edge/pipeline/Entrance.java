package org.emberline.edge.pipeline;

import com.lmax.disruptor.RingBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.emberline.edge.frame.FrameSlot;
import org.jspecify.annotations.Nullable;

/**
 * Where frames get into the ring. A frame is received straight into a place of the ring; only where sources do not wait, and the ring is
 * full, into a spare one, from which it is copied should there be room when it has come. Acquisition thread only.
 */
final class Entrance {
    private static final long NONE = -1;
    private static final long PAUSE_NANOS = 50_000;

    private final RingBuffer<FrameSlot> ring;
    private final @Nullable FrameSlot spare;
    private long claimed = NONE;

    /** @param spare where to receive what may find no room; null to wait for room */
    Entrance(RingBuffer<FrameSlot> ring, @Nullable FrameSlot spare) {
        this.ring = ring;
        this.spare = spare;
    }

    /**
     * A place for the next frame; the same until something has entered. The place claimed last stays unpublished when the source ends: no
     * stage ever sees it.
     *
     * @param pressing whether the source cannot wait any longer
     * @param leave whether not to wait for room any longer
     * @return null when there was no room before it was time to leave
     */
    @Nullable
    FrameSlot place(BooleanSupplier pressing, BooleanSupplier leave) {
        while (claimed == NONE && !claim() && (spare == null || !pressing.getAsBoolean())) {
            if (leave.getAsBoolean()) {
                return null;
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
        return claimed == NONE ? spare : ring.get(claimed);
    }

    /** Whether the frame received last can be let in; moves it into the ring where it is not yet. */
    boolean hasRoom() {
        if (claimed == NONE && claim() && spare != null) {
            ring.get(claimed).takeReceived(spare);
        }
        return claimed != NONE;
    }

    /** Lets the frame in; after {@link #hasRoom}. */
    void enter() {
        ring.publish(claimed);
        claimed = NONE;
    }

    private boolean claim() {
        if (!ring.hasAvailableCapacity(1)) {
            return false;
        }
        claimed = ring.next();
        return true;
    }
}
