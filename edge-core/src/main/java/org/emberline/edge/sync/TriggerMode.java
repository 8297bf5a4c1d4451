package org.emberline.edge.sync;

/** What an edge on the trigger line means to the detector. */
public enum TriggerMode {
    /** Nothing: the detector runs by its own clock. */
    INTERNAL,
    /** It begins an exposure, or a burst of them; edges that come meanwhile are not heeded. */
    EXTERNAL_EDGE,
    /** The exposure lasts as long as the line is active: every edge begins one. */
    EXTERNAL_LEVEL
}
