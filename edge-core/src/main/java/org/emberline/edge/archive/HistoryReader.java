package org.emberline.edge.archive;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;

/**
 * Series of a run over time, thinned so that every minimum and maximum stays. Reads from a connection of its own, also while the run goes on,
 * and gives up at a deadline: a reader that stayed would keep the log from being folded into the database. One thread.
 */
public final class HistoryReader implements AutoCloseable {
    /** Between two looks at the clock. */
    private static final int STEPS = 10_000;

    private final RunFolder folder;
    private final Connection connection;

    /**
     * One archived value.
     *
     * @param nanos middle of the exposure, or of the reading's window, since the Unix epoch
     * @param sigma NaN for none
     */
    public record Point(long nanos, double value, double sigma) {}

    /**
     * A thinned series.
     *
     * @param unit of the values, empty for none
     * @param points by time
     * @param values how many there are in the range
     * @param absent exposures, or readings, of the range that have no value
     */
    public record Series(String unit, List<Point> points, long values, long absent) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /** The answer took longer than it may. */
    public static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;

        TooLongException(String message) {
            super(message);
        }
    }

    /** @throws IOException naming the database, when it cannot be opened, or is of a newer version */
    public HistoryReader(RunFolder folder) throws IOException {
        this.folder = folder;
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + folder.database());
            var _ = RunSchema.requireKnown(connection, folder.database());
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA query_only = ON");
            }
        } catch (SQLException e) {
            throw new IOException(folder.database() + ": " + e.getMessage(), e);
        }
    }

    /** Where a series lies. */
    private record Source(String unit, int detector, int series, String value, String sigma) {}

    /**
     * A series between two times, both included.
     *
     * @param name of a metric, {@code temperature}, or {@code t:CHANNEL}
     * @param fromNanos negative for so long before the last exposure
     * @param atMost points, 2 or more
     * @param tookNanos answers how long it has taken so far, nanoseconds
     * @param limitNanos how long it may take
     * @return null for a name that the run does not have
     */
    public @Nullable Series read(
            String name, long fromNanos, long toNanos, int atMost, LongSupplier tookNanos, long limitNanos)
            throws IOException {
        try {
            ProgressHandler.setHandler(connection, STEPS, new ProgressHandler() {
                @Override
                protected int progress() {
                    return tookNanos.getAsLong() > limitNanos ? 1 : 0;
                }
            });
            try {
                return read(name, fromNanos, toNanos, atMost);
            } finally {
                ProgressHandler.clearHandler(connection);
            }
        } catch (SQLException e) {
            if (tookNanos.getAsLong() > limitNanos) {
                throw new TooLongException(
                        name + ": takes longer than " + limitNanos / 1_000_000 + " ms, ask for less time");
            }
            throw new IOException(folder.database() + ": " + e.getMessage(), e);
        }
    }

    private @Nullable Series read(String name, long from, long to, int atMost) throws SQLException {
        Integer channel = name.startsWith("t:") ? channel(name.substring(2)) : null;
        if (channel != null) {
            return readings(channel, from, to, atMost);
        }
        Source source = source(name);
        return source == null ? null : frames(source, from, to, atMost);
    }

    private @Nullable Integer channel(String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT id FROM channel WHERE name = ?")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getInt(1) : null;
            }
        }
    }

    private @Nullable Source source(String name) throws SQLException {
        if (name.equals("temperature")) {
            return new Source(
                    "Cel",
                    0,
                    Rollup.temperature(0),
                    "SELECT id, celsius FROM frame WHERE detector = 0 AND id",
                    "SELECT start_ns, stop_ns, sigma FROM frame WHERE detector = 0 AND id = ?");
        }
        try (PreparedStatement query =
                connection.prepareStatement("SELECT id, detector, unit FROM metric_name WHERE name = ?")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                int id = row.getInt(1);
                int detector = row.getInt(2);
                return new Source(
                        row.getString(3),
                        detector,
                        id,
                        "SELECT frame, value FROM metric WHERE name = " + id + " AND frame",
                        "SELECT f.start_ns, f.stop_ns, m.sigma FROM metric m JOIN frame f ON f.detector = " + detector
                                + " AND f.id = m.frame WHERE m.name = " + id + " AND m.frame = ?");
            }
        }
    }

    private Series frames(Source source, long from, long to, int atMost) throws SQLException {
        long begin = from < 0 ? lastStart(source.detector) + from : from;
        long first = frame(source.detector, "start_ns >= ? ORDER BY start_ns", begin);
        long last = frame(source.detector, "start_ns <= ? ORDER BY start_ns DESC", to);
        if (first < 0 || last < first) {
            return new Series(source.unit, List.of(), 0, 0);
        }
        int stretches = Math.max(1, atMost / 2);
        long stored = (last - first) / Rollup.FRAMES >= stretches ? storedUntil(source.series) : -1;
        long whole = Math.ceilDiv(first, Rollup.FRAMES);
        long end = Math.min(stored, Math.floorDiv(last + 1, Rollup.FRAMES) - 1);
        Extremes extremes;
        if (end < whole) {
            extremes = new Extremes(first, (last - first + 1) / (double) stretches, stretches);
            raw(source, first, last, extremes);
        } else {
            // Stretches of whole stored buckets: one that lay in two would be told in one of them only.
            long origin = Math.floorDiv(first, Rollup.FRAMES);
            long each = Math.ceilDiv(Math.floorDiv(last, Rollup.FRAMES) + 1 - origin, stretches);
            extremes = new Extremes(origin * Rollup.FRAMES, (double) each * Rollup.FRAMES, stretches);
            raw(source, first, whole * Rollup.FRAMES - 1, extremes);
            stored(source, whole, end, extremes);
            raw(source, (end + 1) * Rollup.FRAMES, last, extremes);
        }
        return new Series(
                source.unit, points(source, extremes), extremes.values(), last - first + 1 - extremes.values());
    }

    private long lastStart(int detector) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT max(start_ns) FROM frame WHERE detector = " + detector);
                ResultSet row = query.executeQuery()) {
            return row.getLong(1);
        }
    }

    private long frame(int detector, String condition, long nanos) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT id FROM frame WHERE detector = " + detector + " AND " + condition + " LIMIT 1")) {
            query.setLong(1, nanos);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : -1;
            }
        }
    }

    private long storedUntil(int series) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT coalesce(max(bucket), -1) FROM rollup WHERE series = " + series);
                ResultSet row = query.executeQuery()) {
            return row.getLong(1);
        }
    }

    private void raw(Source source, long first, long last, Extremes extremes) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(source.value + " BETWEEN ? AND ?")) {
            query.setLong(1, first);
            query.setLong(2, last);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    double value = row.getDouble(2);
                    if (!row.wasNull()) {
                        extremes.add(row.getLong(1), value, 1);
                    }
                }
            }
        }
    }

    private void stored(Source source, long firstBucket, long lastBucket, Extremes extremes) throws SQLException {
        String one = source.value + " = ?";
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT frames, lowest_frame, highest_frame FROM rollup WHERE series = ? AND bucket BETWEEN ? AND ?");
                PreparedStatement value = connection.prepareStatement(one)) {
            query.setInt(1, source.series);
            query.setLong(2, firstBucket);
            query.setLong(3, lastBucket);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    if (row.getLong(1) > 0) {
                        add(value, row.getLong(2), row.getLong(1), extremes);
                        add(value, row.getLong(3), 0, extremes);
                    }
                }
            }
        }
    }

    private static void add(PreparedStatement value, long frame, long count, Extremes extremes) throws SQLException {
        value.setLong(1, frame);
        try (ResultSet row = value.executeQuery()) {
            if (row.next()) {
                extremes.add(frame, row.getDouble(2), count);
            }
        }
    }

    private List<Point> points(Source source, Extremes extremes) throws SQLException {
        List<Point> points = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(source.sigma)) {
            for (Extremes.Kept kept : extremes.kept()) {
                query.setLong(1, kept.position());
                try (ResultSet row = query.executeQuery()) {
                    if (row.next()) {
                        long start = row.getLong(1);
                        long middle = start + (row.getLong(2) - start) / 2;
                        double sigma = row.getDouble(3);
                        points.add(new Point(middle, kept.value(), row.wasNull() ? Double.NaN : sigma));
                    }
                }
            }
        }
        return points;
    }

    private Series readings(int channel, long from, long to, int atMost) throws SQLException {
        long begin = from < 0 ? lastReading(channel) + from : from;
        String where = " FROM temperature WHERE channel = " + channel + " AND t_ns BETWEEN ? AND ? ORDER BY t_ns";
        long[] ends = ends(channel, begin, to);
        if (ends.length == 0) {
            return new Series("Cel", List.of(), 0, 0);
        }
        int stretches = Math.max(1, atMost / 2);
        Extremes extremes = new Extremes(ends[0], (ends[1] - ends[0] + 1.0) / stretches, stretches);
        long absent = 0;
        try (PreparedStatement query = connection.prepareStatement("SELECT t_ns, celsius" + where)) {
            query.setLong(1, ends[0]);
            query.setLong(2, ends[1]);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    double value = row.getDouble(2);
                    boolean none = row.wasNull();
                    absent += none ? 1 : 0;
                    if (!none) {
                        extremes.add(row.getLong(1), value, 1);
                    }
                }
            }
        }
        List<Point> points = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT sigma" + where)) {
            for (Extremes.Kept kept : extremes.kept()) {
                query.setLong(1, kept.position());
                query.setLong(2, kept.position());
                try (ResultSet row = query.executeQuery()) {
                    double sigma = row.getDouble(1);
                    points.add(new Point(kept.position(), kept.value(), row.wasNull() ? Double.NaN : sigma));
                }
            }
        }
        return new Series("Cel", points, extremes.values(), absent);
    }

    private long lastReading(int channel) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT max(t_ns) FROM temperature WHERE channel = " + channel);
                ResultSet row = query.executeQuery()) {
            return row.getLong(1);
        }
    }

    /** Times of the first and the last reading of the range; none without any. */
    private long[] ends(int channel, long from, long to) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT (SELECT t_ns FROM temperature WHERE channel = ?1 AND t_ns >= ?2 ORDER BY t_ns LIMIT 1),"
                        + " (SELECT t_ns FROM temperature WHERE channel = ?1 AND t_ns <= ?3 ORDER BY t_ns DESC LIMIT 1)")) {
            query.setInt(1, channel);
            query.setLong(2, from);
            query.setLong(3, to);
            try (ResultSet row = query.executeQuery()) {
                long first = row.getLong(1);
                boolean none = row.wasNull();
                long last = row.getLong(2);
                return none || row.wasNull() || last < first ? new long[0] : new long[] {first, last};
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(folder.database() + ": " + e.getMessage(), e);
        }
    }
}
