package org.emberline.edge.archive;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads back what a run has archived. One thread. */
public final class RunReader implements AutoCloseable {
    private final RunFolder folder;
    private final Connection connection;

    /**
     * One archived value; value and sigma are NaN where the archive has none.
     *
     * @param midNanos middle of the exposure, nanoseconds since the Unix epoch
     */
    public record Point(long frame, long midNanos, double value, double sigma) {}

    /** @throws IOException naming the database, when it cannot be opened */
    public RunReader(RunFolder folder) throws IOException {
        this.folder = folder;
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + folder.database());
            var _ = RunSchema.requireKnown(connection, folder.database());
        } catch (SQLException e) {
            throw new IOException(folder.database() + ": " + e.getMessage(), e);
        }
    }

    /**
     * One archived map of optical density.
     *
     * @param factor detector pixels per pixel of the map along each axis
     * @param opticalDensity row by row, NaN where nothing is known
     */
    public record Image(long frame, int rows, int columns, int factor, float[] opticalDensity) {}

    /** A metric's value in the last frame that has one. */
    public record Latest(double value, double sigma, String unit) {}

    /** What is known of the run, by key; see docs/archive.md. */
    public Map<String, String> facts() throws IOException {
        try {
            return SegmentFrames.facts(connection);
        } catch (SQLException e) {
            throw new IOException(folder.database() + ": " + e.getMessage(), e);
        }
    }

    /** Roles of the detectors by their names, in the order of their numbers. */
    public Map<String, String> detectors() throws IOException {
        Map<String, String> roles = new LinkedHashMap<>();
        var _ = read(
                "SELECT name, role FROM detector ORDER BY id",
                _ -> {},
                row -> roles.put(row.getString(1), row.getString(2)) == null);
        return roles;
    }

    /** The books of each detector by its name, as they stood last; losses as {@code lost:NAME}. */
    public Map<String, Map<String, Long>> books() throws IOException {
        Map<String, Map<String, Long>> books = new LinkedHashMap<>();
        String query =
                "SELECT d.name, l.key, l.value FROM ledger l JOIN detector d ON d.id = l.detector ORDER BY l.detector";
        var _ = read(
                query,
                _ -> {},
                row -> books.computeIfAbsent(row.getString(1), _ -> new TreeMap<>())
                                .put(row.getString(2), row.getLong(3))
                        == null);
        return books;
    }

    /** The latest value of every metric that has one, by name. */
    public Map<String, Latest> latest() throws IOException {
        Map<String, Latest> latest = new LinkedHashMap<>();
        String query =
                "SELECT n.name, m.value, m.sigma, n.unit FROM metric_name n JOIN metric m ON m.name = n.id AND m.frame ="
                        + " (SELECT max(frame) FROM metric WHERE name = n.id AND value IS NOT NULL) ORDER BY n.id";
        var _ = read(
                query,
                _ -> {},
                row -> latest.put(row.getString(1), new Latest(real(row, 2), real(row, 3), row.getString(4))) == null);
        return latest;
    }

    /** The sample temperature of every frame of the first detector, degrees Celsius. */
    public List<Point> temperature() throws IOException {
        return temperature(0);
    }

    /**
     * The sample temperature of every frame, degrees Celsius.
     *
     * @param detector number within the run, from 0
     */
    public List<Point> temperature(int detector) throws IOException {
        return points(
                "SELECT id, (start_ns + stop_ns) / 2, celsius, sigma FROM frame WHERE detector = ? ORDER BY id",
                statement -> statement.setInt(1, detector));
    }

    /** One metric in every frame of its detector. */
    public List<Point> metric(String name) throws IOException {
        return points(
                "SELECT m.frame, (f.start_ns + f.stop_ns) / 2, m.value, m.sigma FROM metric m"
                        + " JOIN frame f ON f.detector = m.detector AND f.id = m.frame"
                        + " WHERE m.name = (SELECT id FROM metric_name WHERE name = ?) ORDER BY m.frame",
                statement -> statement.setString(1, name));
    }

    /**
     * The maps of all radiographs that could be reduced, all in memory at once.
     *
     * @param detector number within the run, from 0
     */
    public List<Image> images(int detector) throws IOException {
        List<Image> images = new ArrayList<>();
        try {
            new RunImages(folder, connection, detector).forEach((frames, content) -> {
                for (int i = 0; i < content.opticalDensity().size(); i++) {
                    float[] density = content.opticalDensity().get(i);
                    images.add(new Image(frames.get(i), content.rows(), content.columns(), content.factor(), density));
                }
            });
        } catch (SQLException e) {
            throw new IOException(folder.database() + ": " + e.getMessage(), e);
        }
        return images;
    }

    private List<Point> points(String query, Binding binding) throws IOException {
        return read(query, binding, row -> new Point(row.getLong(1), row.getLong(2), real(row, 3), real(row, 4)));
    }

    @FunctionalInterface
    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String query, Binding binding, RowReader<T> reader) throws IOException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            binding.bind(statement);
            List<T> result = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    result.add(reader.read(rows));
                }
            }
            return result;
        } catch (SQLException e) {
            throw new IOException(folder.database() + ": " + e.getMessage(), e);
        }
    }

    private static double real(ResultSet rows, int column) throws SQLException {
        double value = rows.getDouble(column);
        return rows.wasNull() ? Double.NaN : value;
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
