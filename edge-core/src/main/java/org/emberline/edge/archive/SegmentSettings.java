package org.emberline.edge.archive;

/**
 * What goes into segments, and when.
 *
 * @param frames of one segment at most
 * @param seconds that a pattern waits in the database, about, at most
 * @param imageSide rows and columns that the archived optical density of a radiograph has at most
 */
public record SegmentSettings(int frames, double seconds, int imageSide) {
    public static final SegmentSettings USUAL = new SegmentSettings(1000, 600, 128);
}
