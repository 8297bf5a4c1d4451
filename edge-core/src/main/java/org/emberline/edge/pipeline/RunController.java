package org.emberline.edge.pipeline;

import java.util.function.Supplier;

/** The door to a run for those who watch it: the latest snapshot, and the wish to stop or to abort. Any thread. */
public interface RunController extends Supplier<Snapshot> {

    /** The latest snapshot; never null. */
    @Override
    Snapshot get();

    /** Asks the run to end after the frames it already holds: all of them reach the archive. Returns at once; idempotent. */
    void stop();

    /**
     * Asks the run to end at once: frames that have not been measured are discarded, and counted as {@link Loss#DISCARDED}; those that have
     * been reach the archive. Also of a run that is draining; of one that has ended, nothing. Returns at once; idempotent.
     */
    void abort();
}
