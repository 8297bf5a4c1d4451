package org.emberline.edge.pipeline;

import java.util.Locale;

/** The life of a run. */
public sealed interface RunState {

    /** Nothing runs: everything is being made, or there has been no run yet. */
    record Idle() implements RunState {}

    /** Ready; no frame has come. */
    record Armed() implements RunState {}

    /** Frames come. */
    record Acquiring() implements RunState {}

    /** The sources have ended; frames are still on their way. */
    record Draining() implements RunState {}

    /** No frame is on its way. */
    record Ended(EndReason reason) implements RunState {}

    /**
     * Something in the frame path failed while frames came; they go on coming.
     *
     * @param text the first failure in words
     */
    record Faulted(String text) implements RunState {}

    /** The name as seen from outside: {@code IDLE}, {@code ACQUIRING}, ... */
    default String phase() {
        return getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }
}
