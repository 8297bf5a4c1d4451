package org.emberline.edge.pipeline;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameCopy;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Hands the latest frame to the publisher without a lock and without allocation: three copies go round, one with the stage, one
 * with the reader, one between them. The reader always finds the newest complete frame; frames in between are overtaken.
 *
 * <pre>
 *   stage thread: back --take(slot)--> [exchange] --> middle + FRESH
 *   reader thread:                     [exchange] <-- front, if FRESH
 * </pre>
 */
final class PublishStage implements Stage {
    /** Maps that are published have at most so many rows and columns. */
    static final int LARGEST_SIDE = 256;

    private static final int FRESH = 4;

    private final FrameCopy[] copies;
    private final AtomicInteger middle = new AtomicInteger(1);
    private final Books books;
    private int back;
    private int front = 2;

    PublishStage(DetectorLayout layout, Books books) {
        Supplier<FrameCopy> made = layout.copies(LARGEST_SIDE);
        copies = new FrameCopy[] {made.get(), made.get(), made.get()};
        this.books = books;
    }

    @Override
    public void process(FrameSlot slot) {
        copies[back].take(slot);
        back = middle.getAndSet(back | FRESH) & ~FRESH;
        books.published();
    }

    /** The newest frame if there is one since the last call, otherwise null. One reader thread; valid until its next call. */
    @Nullable
    FrameCopy newest() {
        if ((middle.get() & FRESH) == 0) {
            return null;
        }
        front = middle.getAndSet(front) & ~FRESH;
        return copies[front];
    }
}
