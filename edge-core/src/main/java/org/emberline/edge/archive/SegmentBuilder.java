package org.emberline.edge.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes segments of what is in a run's database, and knows those that are recorded there. One thread, one connection. */
final class SegmentBuilder {
    private static final long IMAGE_BYTES = 1L << 25;
    /** What leaves the database with a segment. */
    private static final List<String> CONTENT = List.of("pattern", "image", "metric_map");

    private final RunFolder folder;
    private final Connection connection;
    private int last;

    SegmentBuilder(RunFolder folder, Connection connection) throws SQLException {
        this.folder = folder;
        this.connection = connection;
        last = recorded(connection).stream().mapToInt(Segment::number).max().orElse(0);
    }

    /**
     * Writes the next file. The patterns stay in the database until {@link #record} is committed: dying in between costs nothing, for the
     * file is written again.
     *
     * @return empty when the database has no patterns, radiographs and maps of this detector
     */
    Optional<Segment> next(int detector, int atMost) throws IOException, SQLException {
        SegmentFrames frames = SegmentFrames.read(connection, detector, fitting(detector, atMost));
        if (frames.size() == 0) {
            return Optional.empty();
        }
        String name = String.format(Locale.ROOT, "segments/%04d.nxs", last + 1);
        Path file = folder.path().resolve(name);
        Files.createDirectories(file.getParent());
        SegmentFile.write(file, frames);
        String chunk = Arrays.stream(frames.content.chunk())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("x"));
        last++;
        return Optional.of(new Segment(
                last,
                detector,
                name,
                frames.size(),
                frames.frame[0],
                frames.frame[frames.size() - 1],
                frames.startNanos[0],
                frames.stopNanos[frames.size() - 1],
                Files.size(file),
                sha256(file),
                SegmentFile.DTYPE,
                chunk));
    }

    /** Radiographs are as large as one asks for: a segment is in memory while it is written. */
    private int fitting(int detector, int atMost) throws SQLException {
        long bytes = new SegmentImages(connection, detector).bytes();
        return bytes == 0 ? atMost : Math.clamp(IMAGE_BYTES / bytes, 1, atMost);
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            int n = in.read(buffer);
            while (n >= 0) {
                digest.update(buffer, 0, n);
                n = in.read(buffer);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Takes the segment into the tables, and what is in it out of them; the caller commits both at once. */
    static void record(Connection connection, Segment segment) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setInt(1, segment.number());
            insert.setInt(2, segment.detector());
            insert.setString(3, segment.file());
            insert.setInt(4, segment.frames());
            insert.setLong(5, segment.firstFrame());
            insert.setLong(6, segment.lastFrame());
            insert.setLong(7, segment.startNanos());
            insert.setLong(8, segment.stopNanos());
            insert.setLong(9, segment.bytes());
            insert.setString(10, segment.sha256());
            insert.setString(11, segment.dtype());
            insert.setString(12, segment.chunk());
            insert.executeUpdate();
        }
        for (String table : CONTENT) {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM " + table + " WHERE detector = ? AND frame BETWEEN ? AND ?")) {
                delete.setInt(1, segment.detector());
                delete.setLong(2, segment.firstFrame());
                delete.setLong(3, segment.lastFrame());
                delete.executeUpdate();
            }
        }
    }

    /** The segments of a run, by number. */
    static List<Segment> recorded(Connection connection) throws SQLException {
        List<Segment> segments = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT number, detector, file, frames, first_frame, last_frame, start_ns, stop_ns, bytes, sha256, dtype, chunk"
                                + " FROM segment ORDER BY number");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                segments.add(new Segment(
                        row.getInt(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9),
                        row.getString(10),
                        row.getString(11),
                        row.getString(12)));
            }
        }
        return segments;
    }

    /** The segments of one detector; none of a run from before there were any. */
    static List<Segment> recorded(RunFolder folder, Connection connection, int detector)
            throws IOException, SQLException {
        return RunSchema.requireKnown(connection, folder.database()) == 0
                ? List.of()
                : recorded(connection).stream()
                        .filter(segment -> segment.detector() == detector)
                        .toList();
    }

    /** @throws IOException saying what is wrong with a segment's file, if anything is */
    static void requireSound(RunFolder folder, Segment segment) throws IOException {
        String defect = defect(folder, segment);
        if (defect != null) {
            throw new IOException(folder.path().resolve(defect) + "; 'recover' names all that cannot be read");
        }
    }

    /** What is wrong with a segment's file, or null. */
    @Nullable
    static String defect(RunFolder folder, Segment segment) throws IOException {
        Path file = folder.path().resolve(segment.file());
        if (!Files.isRegularFile(file)) {
            return segment.file() + ": missing";
        }
        long bytes = Files.size(file);
        if (bytes != segment.bytes()) {
            return segment.file() + ": bytes=" + bytes + " instead of " + segment.bytes();
        }
        return sha256(file).equals(segment.sha256()) ? null : segment.file() + ": its content has changed";
    }
}
