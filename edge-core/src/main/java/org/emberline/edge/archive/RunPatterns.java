package org.emberline.edge.archive;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The patterns of a detector in the order of their frames, wherever they are: first those in segments, then those that are still in the
 * database. Holds one segment at a time. One thread.
 */
final class RunPatterns implements AutoCloseable {
    private final RunFolder folder;
    private final int detector;
    private final Connection connection;

    /** One pattern: the float32 of its bins. */
    record Row(long frame, float[] intensity, float[] sigma, float[] count) {}

    /** What becomes of the patterns. */
    @FunctionalInterface
    interface Taker {
        void take(Row row) throws IOException, SQLException;
    }

    RunPatterns(RunFolder folder, int detector) throws IOException, SQLException {
        this.folder = folder;
        this.detector = detector;
        connection = DriverManager.getConnection("jdbc:sqlite:" + folder.database());
        if (RunSchema.requireKnown(connection, folder.database()) > 0) {
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA query_only = ON");
            }
        }
    }

    Connection connection() {
        return connection;
    }

    /** How many there are. */
    long size() throws IOException, SQLException {
        long inSegments = segments().stream().mapToLong(Segment::frames).sum();
        try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM pattern WHERE detector = ?")) {
            query.setInt(1, detector);
            try (ResultSet row = query.executeQuery()) {
                return inSegments + row.getLong(1);
            }
        }
    }

    private List<Segment> segments() throws IOException, SQLException {
        return SegmentBuilder.recorded(folder, connection, detector);
    }

    /** @throws IOException naming the segment that cannot be read */
    void forEach(Taker taker) throws IOException, SQLException {
        for (Segment segment : segments()) {
            SegmentBuilder.requireSound(folder, segment);
            for (Row row : read(segment)) {
                taker.take(row);
            }
        }
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT frame, intensity, sigma, count FROM pattern WHERE detector = ? ORDER BY frame")) {
            query.setInt(1, detector);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    taker.take(new Row(
                            row.getLong(1),
                            SegmentFrames.floats(row.getBytes(2)),
                            SegmentFrames.floats(row.getBytes(3)),
                            SegmentFrames.floats(row.getBytes(4))));
                }
            }
        }
    }

    private List<Row> read(Segment segment) throws IOException {
        Path file = folder.path().resolve(segment.file());
        try (HdfFile hdf = new HdfFile(file)) {
            long[] frame = (long[]) hdf.getDatasetByPath("/entry/frames/frame").getData();
            float[][] intensity = floats(hdf.getDatasetByPath("/entry/data/I"));
            float[][] sigma = floats(hdf.getDatasetByPath("/entry/data/I_errors"));
            float[][] count = floats(hdf.getDatasetByPath("/entry/data/norm"));
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < frame.length; i++) {
                rows.add(new Row(frame[i], intensity[i], sigma[i], count[i]));
            }
            return rows;
        } catch (HdfException | ClassCastException e) {
            throw new IOException(file + ": is no segment of this program (" + e.getMessage() + ")", e);
        }
    }

    private static float[][] floats(Dataset dataset) {
        return (float[][]) dataset.getData();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
