package org.emberline.edge.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.IntStream;
import org.emberline.edge.archive.Rows.ReadingRow;
import org.emberline.edge.archive.Rows.TriggerRow;
import org.emberline.edge.archive.RunArchive.Layout;
import org.emberline.edge.frame.FrameCopy;
import org.emberline.edge.frame.MetricMap;

/**
 * {@code run.sqlite}: one SQLite file in WAL mode, readable by anything while the run goes on. Times are nanoseconds since the Unix
 * epoch, patterns are arrays of little-endian float32 with one entry per bin (NaN intensity and count 0 in an empty one), images are
 * arrays of little-endian float32 row by row (NaN where nothing is known, factor detector pixels per pixel along each axis), maps of
 * metrics the same, plane behind plane, in the frame that completed them, an absent
 * value is NULL. Frames count from 0 for each detector; the first detector is 0. Used by one thread.
 */
final class RunDatabase {
    private final Connection connection;
    private final PreparedStatement frame;
    private final PreparedStatement metric;
    private final PreparedStatement pattern;
    private final PreparedStatement image;
    private final PreparedStatement metricMap;
    private final PreparedStatement temperature;
    private final PreparedStatement trigger;
    private final PreparedStatement event;
    private final int[] firstMetric;
    private final Rollup rollup;

    private RunDatabase(Connection connection, Layout layout) throws SQLException {
        this.connection = connection;
        frame = connection.prepareStatement("INSERT INTO frame VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        metric = connection.prepareStatement("INSERT INTO metric VALUES (?, ?, ?, ?, ?, ?)");
        pattern = connection.prepareStatement("INSERT INTO pattern VALUES (?, ?, ?, ?, ?)");
        image = connection.prepareStatement("INSERT INTO image VALUES (?, ?, ?, ?, ?, ?)");
        metricMap = connection.prepareStatement("INSERT INTO metric_map VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        temperature = connection.prepareStatement("INSERT INTO temperature VALUES (?, ?, ?, ?, ?)");
        trigger = connection.prepareStatement("INSERT INTO trigger_edge VALUES (?, ?)");
        event = connection.prepareStatement("INSERT INTO event VALUES (?, ?, ?)");
        firstMetric = new int[layout.detectors().size()];
        for (int i = 1; i < firstMetric.length; i++) {
            firstMetric[i] =
                    firstMetric[i - 1] + layout.detectors().get(i - 1).metrics().size();
        }
        rollup = new Rollup(connection, series(layout));
    }

    /** First the temperatures of the detectors, then the metrics. */
    private static int[] series(Layout layout) {
        int detectors = layout.detectors().size();
        int metrics = layout.detectors().stream()
                .mapToInt(detector -> detector.metrics().size())
                .sum();
        return IntStream.range(0, detectors + metrics)
                .map(i -> i < detectors ? Rollup.temperature(i) : i - detectors)
                .toArray();
    }

    static RunDatabase create(Path file, Layout layout) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            // Patterns come and go: what they leave behind is given back at the end without copying the rest.
            statement.execute("PRAGMA auto_vacuum=INCREMENTAL");
            statement.execute("PRAGMA journal_mode=WAL");
            // A commit survives the death of the process; a power cut may cost the last commits but never the file.
            statement.execute("PRAGMA synchronous=NORMAL");
            // Somebody with a shell who locks the file holds the archive up; it does not end it.
            statement.execute("PRAGMA busy_timeout=60000");
            RunSchema.create(statement);
            connection.setAutoCommit(false);
            RunDescription.write(connection, layout);
            connection.commit();
            connection.setAutoCommit(true);
            // What the run is stands in the file itself: without its log it is an earlier state, not nothing.
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            connection.setAutoCommit(false);
            return new RunDatabase(connection, layout);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * @param content whether its pattern or radiograph is kept
     * @param maps whether the maps are kept that it completed
     */
    void insert(int detector, FrameCopy row, boolean content, boolean maps) throws SQLException {
        frame.setLong(1, row.frameIndex);
        if (row.triggerIndex >= 0) {
            frame.setLong(2, row.triggerIndex);
        } else {
            frame.setObject(2, null);
        }
        frame.setLong(3, row.startNanos);
        frame.setLong(4, row.stopNanos);
        frame.setLong(5, row.flags);
        real(frame, 6, row.temperatureCelsius);
        real(frame, 7, row.temperatureSigma);
        real(frame, 8, row.energyKev);
        frame.setInt(9, detector);
        real(frame, 10, row.temperatureLeast);
        real(frame, 11, row.temperatureGreatest);
        real(frame, 12, row.temperatureRate);
        frame.setInt(13, row.temperatureReadings);
        frame.setLong(14, row.temperatureGapNanos);
        frame.setString(15, row.temperatureMethod.name());
        frame.executeUpdate();
        rollup.take(detector, row.frameIndex, row.temperatureCelsius);
        for (int i = 0; i < row.metricValues.length; i++) {
            metric.setLong(1, row.frameIndex);
            metric.setInt(2, firstMetric[detector] + i);
            real(metric, 3, row.metricValues[i]);
            real(metric, 4, row.metricSigmas[i]);
            metric.setLong(5, row.metricFlags[i]);
            metric.setInt(6, detector);
            metric.executeUpdate();
            rollup.take(firstMetric.length + firstMetric[detector] + i, row.frameIndex, row.metricValues[i]);
        }
        if (content && row.maps.isEmpty()) {
            insertPattern(detector, row);
        } else if (content) {
            insertImage(detector, row);
        }
        for (MetricMap map : row.metricMaps) {
            if (maps && map.frameIndex == row.frameIndex) {
                insertMap(detector, map);
            }
        }
    }

    private void insertMap(int detector, MetricMap map) throws SQLException {
        metricMap.setLong(1, map.frameIndex);
        metricMap.setInt(2, firstMetric[detector] + map.metric);
        metricMap.setInt(3, map.layout.shape().rows());
        metricMap.setInt(4, map.layout.shape().columns());
        metricMap.setInt(5, map.layout.factor());
        metricMap.setString(6, map.layout.unit());
        metricMap.setString(7, String.join(",", map.layout.planes()));
        metricMap.setBytes(8, bytes(map.values));
        metricMap.setInt(9, detector);
        metricMap.executeUpdate();
    }

    private void insertPattern(int detector, FrameCopy row) throws SQLException {
        pattern.setLong(1, row.frameIndex);
        pattern.setBytes(2, bytes(row.intensity));
        pattern.setBytes(3, bytes(row.sigma));
        pattern.setBytes(4, bytes(row.count));
        pattern.setInt(5, detector);
        pattern.executeUpdate();
    }

    private void insertImage(int detector, FrameCopy row) throws SQLException {
        FrameCopy.Map map = row.maps.getFirst();
        image.setLong(1, row.frameIndex);
        image.setInt(2, map.shape().rows());
        image.setInt(3, map.shape().columns());
        image.setInt(4, map.factor());
        image.setBytes(5, bytes(map.opticalDensity()));
        image.setInt(6, detector);
        image.executeUpdate();
    }

    void insert(ReadingRow row) throws SQLException {
        temperature.setInt(1, row.channel);
        temperature.setLong(2, row.timestampNanos);
        real(temperature, 3, row.celsius);
        real(temperature, 4, row.sigma);
        temperature.setString(5, row.fault);
        temperature.executeUpdate();
    }

    void insert(TriggerRow row) throws SQLException {
        trigger.setLong(1, row.index);
        trigger.setLong(2, row.timestampNanos);
        trigger.executeUpdate();
    }

    void insert(RunEvent row) throws SQLException {
        event.setLong(1, row.timestampNanos());
        event.setString(2, row.kind());
        event.setString(3, row.text());
        event.executeUpdate();
    }

    /** A fact about the run; a later one of the same name replaces it. */
    void fact(String key, String value) throws SQLException {
        try (PreparedStatement fact = connection.prepareStatement("INSERT OR REPLACE INTO run VALUES (?, ?)")) {
            fact.setString(1, key);
            fact.setString(2, value);
            fact.executeUpdate();
        }
    }

    /** The books of a detector as they stand. */
    void books(int detector, Map<String, Long> books) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("INSERT OR REPLACE INTO ledger VALUES (?, ?, ?)")) {
            row.setInt(1, detector);
            for (Map.Entry<String, Long> entry : books.entrySet()) {
                row.setString(2, entry.getKey());
                row.setLong(3, entry.getValue());
                row.executeUpdate();
            }
        }
    }

