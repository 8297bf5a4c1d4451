package org.emberline.edge.pipeline;

import org.emberline.edge.frame.FrameGate;
import org.emberline.edge.frame.FrameSlot;

/** The gate where there is no trigger line: whatever the source announces, come or lost, is its own trigger. */
public final class Announced implements FrameGate {
    private final Books books;

    /** @param books those of the detector */
    public Announced(Books books) {
        this.books = books;
    }

    @Override
    public Verdict admit(FrameSlot slot) {
        books.announced(1);
        books.book(EdgeFate.MATCHED, 1);
        return Verdict.ADMITTED;
    }

    @Override
    public void missing(FrameSlot slot) {
        books.announced(1);
        books.book(EdgeFate.FRAME_MISSING, 1);
    }

    /** So many frames were announced by the numbers of those around them, and will not come. Acquisition thread. */
    public void passedOver(long frames) {
        books.announced(frames);
        books.book(EdgeFate.FRAME_MISSING, frames);
    }

    /** Nothing is ever open. */
    @Override
    public void end(EdgeFate fate) {}
}
