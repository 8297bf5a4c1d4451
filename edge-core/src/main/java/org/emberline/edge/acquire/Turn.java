package org.emberline.edge.acquire;

/** Holds a source back until its next frame may come. */
@FunctionalInterface
public interface Turn {
    /** Every frame may come at once. */
    Turn ALWAYS = _ -> true;

    /**
     * Waits until a frame may come.
     *
     * @param nanos begin of its exposure, nanoseconds since the Unix epoch
     * @return false when the thread was interrupted, whose status is kept
     */
    boolean await(long nanos);
}
