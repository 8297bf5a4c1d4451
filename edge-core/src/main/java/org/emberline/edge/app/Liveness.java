package org.emberline.edge.app;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.emberline.edge.pipeline.Ledger;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.DetectorView;

/**
 * Whether a run makes progress, by its own books: states are published, and the frames of every detector that came in go out. One thread.
 */
final class Liveness {
    /** Frames may wait for so long: longer than any frame takes, shorter than anybody wants to wait for a watchdog. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final long patienceNanos;
    private long sequence = -1;
    private long sequenceNanos;
    private long[] left = {};
    private long[] leftNanos = {};

    /** @param snapshotPeriod from one published state to the next; standstill is seen no sooner */
    Liveness(Duration snapshotPeriod) {
        patienceNanos = PATIENCE_NANOS + 2 * snapshotPeriod.toNanos();
    }

    /**
     * Looks at the run.
     *
     * @param nowNanos on the scale of {@link System#nanoTime()}
     */
    boolean alive(Snapshot snapshot, long nowNanos) {
        if (snapshot.sequence() != sequence) {
            sequence = snapshot.sequence();
            sequenceNanos = nowNanos;
        }
        boolean moving = moving(snapshot.detectors(), nowNanos);
        return !snapshot.run().faulted() && nowNanos - sequenceNanos < patienceNanos && moving;
    }

    /** Each for itself: a detector that goes on must not hide one that hangs. */
    private boolean moving(List<DetectorView> detectors, long nowNanos) {
        if (left.length != detectors.size()) {
            left = new long[detectors.size()];
            leftNanos = new long[detectors.size()];
            Arrays.fill(left, -1);
        }
        boolean moving = true;
        for (int i = 0; i < left.length; i++) {
            Ledger ledger = detectors.get(i).ledger();
            long out = ledger.frames() - ledger.waiting();
            if (out != left[i] || ledger.waiting() <= 0) {
                left[i] = out;
                leftNanos[i] = nowNanos;
            }
            moving &= nowNanos - leftNanos[i] < patienceNanos;
        }
        return moving;
    }
}
