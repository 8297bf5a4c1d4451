package org.emberline.edge.sync;

import java.util.function.LongConsumer;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameGate;
import org.emberline.edge.frame.FrameSlot;

/**
 * The gate of a line whose edges are numbered as the frames are: the source says which edge began a frame. Edges that it passes over led
 * to nothing. An edge that the line counted, and whose time its reader lost, leaves its frame without a trigger.
 */
public final class NumberedGate implements FrameGate {
    private final TriggerTimeline line;
    private final LongConsumer edges;
    private final Account account;
    private long latestEdge = -1;
    private long next;
    private long latestMatched = -1;

    /**
     * @param line times of the edges, filled by whoever reads the line
     * @param edges is told of every index that a frame shows to exist, before anything is booked for it
     * @param account where the edges' fates are booked
     */
    public NumberedGate(TriggerTimeline line, LongConsumer edges, Account account) {
        this.line = line;
        this.edges = edges;
        this.account = account;
    }

    @Override
    public Verdict admit(FrameSlot slot) {
        long index = slot.triggerIndex;
        if (index < 0) {
            slot.flag(FrameFlag.TRIGGER_MISSING);
            return Verdict.ADMITTED;
        }
        if (index < next) {
            return index == latestMatched ? Verdict.DUPLICATE : Verdict.LATE;
        }
        long stamp = line.timestampNanos(index);
        if (stamp == TriggerTimeline.UNKNOWN) {
            slot.flag(FrameFlag.TRIGGER_MISSING);
            pass(index, EdgeFate.UNREAD);
        } else {
            // The trigger starts the exposure: its stamp is the better clock than whatever the frame brought along.
            slot.stopNanos += stamp - slot.startNanos;
            slot.startNanos = stamp;
            pass(index, EdgeFate.MATCHED);
        }
        latestMatched = index;
        return Verdict.ADMITTED;
    }

    /** Of a frame that does not know its edge there is nothing to book: the edge itself will be passed over. */
    @Override
    public void missing(FrameSlot slot) {
        if (slot.triggerIndex >= next) {
            pass(slot.triggerIndex, EdgeFate.FRAME_MISSING);
        }
    }

    /** The line must have ended: an edge that comes later stays open. */
    @Override
    public void end(EdgeFate fate) {
        latestEdge = Math.max(latestEdge, line.latestIndex());
        book(fate, latestEdge + 1 - next);
        next = latestEdge + 1;
    }

    /** This edge has the given fate, and those before it that nobody spoke of led to nothing. */
    private void pass(long index, EdgeFate fate) {
        edges.accept(index);
        latestEdge = Math.max(latestEdge, index);
        book(EdgeFate.SPURIOUS, index - next);
        book(fate, 1);
        next = index + 1;
    }

    private void book(EdgeFate fate, long count) {
        if (count > 0) {
            account.book(fate, count);
        }
    }
}
