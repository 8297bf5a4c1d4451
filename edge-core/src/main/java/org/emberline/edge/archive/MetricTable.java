package org.emberline.edge.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** The metrics of a detector as lines of comma-separated values, a frame each; holds one line at a time. */
final class MetricTable {
    private final Connection connection;
    private final int detector;
    private final Map<Integer, String> names = new LinkedHashMap<>();

    MetricTable(Connection connection, int detector) throws SQLException {
        this.connection = connection;
        this.detector = detector;
        try (PreparedStatement query =
                connection.prepareStatement("SELECT id, name FROM metric_name WHERE detector = ? ORDER BY id")) {
            query.setInt(1, detector);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    names.put(row.getInt(1), row.getString(2));
                }
            }
        }
    }

    String header() {
        return "frame,start_ns,stop_ns,temperature_Cel,temperature:sigma,flags,"
                + names.values().stream()
                        .map(name -> name + "," + name + ":sigma," + name + ":flags")
                        .collect(Collectors.joining(","))
                + "\n";
    }

    void forEach(LongFunction<String> flagNames, Consumer<String> lines) throws SQLException {
        try (PreparedStatement frames = connection.prepareStatement(
                        "SELECT id, start_ns, stop_ns, celsius, sigma, flags FROM frame WHERE detector = ? ORDER BY id");
                PreparedStatement values = connection.prepareStatement(
                        "SELECT value, sigma, flags FROM metric WHERE name = ? AND frame = ?")) {
            frames.setInt(1, detector);
            try (ResultSet frame = frames.executeQuery()) {
                while (frame.next()) {
                    StringBuilder line = new StringBuilder();
                    line.append(frame.getLong(1))
                            .append(',')
                            .append(frame.getLong(2))
                            .append(',');
                    line.append(frame.getLong(3))
                            .append(',')
                            .append(number(frame, 4))
                            .append(',');
                    line.append(number(frame, 5)).append(',').append(flagNames.apply(frame.getLong(6)));
                    for (int name : names.keySet()) {
                        append(line, values, name, frame.getLong(1), flagNames);
                    }
                    lines.accept(line.append('\n').toString());
                }
            }
        }
    }

    private static void append(
            StringBuilder line, PreparedStatement values, int name, long frame, LongFunction<String> flagNames)
            throws SQLException {
        values.setInt(1, name);
        values.setLong(2, frame);
        try (ResultSet row = values.executeQuery()) {
            if (row.next()) {
                line.append(',').append(number(row, 1)).append(',').append(number(row, 2));
                line.append(',').append(flagNames.apply(row.getLong(3)));
            } else {
                line.append(",,,");
            }
        }
    }

    private static String number(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? "" : Double.toString(value);
    }
}
