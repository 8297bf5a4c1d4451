package org.emberline.edge.frame;

/**
 * Where frames meet triggers: decides which edge began a frame and whether the frame may enter the pipeline. Called on the acquisition
 * thread, frame after frame; does not allocate, lock or wait.
 */
public interface FrameGate {

    /** What becomes of a frame that was received. */
    enum Verdict {
        /** It enters; its flags say what is wrong with it. */
        ADMITTED,
        /** Its number has come before in this series. */
        DUPLICATE,
        /** It came so long after its successors that its trigger had been given up. */
        LATE,
        /** It belongs to a series that has ended. */
        STRAY
    }

    /** What became of an edge on the trigger line. */
    enum EdgeFate {
        /** It began a frame that was admitted. */
        MATCHED,
        /** It began a frame that never came. */
        FRAME_MISSING,
        /** It began nothing: a double, or noise. */
        SPURIOUS,
        /** The line counted it, but its reader lost it with its time. */
        UNREAD,
        /** It waited for a frame when the source was lost. */
        SOURCE_LOST,
        /** It waited for a frame when the run was aborted. */
        ABORTED
    }

    /** Where the fates of edges are booked; every edge once. */
    @FunctionalInterface
    interface Account {
        /** Books {@code count} edges. */
        void book(EdgeFate fate, long count);
    }

    /** Binds a received frame to its edge: sets its trigger index, its times and its flags. */
    Verdict admit(FrameSlot slot);

    /** A frame that was announced and will not come; the slot holds its numbers and times as far as they are known. */
    void missing(FrameSlot slot);

    /** There will be no more frames: books the edges still open. */
    void end(EdgeFate fate);
}
