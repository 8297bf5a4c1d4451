package org.emberline.edge.archive;

/**
 * Something that happened to the run and not to a frame.
 *
 * @param timestampNanos when, nanoseconds since the Unix epoch
 * @param kind one word, for example {@code BACKEND_SWITCHED}
 * @param text what happened, in one line
 */
public record RunEvent(long timestampNanos, String kind, String text) {}
