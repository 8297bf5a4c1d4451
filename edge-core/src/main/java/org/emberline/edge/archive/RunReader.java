package org.emberline.edge.archive;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

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
        } catch (SQLException e) {
            throw new IOException(folder.database() + ": " + e.getMessage(), e);
        }
    }

    /** The sample temperature of every frame, degrees Celsius. */
    public List<Point> temperature() throws IOException {
        return points("SELECT id, (start_ns + stop_ns) / 2, celsius, sigma FROM frame ORDER BY id", null);
    }

    /** One metric in every frame. */
    public List<Point> metric(String name) throws IOException {
        return points(
                "SELECT m.frame, (f.start_ns + f.stop_ns) / 2, m.value, m.sigma FROM metric m JOIN frame f ON f.id = m.frame"
                        + " WHERE m.name = (SELECT id FROM metric_name WHERE name = ?) ORDER BY m.frame",
                name);
    }

    private List<Point> points(String query, @org.jspecify.annotations.Nullable String parameter) throws IOException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            if (parameter != null) {
                statement.setString(1, parameter);
            }
            List<Point> points = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    points.add(new Point(rows.getLong(1), rows.getLong(2), real(rows, 3), real(rows, 4)));
                }
            }
            return points;
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