    /** For what is read or written less than once a frame. */
    Connection connection() {
        return connection;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Back to the last commit, after a failure, and a few rows more, if there is still room for that. */
    void lastWords(ArchiveSignals.Insertion words) {
        rollBack();
        try (Statement statement = connection.createStatement()) {
            // The room that is left is for the log.
            statement.execute("PRAGMA wal_autocheckpoint=0");
            words.run();
            connection.commit();
        } catch (SQLException e) {
            // It has been told already that nothing can be written.
        }
    }

    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // On a full disk SQLite has done so itself, and every statement is its own transaction from then on.
        }
    }

    /** Closes the file; the write-ahead log is folded into it, so that one file is left, as large as what is in it. */
    void close() throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            // Each step gives one page back; of the driver's ways only this steps to the end.
            var _ = statement.executeUpdate("PRAGMA incremental_vacuum");
        } finally {
            connection.close();
        }
    }

    private static void real(PreparedStatement statement, int index, double value) throws SQLException {
        if (Double.isNaN(value)) {
            statement.setObject(index, null);
        } else {
            statement.setDouble(index, value);
        }
    }

    /** A new array each time: the driver keeps a bound one until the statement has run. */
    private static byte[] bytes(double[] values) {
        byte[] bytes = new byte[values.length * Float.BYTES];
        FloatBuffer floats = littleEndian(bytes);
        for (double value : values) {
            floats.put((float) value);
        }
        return bytes;
    }

    private static byte[] bytes(float[] values) {
        byte[] bytes = new byte[values.length * Float.BYTES];
        littleEndian(bytes).put(values);
        return bytes;
    }

    private static FloatBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
}
