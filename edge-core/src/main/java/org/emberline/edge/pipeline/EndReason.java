package org.emberline.edge.pipeline;

/** Why a run ended. */
public enum EndReason {
    COMPLETED,
    STOPPED,
    ABORTED,
    OVERRUN,
    SOURCE_LOST,
    ARCHIVE_FULL,
    FIRMWARE_FAULT
}
