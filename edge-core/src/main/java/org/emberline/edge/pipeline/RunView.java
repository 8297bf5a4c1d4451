package org.emberline.edge.pipeline;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The run as a whole.
 *
 * @param runId name of the run, unique on this appliance
 * @param state where it stands
 * @param started begin of the run, UTC
 * @param backend backend and device of the reduction, in words
 * @param label what somebody has said it measures; empty when nobody has
 * @param fault first text of a failure in the frame path or beside it, or null; stays when the run has ended
 */
public record RunView(
        String runId,
        RunState state,
        Instant started,
        String backend,
        String label,
        @Nullable String fault) {

    /** Of a run that nobody has said anything about. */
    public RunView(String runId, RunState state, Instant started, String backend, @Nullable String fault) {
        this(runId, state, started, backend, "", fault);
    }

    /** Why the run ended, or null while it has not. */
    public @Nullable EndReason endReason() {
        return state instanceof RunState.Ended ended ? ended.reason() : null;
    }

    /** Whether something in the run has failed. */
    public boolean faulted() {
        return fault != null || state instanceof RunState.Faulted;
    }
}
