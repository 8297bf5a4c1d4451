package org.emberline.edge.frame;

/**
 * One station of a frame's way. Called on one thread of its own, frame after frame. It does not allocate, lock, log, or throw for
 * expected things: those are flags on the slot.
 */
@FunctionalInterface
public interface Stage {

    /** Works on the slot; may not keep it beyond the next {@link #endOfBatch}. */
    void process(FrameSlot slot);

    /**
     * No further frame is at hand: completes what {@link #process} has only begun. The next station sees the frames of a batch after
     * this. Called on the stage's thread after the last frame of every batch, also of a batch of one.
     */
    default void endOfBatch() {}
}
