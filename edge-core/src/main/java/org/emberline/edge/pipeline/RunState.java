package org.emberline.edge.pipeline;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The run as a whole.
 *
 * @param runId name of the run, unique on this appliance
 * @param phase where it stands
 * @param endReason set once {@code phase} is ENDED
 * @param started begin of the run, UTC
 * @param backend backend and device of the reduction, in words
 * @param fault first text of an exception in a stage, or null
 */
public record RunState(
        String runId,
        Phase phase,
        @Nullable EndReason endReason,
        Instant started,
        String backend,
        @Nullable String fault) {

    /** The life of a run. */
    public enum Phase {
        STARTING,
        RUNNING,
        DRAINING,
        FAULTED,
        ENDED
    }
}
