package org.emberline.edge.archive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Closes a run whose process has died, from what is on the disk: patterns that are still in the database become segments, the books are closed
 * with what was under way as PROCESS_DIED, and the run has an end. Doing it twice changes nothing; dying meanwhile neither.
 */
public final class RunRecovery {
    /** Loss of a frame that had entered the run and was not archived when the process died. */
    public static final String PROCESS_DIED = "PROCESS_DIED";

    private static final String ABORTED = "ABORTED";

    private final RunFolder folder;
    private final List<String> defects = new ArrayList<>();
    private int made;

    private RunRecovery(RunFolder folder) {
        this.folder = folder;
    }

    /**
     * What was found.
     *
     * @param unfinished whether there was anything to close
     * @param endReason of the run, as it stands now
     * @param frames in the database, of all detectors
     * @param segments recorded, those made now included
     * @param made now
     * @param defects what cannot be read, one line each, naming the file; empty for a sound run
     */
    public record Report(
            boolean unfinished, String endReason, long frames, int segments, int made, List<String> defects) {
        public Report {
            defects = List.copyOf(defects);
        }
    }

    /** Whether a run was not closed in order: its process has died, or lives. */
    public static boolean isUnfinished(RunFolder folder) {
        return Files.exists(RunLock.of(folder)) && Files.exists(folder.database());
    }

