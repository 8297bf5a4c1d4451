package org.emberline.edge.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.emberline.edge.archive.RunArchive.Layout;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.MetricLayout;

/** Writes what is fixed for a run into its database: facts by key, detectors, metrics and channels. */
final class RunDescription {

    private RunDescription() {}

    static void write(Connection connection, Layout layout) throws SQLException {
        fact(connection, "run", layout.runId());
        fact(connection, "started_ns", Long.toString(layout.startedNanos()));
        fact(connection, "detector", layout.detectors().getFirst().name());
        for (Map.Entry<String, String> fact : layout.facts().entrySet()) {
            fact(connection, fact.getKey(), fact.getValue());
        }
        int metrics = 0;
        for (int i = 0; i < layout.detectors().size(); i++) {
            DetectorLayout detector = layout.detectors().get(i);
            detector(connection, i, detector);
            metrics(connection, i, detector, metrics);
            metrics += detector.metrics().size();
        }
        channels(connection, layout.channels());
    }

    private static void fact(Connection connection, String key, String value) throws SQLException {
        try (PreparedStatement fact = connection.prepareStatement("INSERT INTO run VALUES (?, ?)")) {
            fact.setString(1, key);
            fact.setString(2, value);
            fact.executeUpdate();
        }
    }

    private static void detector(Connection connection, int id, DetectorLayout layout) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("INSERT INTO detector VALUES (?, ?, ?, ?)")) {
            row.setInt(1, id);
            row.setString(2, layout.name());
            row.setString(3, layout.role().name().toLowerCase(Locale.ROOT));
            row.setString(4, layout.backend());
            row.executeUpdate();
        }
        // Names without a detector's are possible because a run has at most one detector of each role.
        switch (layout.result()) {
            case DetectorLayout.Patterns patterns -> {
                fact(connection, "radial_unit", patterns.axis().unit().symbol());
                fact(connection, "radial_lower", Double.toString(patterns.axis().lower()));
                fact(connection, "radial_upper", Double.toString(patterns.axis().upper()));
                fact(connection, "bins", Integer.toString(patterns.axis().bins()));
                if (!Double.isNaN(patterns.wavelengthAngstrom())) {
                    fact(connection, "wavelength_angstrom", Double.toString(patterns.wavelengthAngstrom()));
                }
            }
            case DetectorLayout.Images images -> {
                fact(
                        connection,
                        "image_rows",
                        Integer.toString(images.plan().shape().rows()));
                fact(
                        connection,
                        "image_columns",
                        Integer.toString(images.plan().shape().columns()));
                fact(
                        connection,
                        "image_downsample",
                        Integer.toString(images.plan().factor()));
            }
        }
    }

    private static void metrics(Connection connection, int detector, DetectorLayout layout, int first)
            throws SQLException {
        try (PreparedStatement name = connection.prepareStatement("INSERT INTO metric_name VALUES (?, ?, ?, ?, ?)")) {
            for (int i = 0; i < layout.metrics().size(); i++) {
                MetricLayout metric = layout.metrics().get(i);
                name.setInt(1, first + i);
                name.setString(2, metric.name());
                name.setString(3, metric.unit());
                name.setInt(4, detector);
                name.setString(5, metric.definition());
                name.executeUpdate();
            }
        }
    }

    private static void channels(Connection connection, List<String> names) throws SQLException {
        try (PreparedStatement channel = connection.prepareStatement("INSERT INTO channel VALUES (?, ?)")) {
            for (int i = 0; i < names.size(); i++) {
                channel.setInt(1, i);
                channel.setString(2, names.get(i));
                channel.executeUpdate();
            }
        }
    }
}
