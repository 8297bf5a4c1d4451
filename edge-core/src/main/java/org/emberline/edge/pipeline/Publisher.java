package org.emberline.edge.pipeline;

import java.util.function.Supplier;
import org.emberline.edge.frame.FrameCopy;
import org.emberline.edge.pipeline.Snapshot.FrameView;
import org.emberline.edge.pipeline.Snapshot.PatternView;
import org.jspecify.annotations.Nullable;

/**
 * Makes a snapshot each time it is told to, on a thread of its own beside the frame path, so that the garbage of immutable records
 * never falls on a stage.
 */
final class Publisher {
    private final PublishStage stage;
    private final SnapshotBuilder builder;
    private final Supplier<RunState> run;
    private final Books books;
    private final LatestReadings readings;
    private volatile Snapshot latest;
    private @Nullable FrameView frame;
    private @Nullable PatternView pattern;

    Publisher(PublishStage stage, RunLayout layout, Supplier<RunState> run, Books books, LatestReadings readings) {
        this.stage = stage;
        this.builder = new SnapshotBuilder(layout);
        this.run = run;
        this.books = books;
        this.readings = readings;
        latest = new Snapshot(0, run.get(), Ledger.EMPTY, null, readings.views(), null);
    }

    /** Makes the next snapshot. One thread at a time. */
    synchronized void publish() {
        FrameCopy copy = stage.newest();
        if (copy != null) {
            frame = builder.frame(copy);
            pattern = builder.pattern(copy);
        }
        latest = new Snapshot(latest.sequence() + 1, run.get(), books.ledger(), frame, readings.views(), pattern);
    }

    Snapshot latest() {
        return latest;
    }
}
