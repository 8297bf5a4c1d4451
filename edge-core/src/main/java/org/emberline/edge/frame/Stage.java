package org.emberline.edge.frame;

/**
 * One station of a frame's way. Called on one thread of its own, frame after frame. It does not allocate, lock, log, or throw for
 * expected things: those are flags on the slot.
 */
@FunctionalInterface
public interface Stage {

    /** Works on the slot; may not keep it. */
    void process(FrameSlot slot);
}
