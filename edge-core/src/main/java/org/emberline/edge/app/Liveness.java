package org.emberline.edge.app;

import org.emberline.edge.pipeline.RunState.Phase;
import org.emberline.edge.pipeline.Snapshot;

/**
 * Whether a run makes progress, by its own books: states are published, and frames that came in go out. One thread.
 */
final class Liveness {
    /** Frames may wait for so long: longer than any frame takes, shorter than anybody wants to wait for a watchdog. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private long sequence = -1;
    private long done = -1;
    private long sequenceNanos;
    private long doneNanos;

    /**
     * Looks at the run.
     *
     * @param nowNanos on the scale of {@link System#nanoTime()}
     */
    boolean alive(Snapshot snapshot, long nowNanos) {
        long out = snapshot.ledger().archived() + snapshot.ledger().lostTotal();
        if (snapshot.sequence() != sequence) {
            sequence = snapshot.sequence();
            sequenceNanos = nowNanos;
        }
        if (out != done || snapshot.ledger().frames() <= snapshot.ledger().archived()) {
            done = out;
            doneNanos = nowNanos;
        }
        return snapshot.run().phase() != Phase.FAULTED
                && snapshot.run().fault() == null
                && nowNanos - sequenceNanos < PATIENCE_NANOS
                && nowNanos - doneNanos < PATIENCE_NANOS;
    }
}
