package org.emberline.edge.archive;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** The table {@code truth} of a simulated run: what was true of every archived frame. Written once, after the run. */
public final class TruthTable {

    private TruthTable() {}

    /**
     * Adds the table to a closed run.
     *
     * @param truth for each detector of the run, in its order, values by name, by frame
     * @throws IOException naming the database
     */
    public static void write(RunFolder folder, List<Map<Long, Map<String, Double>>> truth) throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.database());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE truth (frame INTEGER NOT NULL, name TEXT NOT NULL, value REAL,"
                    + " detector INTEGER NOT NULL, PRIMARY KEY (detector, frame, name)) WITHOUT ROWID");
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO truth VALUES (?, ?, ?, ?)")) {
                for (int detector = 0; detector < truth.size(); detector++) {
                    insert.setInt(4, detector);
                    insert(insert, truth.get(detector));
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IOException(folder.database() + ": the truth cannot be added (" + e.getMessage() + ")", e);
        }
    }

    private static void insert(PreparedStatement insert, Map<Long, Map<String, Double>> truth) throws SQLException {
        for (Map.Entry<Long, Map<String, Double>> frame : truth.entrySet()) {
            for (Map.Entry<String, Double> value : frame.getValue().entrySet()) {
                if (Double.isNaN(value.getValue())) {
                    continue; // SQLite has no NaN: it would be a NULL where none may be
                }
                insert.setLong(1, frame.getKey());
                insert.setString(2, value.getKey());
                insert.setDouble(3, value.getValue());
                insert.executeUpdate();
            }
        }
    }
}
