package org.emberline.edge.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.emberline.edge.archive.Rows.ReadingRow;
import org.emberline.edge.archive.Rows.TriggerRow;
import org.emberline.edge.archive.RunArchive.Layout;
import org.emberline.edge.frame.FrameCopy;

/**
 * {@code run.sqlite}: one SQLite file in WAL mode, readable by anything while the run goes on. Times are nanoseconds since the Unix
 * epoch, patterns are arrays of little-endian float32 with one entry per bin (NaN intensity and count 0 in an empty one), an absent
 * value is NULL. Used by one thread.
 */
final class RunDatabase {
    private static final String SCHEMA = """
            CREATE TABLE run (key TEXT PRIMARY KEY, value TEXT NOT NULL);
            CREATE TABLE channel (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
            CREATE TABLE metric_name (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, unit TEXT NOT NULL);
            CREATE TABLE temperature (channel INTEGER NOT NULL, t_ns INTEGER NOT NULL, celsius REAL, sigma REAL, fault TEXT);
            CREATE TABLE trigger_edge (id INTEGER NOT NULL, t_ns INTEGER NOT NULL);
            CREATE TABLE event (t_ns INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL);
            CREATE TABLE frame (id INTEGER PRIMARY KEY, trigger_id INTEGER, start_ns INTEGER NOT NULL, stop_ns INTEGER NOT NULL,
                                flags INTEGER NOT NULL, celsius REAL, sigma REAL);
            CREATE TABLE metric (frame INTEGER NOT NULL, name INTEGER NOT NULL, value REAL, sigma REAL, flags INTEGER NOT NULL,
                                 PRIMARY KEY (frame, name)) WITHOUT ROWID;
            CREATE TABLE pattern (frame INTEGER PRIMARY KEY, intensity BLOB NOT NULL, sigma BLOB NOT NULL, count BLOB NOT NULL);
            """;

    private final Connection connection;
    private final PreparedStatement frame;
    private final PreparedStatement metric;
    private final PreparedStatement pattern;
    private final PreparedStatement temperature;
    private final PreparedStatement trigger;
    private final PreparedStatement event;
    private final ByteBuffer floats;

    private RunDatabase(Connection connection, int bins) throws SQLException {
        this.connection = connection;
        frame = connection.prepareStatement("INSERT INTO frame VALUES (?, ?, ?, ?, ?, ?, ?)");
        metric = connection.prepareStatement("INSERT INTO metric VALUES (?, ?, ?, ?, ?)");
        pattern = connection.prepareStatement("INSERT INTO pattern VALUES (?, ?, ?, ?)");
        temperature = connection.prepareStatement("INSERT INTO temperature VALUES (?, ?, ?, ?, ?)");
        trigger = connection.prepareStatement("INSERT INTO trigger_edge VALUES (?, ?)");
        event = connection.prepareStatement("INSERT INTO event VALUES (?, ?, ?)");
        floats = ByteBuffer.allocate(bins * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    static RunDatabase create(Path file, Layout layout) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            // A commit survives the death of the process; a power cut may cost the last commits but never the file.
            statement.execute("PRAGMA synchronous=NORMAL");
            statement.executeUpdate(SCHEMA);
            connection.setAutoCommit(false);
            describe(connection, layout);
            RunDatabase database = new RunDatabase(connection, layout.axis().bins());
            connection.commit();
            return database;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void describe(Connection connection, Layout layout) throws SQLException {
        Map<String, String> facts = Map.of(
                "run", layout.runId(),
                "started_ns", Long.toString(layout.startedNanos()),
                "backend", layout.backend(),
                "detector", layout.detector(),
                "radial_unit", layout.axis().unit().symbol(),
                "radial_lower", Double.toString(layout.axis().lower()),
                "radial_upper", Double.toString(layout.axis().upper()),
                "bins", Integer.toString(layout.axis().bins()));
        try (PreparedStatement fact = connection.prepareStatement("INSERT INTO run VALUES (?, ?)");
                PreparedStatement name = connection.prepareStatement("INSERT INTO metric_name VALUES (?, ?, ?)");
                PreparedStatement channel = connection.prepareStatement("INSERT INTO channel VALUES (?, ?)")) {
            for (Map.Entry<String, String> entry : facts.entrySet()) {
                fact.setString(1, entry.getKey());
                fact.setString(2, entry.getValue());
                fact.executeUpdate();
            }
            for (int i = 0; i < layout.metrics().size(); i++) {
                name.setInt(1, i);
                name.setString(2, layout.metrics().get(i));
                name.setString(3, layout.units().get(i));
                name.executeUpdate();
            }
            for (int i = 0; i < layout.channels().size(); i++) {
                channel.setInt(1, i);
                channel.setString(2, layout.channels().get(i));
                channel.executeUpdate();
            }
        }
    }

    void insert(FrameCopy row) throws SQLException {
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
        frame.executeUpdate();
        for (int i = 0; i < row.metricValues.length; i++) {
            metric.setLong(1, row.frameIndex);
            metric.setInt(2, i);
            real(metric, 3, row.metricValues[i]);
            real(metric, 4, row.metricSigmas[i]);
            metric.setLong(5, row.metricFlags[i]);
            metric.executeUpdate();
        }
        pattern.setLong(1, row.frameIndex);
        pattern.setBytes(2, bytes(row.intensity));
        pattern.setBytes(3, bytes(row.sigma));
        pattern.setBytes(4, bytes(row.count));
        pattern.executeUpdate();
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

    void commit() throws SQLException {
        connection.commit();
    }

    /** Closes the file; the write-ahead log is folded into it, so that one file is left. */
    void close() throws SQLException {
        connection.commit();
        connection.close();
    }

    private static void real(PreparedStatement statement, int index, double value) throws SQLException {
        if (Double.isNaN(value)) {
            statement.setObject(index, null);
        } else {
            statement.setDouble(index, value);
        }
    }

    /** A copy each time: the driver keeps a bound array until the statement has run. */
    private byte[] bytes(double[] values) {
        floats.clear();
        for (double value : values) {
            floats.putFloat((float) value);
        }
        return floats.array().clone();
    }
}
