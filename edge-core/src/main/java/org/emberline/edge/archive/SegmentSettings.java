package org.emberline.edge.archive;

/**
 * When patterns leave the database for a file.
 *
 * @param frames of one segment at most
 * @param seconds that a pattern waits in the database, about, at most
 */
public record SegmentSettings(int frames, double seconds) {
    public static final SegmentSettings USUAL = new SegmentSettings(1000, 600);
}
