package org.emberline.edge.twin;

/**
 * When the frames of a run are exposed: frame k in the middle of [k, k + 1) periods after the start.
 *
 * @param startNanos begin of the run, nanoseconds since the Unix epoch
 * @param periodNanos from frame to frame
 * @param exposureNanos at most the period
 * @param frames number of frames
 */
record Exposures(long startNanos, long periodNanos, long exposureNanos, int frames) {

    /** Begin of an exposure, nanoseconds from the start of the run. */
    long beginNanos(long frame) {
        return frame * periodNanos + (periodNanos - exposureNanos) / 2;
    }

    /** End of an exposure, nanoseconds from the start of the run. */
    long endNanos(long frame) {
        return beginNanos(frame) + exposureNanos;
    }
}
