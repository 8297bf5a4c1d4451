package org.emberline.edge.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables of {@code run.sqlite}, see docs/archive.md. The version is SQLite's {@code user_version}; 0 are the runs from before there were
 * segments, which have all but the tables {@code segment}, {@code ledger} and {@code rollup} and stay readable.
 */
final class RunSchema {
    /** What this program writes, and the newest it reads. */
    static final int VERSION = 1;

    private static final String TABLES = """
            CREATE TABLE run (key TEXT PRIMARY KEY, value TEXT NOT NULL);
            CREATE TABLE channel (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
            CREATE TABLE detector (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL, backend TEXT NOT NULL);
            CREATE TABLE metric_name (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, unit TEXT NOT NULL,
                                      detector INTEGER NOT NULL, definition TEXT NOT NULL);
            CREATE TABLE temperature (channel INTEGER NOT NULL, t_ns INTEGER NOT NULL, celsius REAL, sigma REAL, fault TEXT);
            CREATE TABLE trigger_edge (id INTEGER NOT NULL, t_ns INTEGER NOT NULL);
            CREATE TABLE event (t_ns INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL);
            CREATE TABLE frame (id INTEGER NOT NULL, trigger_id INTEGER, start_ns INTEGER NOT NULL, stop_ns INTEGER NOT NULL,
                                flags INTEGER NOT NULL, celsius REAL, sigma REAL, energy_kev REAL, detector INTEGER NOT NULL,
                                celsius_min REAL, celsius_max REAL, kelvin_per_second REAL, readings INTEGER NOT NULL,
                                largest_gap_ns INTEGER NOT NULL, temperature_method TEXT NOT NULL,
                                PRIMARY KEY (detector, id)) WITHOUT ROWID;
            CREATE TABLE metric (frame INTEGER NOT NULL, name INTEGER NOT NULL, value REAL, sigma REAL, flags INTEGER NOT NULL,
                                 detector INTEGER NOT NULL, PRIMARY KEY (name, frame)) WITHOUT ROWID;
            CREATE TABLE pattern (frame INTEGER NOT NULL, intensity BLOB NOT NULL, sigma BLOB NOT NULL, count BLOB NOT NULL,
                                  detector INTEGER NOT NULL, PRIMARY KEY (detector, frame));
            CREATE TABLE image (frame INTEGER NOT NULL, rows INTEGER NOT NULL, columns INTEGER NOT NULL, factor INTEGER NOT NULL,
                                optical_density BLOB NOT NULL, detector INTEGER NOT NULL, PRIMARY KEY (detector, frame));
            CREATE TABLE metric_map (frame INTEGER NOT NULL, name INTEGER NOT NULL, rows INTEGER NOT NULL, columns INTEGER NOT NULL,
                                     factor INTEGER NOT NULL, unit TEXT NOT NULL, planes TEXT NOT NULL, plane_values BLOB NOT NULL,
                                     detector INTEGER NOT NULL, PRIMARY KEY (detector, frame, name));
            CREATE TABLE segment (number INTEGER PRIMARY KEY, detector INTEGER NOT NULL, file TEXT NOT NULL, frames INTEGER NOT NULL,
                                  first_frame INTEGER NOT NULL, last_frame INTEGER NOT NULL, start_ns INTEGER NOT NULL,
                                  stop_ns INTEGER NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, dtype TEXT NOT NULL,
                                  chunk TEXT NOT NULL);
            CREATE TABLE ledger (detector INTEGER NOT NULL, key TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (detector, key))
                                 WITHOUT ROWID;
            CREATE TABLE rollup (series INTEGER NOT NULL, bucket INTEGER NOT NULL, frames INTEGER NOT NULL,
                                 lowest_frame INTEGER NOT NULL, highest_frame INTEGER NOT NULL, PRIMARY KEY (series, bucket))
                                 WITHOUT ROWID;
            CREATE INDEX frame_start ON frame (detector, start_ns);
            CREATE INDEX temperature_time ON temperature (channel, t_ns);
            """;

    private RunSchema() {}

    /** In an empty database: how pages are given back has to be said before there are any. */
    static void create(Statement statement) throws SQLException {
        statement.executeUpdate(TABLES);
        statement.execute("PRAGMA user_version=" + VERSION);
    }

    /**
     * The version of an open run.
     *
     * @throws IOException naming the file, when it is of a newer program than this
     */
    static int requireKnown(Connection connection, Path file) throws IOException, SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            int found = row.getInt(1);
            if (found > VERSION) {
                throw new IOException(file + ": written by a newer version of this program, user_version=" + found
                        + ", known are 0 to " + VERSION);
            }
            return found;
        }
    }
}
