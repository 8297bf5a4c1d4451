package org.emberline.edge.pipeline;

/**
 * Every way in which something can be lost or come without its counterpart. The names appear in {@code summary.json}, and their places in
 * the balances in docs/synchronisation.md.
 */
public enum Loss {
    /** A trigger came, or a file was announced, but no frame followed. */
    FRAME_MISSING(Zone.EDGE),
    /** A frame came and went its way, but no edge belongs to it: counts against the edges. */
    TRIGGER_MISSING(Zone.FRAME_WITHOUT_EDGE),
    /** An edge that the line counted and whose time its reader lost. */
    TRIGGER_UNREAD(Zone.EDGE),
    /** An edge on the trigger line that no frame belongs to: a double, or noise. */
    TRIGGER_SPURIOUS(Zone.EDGE),
    /** An edge that waited for its frame when the run was aborted. */
    TRIGGER_ABORTED(Zone.EDGE),
    /** An edge that waited for its frame when the source was lost. */
    SOURCE_LOST(Zone.EDGE),
    /** A frame whose number had come before. */
    DUPLICATE(Zone.ARRIVAL),
    /** A frame that came when its trigger had been given up. */
    LATE(Zone.ARRIVAL),
    /** A frame of a series that had ended. */
    STRAY(Zone.ARRIVAL),
    /** A frame that went its way after one with a later number; nothing is lost by it. */
    OUT_OF_ORDER(Zone.NOTE),
    /** A frame for which the ring had no room. */
    QUEUE_FULL(Zone.FRAME),
    /** A frame that was in the ring, not yet measured, when the run was aborted. */
    DISCARDED(Zone.FRAME),
    /** A frame came, but its pixels could not be reduced. */
    REDUCTION_FAILED(Zone.REDUCTION),
    /** A frame was measured, but the archive could not keep it. */
    ARCHIVE_FAILED(Zone.ARCHIVE),
    /** A frame was archived without its pattern, as {@code archive.may_drop} permits while the disk does not keep up. */
    PATTERN_NOT_KEPT(Zone.NOTE),
    /** A radiograph was archived without its optical density. */
    PREVIEW_NOT_KEPT(Zone.NOTE),
    /** A frame was archived without the maps that it completed. */
    MAP_NOT_KEPT(Zone.NOTE);

    /** Which balance a reason belongs to. */
    enum Zone {
        /** Edges that led to no frame. */
        EDGE,
        /** Frames that no edge led to. */
        FRAME_WITHOUT_EDGE,
        /** Received frames that were turned away. */
        ARRIVAL,
        /** Frames that reached no outlet. */
        FRAME,
        REDUCTION,
        ARCHIVE,
        /** Enters no balance. */
        NOTE
    }

    private final Zone zone;

    Loss(Zone zone) {
        this.zone = zone;
    }

    Zone zone() {
        return zone;
    }
}
