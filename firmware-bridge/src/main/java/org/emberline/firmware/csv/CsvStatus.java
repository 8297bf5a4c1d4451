package org.emberline.firmware.csv;

import org.jspecify.annotations.Nullable;

/**
 * What came of a log since the start.
 *
 * @param lines read, the header, comments and empty lines included
 * @param readings temperatures delivered
 * @param missing missing values delivered as faults
 * @param refused lines, or values of lines, that make no sense
 * @param misordered lines whose time is not after the latest
 * @param restarts times that the file was cut short or another took its place
 * @param failures times that the file could not be read
 * @param lastProblem text of the latest refusal or failure, with file and line; null if there was none
 */
public record CsvStatus(
        long lines,
        long readings,
        long missing,
        long refused,
        long misordered,
        long restarts,
        long failures,
        @Nullable String lastProblem) {}