    /** The unfinished runs in a folder of runs, by name; none when there is no such folder. */
    public static List<RunFolder> unfinished(Path runs) throws IOException {
        List<RunFolder> found = new ArrayList<>();
        if (Files.isDirectory(runs)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(runs, Files::isDirectory)) {
                for (Path entry : entries) {
                    RunFolder folder = new RunFolder(entry);
                    if (isUnfinished(folder)) {
                        found.add(folder);
                    }
                }
            }
        }
        found.sort((a, b) -> a.path().compareTo(b.path()));
        return found;
    }

    /**
     * Closes the run if it is not, and checks its files.
     *
     * @return null when a living process writes the run
     * @throws IOException naming the file: it is no run, of a newer version, or cannot be read or written
     */
    @Nullable
    public static Report recover(RunFolder folder) throws IOException {
        if (!Files.isRegularFile(folder.database())) {
            throw new IOException(folder.database() + ": there is no run");
        }
        boolean locked = Files.exists(RunLock.of(folder));
        RunLock lock = RunLock.take(folder);
        if (lock == null) {
            return null;
        }
        boolean closed = false;
        try {
            Report report = new RunRecovery(folder).recover(locked);
            closed = true;
            return report;
        } catch (SQLException e) {
            throw new IOException(folder.database() + ": " + e.getMessage(), e);
        } finally {
            if (closed || !locked) {
                lock.finish();
            } else {
                lock.close();
            }
        }
    }

    private Report recover(boolean locked) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.database())) {
            int version = RunSchema.requireKnown(connection, folder.database());
            integrity(connection);
            if (!defects.isEmpty()) {
                return damaged(connection);
            }
            Map<String, String> facts = SegmentFrames.facts(connection);
            boolean ended = version == 0 || facts.containsKey("ended_ns");
            boolean open = locked || !ended;
            if (open && version > 0) {
                discardParts();
                connection.setAutoCommit(false);
                makeSegments(connection, facts);
                if (!ended) {
                    end(connection, facts);
                }
                connection.commit();
                Manifest.write(folder, facts, detectors(connection), SegmentBuilder.recorded(connection));
            }
            List<Segment> segments = version == 0 ? List.of() : SegmentBuilder.recorded(connection);
            for (Segment segment : segments) {
                String defect = SegmentBuilder.defect(folder, segment);
                if (defect != null) {
                    defects.add(defect);
                }
            }
            return new Report(
                    open && version > 0,
                    SegmentFrames.facts(connection).getOrDefault("end_reason", ""),
                    count(connection, "SELECT count(*) FROM frame"),
                    segments.size(),
                    made,
                    defects);
        }
    }

    /** Nothing is written into a damaged database; what can be read of it goes into another. */
    private Report damaged(Connection connection) throws SQLException {
        if (Files.exists(Salvage.place(folder))) {
            defects.add(Salvage.place(folder).getFileName() + ": what could be read of it before");
        } else {
            Salvage.copy(folder, connection, defects);
        }
        try (Connection copy = DriverManager.getConnection("jdbc:sqlite:" + Salvage.place(folder))) {
            List<Segment> segments = SegmentBuilder.recorded(copy);
            return new Report(
                    false,
                    SegmentFrames.facts(copy).getOrDefault("end_reason", ""),
                    count(copy, "SELECT count(*) FROM frame"),
                    segments.size(),
                    0,
                    defects);
        }
    }

    private void integrity(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA quick_check(3)")) {
            while (row.next()) {
                String line = row.getString(1);
                if (!line.equals("ok")) {
                    defects.add(folder.database().getFileName() + ": "
                            + line.lines().findFirst().orElse(""));
                }
            }
        } catch (SQLException e) {
            defects.add(folder.database().getFileName() + ": " + e.getMessage());
        }
    }

    /** Files that were being written. */
    private void discardParts() throws IOException {
        Path segments = folder.path().resolve("segments");
        for (Path in : List.of(folder.path(), segments)) {
            if (Files.isDirectory(in)) {
                try (DirectoryStream<Path> parts = Files.newDirectoryStream(in, "*.part")) {
                    for (Path part : parts) {
                        Files.delete(part);
                    }
                }
            }
        }
    }

    private void makeSegments(Connection connection, Map<String, String> facts) throws IOException, SQLException {
        SegmentBuilder builder = new SegmentBuilder(folder, connection);
        for (int detector = 0; detector < detectors(connection).size(); detector++) {
            if (!SegmentImages.of(connection, detector) && !SegmentFile.hasAxis(facts)) {
                continue; // patterns whose axis nobody has written down stay where they are
            }
            Optional<Segment> next = builder.next(detector, SegmentSettings.USUAL.frames());
            while (next.isPresent()) {
                SegmentBuilder.record(connection, next.get());
                connection.commit();
                made++;
                next = builder.next(detector, SegmentSettings.USUAL.frames());
            }
        }
    }

    private static List<String> detectors(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name FROM detector ORDER BY id")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    private static void end(Connection connection, Map<String, String> facts) throws SQLException {
        long latest = Math.max(
                Long.parseLong(facts.getOrDefault("started_ns", "0")),
                Math.max(
                        count(connection, "SELECT max(stop_ns) FROM frame"),
                        count(connection, "SELECT max(t_ns) FROM temperature")));
        int detectors = detectors(connection).size();
        for (int detector = 0; detector < detectors; detector++) {
            closeBooks(connection, detector);
        }
        try (PreparedStatement fact = connection.prepareStatement("INSERT OR REPLACE INTO run VALUES (?, ?)");
                PreparedStatement event = connection.prepareStatement("INSERT INTO event VALUES (?, ?, ?)")) {
            for (String[] pair : new String[][] {{"ended_ns", Long.toString(latest)}, {"end_reason", ABORTED}}) {
                fact.setString(1, pair[0]);
                fact.setString(2, pair[1]);
                fact.executeUpdate();
            }
            event.setLong(1, latest);
            event.setString(2, PROCESS_DIED);
            event.setString(3, "the process ended without closing the run; it was closed from what was on the disk");
            event.executeUpdate();
        }
    }

    /** The books are at most a second old, the frames a tenth: archived is what is there, the rest of what had come died with the process. */
    private static void closeBooks(Connection connection, int detector) throws SQLException {
        long archived = count(connection, "SELECT count(*) FROM frame WHERE detector = " + detector);
        String book = "SELECT coalesce(sum(value), 0) FROM ledger WHERE detector = " + detector + " AND key ";
        long frames = Math.max(archived, count(connection, book + "= 'frames'"));
        long lost = count(connection, book + "IN ('lost:QUEUE_FULL', 'lost:DISCARDED', 'lost:ARCHIVE_FAILED')");
        put(connection, detector, "frames", frames);
        put(connection, detector, "archived", archived);
        put(connection, detector, "lost:" + PROCESS_DIED, Math.max(0, frames - archived - lost));
    }

    private static void put(Connection connection, int detector, String key, long value) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("INSERT OR REPLACE INTO ledger VALUES (?, ?, ?)")) {
            row.setInt(1, detector);
            row.setString(2, key);
            row.setLong(3, value);
            row.executeUpdate();
        }
    }

    private static long count(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
