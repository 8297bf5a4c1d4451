package org.emberline.edge.archive;

/**
 * One file of patterns that have left the database.
 *
 * @param number from 1, over all detectors of the run
 * @param detector number within the run
 * @param file name, relative to the run folder
 * @param frames how many; those of the range that were lost are not in it
 * @param firstFrame number of the first frame, and of the last
 * @param startNanos begin of the first exposure and end of the last, nanoseconds since the Unix epoch
 * @param bytes of the file, and their digest
 * @param dtype numpy's word for the patterns' numbers
 * @param chunk shape of a chunk, for example {@code 64x1000}
 */
record Segment(
        int number,
        int detector,
        String file,
        int frames,
        long firstFrame,
        long lastFrame,
        long startNanos,
        long stopNanos,
        long bytes,
        String sha256,
        String dtype,
        String chunk) {}
