package org.emberline.firmware.csv;

/**
 * How a growing log is followed.
 *
 * @param pollNanos from one look at the file to the next, more than 0
 * @param staleNanos after so long without a new line all channels are STALE, once; more than 0, and more than its writer holds back
 * @param fromBegin whether lines that were there before the start are delivered too
 */
public record CsvSettings(long pollNanos, long staleNanos, boolean fromBegin) {

    /** @throws IllegalArgumentException naming the number out of range */
    public CsvSettings {
        if (pollNanos <= 0 || staleNanos <= 0) {
            throw new IllegalArgumentException(
                    "must be more than 0 pollNanos=" + pollNanos + " staleNanos=" + staleNanos);
        }
    }
}
