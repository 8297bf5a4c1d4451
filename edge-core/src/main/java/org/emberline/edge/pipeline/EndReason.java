package org.emberline.edge.pipeline;

/** Why a run ended. */
public enum EndReason {
    COMPLETED(0),
    STOPPED(1),
    /** A person would rather have no more of it: told before anything that went wrong. */
    ABORTED(6),
    /** A frame found no room, and that was to end the run. */
    OVERRUN(2),
    SOURCE_LOST(3),
    ARCHIVE_FULL(4),
    FIRMWARE_FAULT(5);

    private final int gravity;

    EndReason(int gravity) {
        this.gravity = gravity;
    }

    /** What is said of a run that ended for both reasons. */
    EndReason or(EndReason other) {
        return other.gravity > gravity ? other : this;
    }
}
