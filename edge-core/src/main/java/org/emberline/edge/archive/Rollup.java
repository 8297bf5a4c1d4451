package org.emberline.edge.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Of every {@value #FRAMES} frames the one with the lowest and the one with the highest value of each series, so that the history of a week
 * need not read all of it. A bucket is stored when a frame beyond it comes: what is stored is complete, and after a death the rest is read
 * frame by frame. One thread; allocates only when made.
 */
final class Rollup {
    /** A bucket is the frames that agree in their number over this. */
    static final int FRAMES = 1024;

    private final PreparedStatement insert;
    private final int[] series;
    private final long[] bucket;
    private final int[] count;
    private final double[] lowest;
    private final double[] highest;
    private final long[] lowestFrame;
    private final long[] highestFrame;

    /** @param series as the table names them */
    Rollup(Connection connection, int[] series) throws SQLException {
        insert = connection.prepareStatement("INSERT OR REPLACE INTO rollup VALUES (?, ?, ?, ?, ?)");
        this.series = series.clone();
        bucket = new long[series.length];
        count = new int[series.length];
        lowest = new double[series.length];
        highest = new double[series.length];
        lowestFrame = new long[series.length];
        highestFrame = new long[series.length];
        Arrays.fill(bucket, -1);
    }

    /** The series of a detector's sample temperature; those of metrics are their ids. */
    static int temperature(int detector) {
        return -1 - detector;
    }

    /** Takes the value of one frame, NaN for none; frames in rising order. */
    void take(int index, long frame, double value) throws SQLException {
        long now = Math.floorDiv(frame, FRAMES);
        if (now != bucket[index]) {
            store(index);
            bucket[index] = now;
            count[index] = 0;
        }
        if (!Double.isNaN(value)) {
            if (count[index] == 0 || value < lowest[index]) {
                lowest[index] = value;
                lowestFrame[index] = frame;
            }
            if (count[index] == 0 || value > highest[index]) {
                highest[index] = value;
                highestFrame[index] = frame;
            }
            count[index]++;
        }
    }

    private void store(int index) throws SQLException {
        if (bucket[index] >= 0) {
            insert.setInt(1, series[index]);
            insert.setLong(2, bucket[index]);
            insert.setInt(3, count[index]);
            insert.setLong(4, lowestFrame[index]);
            insert.setLong(5, highestFrame[index]);
            insert.executeUpdate();
        }
    }
}
