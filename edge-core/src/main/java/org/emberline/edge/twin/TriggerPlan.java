package org.emberline.edge.twin;

import org.emberline.firmware.Trigger;
import org.jspecify.annotations.Nullable;

/** What happens on the trigger line and in the detector for one frame; overwritten by {@link TriggerSignal#plan}. */
final class TriggerPlan {
    /** The edge that began the exposure; null when the reader missed it. */
    @Nullable
    Trigger edge;
    /** A second edge, later than the first and without an exposure; null when there is none or the reader missed it. */
    @Nullable
    Trigger extraEdge;
    /** Whether the detector delivers the frame. */
    boolean frameDelivered;
    /** What the frame carries as its trigger index; -1 when it does not know its edge. */
    long triggerIndexOnFrame;
    /** True index on the line of the edge that began the exposure. */
    long lineIndex;
    /** Whether the line had a second edge, seen or missed. */
    boolean doubled;
}
