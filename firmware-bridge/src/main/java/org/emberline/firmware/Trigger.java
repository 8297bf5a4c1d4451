package org.emberline.firmware;

/**
 * One edge of the detector's trigger line.
 *
 * @param index 0-based and without gaps on the line itself: an edge that the reader lost leaves a gap
 * @param timestampNanos nanoseconds since the Unix epoch (UTC)
 */
public record Trigger(long index, long timestampNanos) {}
