package org.emberline.edge.twin;

/**
 * The true moment at which something begins.
 *
 * @param seconds since the start of the run
 * @param celsius sample temperature then
 */
public record Onset(double seconds, double celsius) {}
