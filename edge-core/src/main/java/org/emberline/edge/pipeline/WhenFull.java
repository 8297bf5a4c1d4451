package org.emberline.edge.pipeline;

/** What a frame meets that finds no room in the ring. */
public enum WhenFull {
    /** The source waits: for sources that can. */
    BLOCK,
    /** It is lost as {@link Loss#QUEUE_FULL}: for sources that go on whether anybody listens or not. */
    DROP_NEWEST,
    /** It is lost, and the run ends as {@link EndReason#OVERRUN}: for those who would rather have no frames than some. */
    FAIL
}
