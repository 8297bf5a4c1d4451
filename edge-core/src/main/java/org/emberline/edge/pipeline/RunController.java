package org.emberline.edge.pipeline;

import java.util.function.Supplier;

/** The door to a run for those who watch it: the latest snapshot, and the wish to stop. Any thread. */
public interface RunController extends Supplier<Snapshot> {

    /** The latest snapshot; never null. */
    @Override
    Snapshot get();

    /** Asks the run to end after the frames it already holds. Returns at once; idempotent. */
    void stop();
}
