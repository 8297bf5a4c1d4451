package org.emberline.edge.frame;

import java.io.IOException;

/** Where frames come from. Used by one thread. */
public interface FrameSource extends AutoCloseable {

    /** What became of a call to {@link #next}. */
    enum Next {
        /** The slot holds a frame. */
        FRAME,
        /** An announced frame was lost; the slot holds its trigger index if it has one, and is free for the next frame. */
        LOST,
        /** A frame came of a series that another has replaced; the slot holds nothing and is free for the next frame. */
        STRAY,
        /** There will be no more frames. */
        END
    }

    /**
     * Fills the slot's pixels, times, trigger index and flags with the next frame; waits for it where frames come in real time.
     * The slot was {@link FrameSlot#reset} before. A thread interrupt ends the wait with {@link Next#END}.
     *
     * @throws IOException when the source is gone for good; the run then ends with SOURCE_LOST
     */
    Next next(FrameSlot slot) throws IOException;

    /**
     * Whether the next frame has to be taken now, or it or others will be lost: asked where a frame that finds no room is not waited with. A source
     * with a place of its own where frames can wait says so while that is nearly full.
     */
    default boolean pressing() {
        return true;
    }

    /** Frees files and connections; idempotent. */
    @Override
    void close();
}
