package org.emberline.edge.pipeline;

/** Every way in which something can be lost, by the station that lost it. The names appear in {@code summary.json}. */
public enum Loss {
    /** A trigger came, or a file was announced, but no frame followed. */
    FRAME_MISSING(Zone.ACQUISITION),
    /** An edge on the trigger line that no frame belongs to: a double, or noise. */
    TRIGGER_SPURIOUS(Zone.ACQUISITION),
    /** A frame came, but its pixels could not be reduced. */
    REDUCTION_FAILED(Zone.REDUCTION),
    /** A frame was measured, but the archive could not keep it. */
    ARCHIVE_FAILED(Zone.ARCHIVE);

    enum Zone {
        ACQUISITION,
        REDUCTION,
        ARCHIVE
    }

    private final Zone zone;

    Loss(Zone zone) {
        this.zone = zone;
    }

    Zone zone() {
        return zone;
    }
}
