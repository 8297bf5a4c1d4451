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
        books.announced();
        books.book(EdgeFate.MATCHED, 1);
        return Verdict.ADMITTED;
    }

    @Override
    public void missing(FrameSlot slot) {
        books.announced();
        books.book(EdgeFate.FRAME_MISSING, 1);
    }

    /** Nothing is ever open. */
    @Override
    public void end(EdgeFate fate) {}
}
