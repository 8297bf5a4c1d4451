package org.emberline.edge.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emberline.edge.archive.SegmentContent.Images;
import org.emberline.edge.archive.SegmentContent.MapSeries;
import org.jspecify.annotations.Nullable;

/** Reads radiographs and maps of a detector that are in a run's database. One thread. */
final class SegmentImages {
    private final Connection connection;
    private final int detector;

    SegmentImages(Connection connection, int detector) {
        this.connection = connection;
        this.detector = detector;
    }

    /** Whether a detector delivers radiographs. */
    static boolean of(Connection connection, int detector) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT count(*) FROM detector WHERE id = ? AND role = 'imaging'")) {
            query.setInt(1, detector);
            try (ResultSet row = query.executeQuery()) {
                return row.getInt(1) > 0;
            }
        }
    }

    /** Bytes of one radiograph, 0 when there is none. */
    long bytes() throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT rows * columns FROM image WHERE detector = ? LIMIT 1")) {
            query.setInt(1, detector);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Float.BYTES * row.getLong(1) : 0;
            }
        }
    }

    /** The oldest frames that have a radiograph or completed a map. */
    List<Long> oldest(int atMost) throws SQLException {
        List<Long> frames = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT frame FROM image WHERE detector = ?1"
                + " UNION SELECT frame FROM metric_map WHERE detector = ?1 ORDER BY frame LIMIT ?2")) {
            query.setInt(1, detector);
            query.setInt(2, atMost);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    frames.add(row.getLong(1));
                }
            }
        }
        return frames;
    }

    /** @param frames in rising order */
    Images read(long[] frames) throws SQLException {
        List<float @Nullable []> densities = new ArrayList<>();
        int[] shape = new int[3]; // rows, columns, factor
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT optical_density, rows, columns, factor FROM image WHERE detector = ? AND frame = ?")) {
            query.setInt(1, detector);
            for (long frame : frames) {
                query.setLong(2, frame);
                try (ResultSet row = query.executeQuery()) {
                    boolean there = row.next();
                    densities.add(there ? SegmentFrames.floats(row.getBytes(1)) : null);
                    for (int i = 0; there && i < shape.length; i++) {
                        shape[i] = row.getInt(2 + i);
                    }
                }
            }
        }
        List<float[]> filled = new ArrayList<>();
        for (float[] density : shape[0] == 0 ? List.<float[]>of() : densities) {
            filled.add(density != null ? density : unknown(shape[0] * shape[1]));
        }
        return new Images(shape[0], shape[1], shape[2], filled, frames.length == 0 ? List.of() : maps(frames));
    }

    /** A radiograph of which nothing is known. */
    static float[] unknown(int pixels) {
        float[] none = new float[pixels];
        Arrays.fill(none, Float.NaN);
        return none;
    }

    private List<MapSeries> maps(long[] frames) throws SQLException {
        Map<String, MapSeries> series = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT n.name, m.rows, m.columns, m.factor, m.unit, m.planes, m.frame, m.plane_values FROM metric_map m"
                        + " JOIN metric_name n ON n.id = m.name WHERE m.detector = ? AND m.frame BETWEEN ? AND ?"
                        + " ORDER BY m.name, m.frame")) {
            query.setInt(1, detector);
            query.setLong(2, frames[0]);
            query.setLong(3, frames[frames.length - 1]);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    MapSeries of = series.get(row.getString(1));
                    if (of == null) {
                        of = empty(row);
                        series.put(of.metric(), of);
                    }
                    of.frames().add(row.getLong(7));
                    of.values().add(SegmentFrames.floats(row.getBytes(8)));
                }
            }
        }
        return List.copyOf(series.values());
    }

    private static MapSeries empty(ResultSet row) throws SQLException {
        return new MapSeries(
                row.getString(1),
                row.getInt(2),
                row.getInt(3),
                row.getInt(4),
                row.getString(5),
                List.of(row.getString(6).split(",", -1)),
                new ArrayList<>(),
                new ArrayList<>());
    }
}
