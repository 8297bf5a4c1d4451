package org.emberline.edge.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads from a run's database what goes into one segment: some frames of a detector, and what was measured meanwhile. */
final class SegmentFrames {
    final int detector;
    final String detectorName;
    final Map<String, String> facts;
    final List<MetricSeries> metrics = new ArrayList<>();
    final List<Channel> channels = new ArrayList<>();
    long[] frame = {};
    long[] startNanos = {};
    long[] stopNanos = {};
    long[] flags = {};
    double[] celsius = {};
    double[] celsiusSigma = {};
    SegmentContent content = new SegmentContent.Patterns(List.of(), List.of(), List.of());

    /** One metric in the frames, in their order; NaN where there is no value. */
    record MetricSeries(String name, String unit, String definition, double[] value, double[] sigma, long[] flags) {}

    /** The readings of one thermocouple while the frames were taken; a fault is NaN and its name. */
    record Channel(String name, long[] nanos, double[] celsius, double[] sigma, String[] fault) {}

    private SegmentFrames(Connection connection, int detector) throws SQLException {
        this.detector = detector;
        detectorName = name(connection, detector);
        facts = facts(connection);
    }

    int size() {
        return frame.length;
    }

    /**
     * The oldest frames whose patterns, radiographs or maps are in the database.
     *
     * @param atMost how many to take
     * @return without any when there are none
     */
    static SegmentFrames read(Connection connection, int detector, int atMost) throws SQLException {
        SegmentFrames frames = new SegmentFrames(connection, detector);
        if (SegmentImages.of(connection, detector)) {
            SegmentImages images = new SegmentImages(connection, detector);
            frames.readExposures(connection, images.oldest(atMost));
            frames.content = images.read(frames.frame);
        } else {
            frames.readPatterns(connection, atMost);
        }
        return frames.size() > 0 ? frames.withMeasurements(connection) : frames;
    }

    /**
     * Frames whose content has been read elsewhere.
     *
     * @param frames at least one, in the order of the content
     */
    static SegmentFrames of(Connection connection, int detector, List<Long> frames, SegmentContent content)
            throws SQLException {
        SegmentFrames made = new SegmentFrames(connection, detector);
        made.readExposures(connection, frames);
        made.content = content;
        return made.withMeasurements(connection);
    }

    private SegmentFrames withMeasurements(Connection connection) throws SQLException {
        readMetrics(connection);
        readChannels(connection);
        return this;
    }

    private void readExposures(Connection connection, List<Long> frames) throws SQLException {
        List<long[]> numbers = new ArrayList<>();
        List<double[]> temperatures = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT id, start_ns, stop_ns, flags, celsius, sigma FROM frame WHERE detector = ? AND id = ?")) {
            query.setInt(1, detector);
            for (long frame : frames) {
                query.setLong(2, frame);
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next()) {
                        throw new SQLException("no row of frame=" + frame);
                    }
                    numbers.add(numbers(row));
                    temperatures.add(new double[] {real(row, 5), real(row, 6)});
                }
            }
        }
        take(numbers, temperatures);
    }

    private static long[] numbers(ResultSet row) throws SQLException {
        return new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)};
    }

    private void take(List<long[]> numbers, List<double[]> temperatures) {
        frame = column(numbers, 0);
        startNanos = column(numbers, 1);
        stopNanos = column(numbers, 2);
        flags = column(numbers, 3);
        celsius = temperatures.stream().mapToDouble(t -> t[0]).toArray();
        celsiusSigma = temperatures.stream().mapToDouble(t -> t[1]).toArray();
    }

    static Map<String, String> facts(Connection connection) throws SQLException {
        Map<String, String> facts = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT key, value FROM run");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                facts.put(row.getString(1), row.getString(2));
            }
        }
        return facts;
    }

    private static String name(Connection connection, int detector) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT name FROM detector WHERE id = ?")) {
            query.setInt(1, detector);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    private void readPatterns(Connection connection, int atMost) throws SQLException {
        String columns = "f.id, f.start_ns, f.stop_ns, f.flags, f.celsius, f.sigma, p.intensity, p.sigma, p.count";
        try (PreparedStatement query = connection.prepareStatement("SELECT " + columns
                + " FROM pattern p JOIN frame f ON f.detector = p.detector AND f.id = p.frame"
                + " WHERE p.detector = ? ORDER BY p.frame LIMIT ?")) {
            query.setInt(1, detector);
            query.setInt(2, atMost);
            List<long[]> numbers = new ArrayList<>();
            List<double[]> temperatures = new ArrayList<>();
            List<float[]> intensity = new ArrayList<>();
            List<float[]> patternSigma = new ArrayList<>();
            List<float[]> count = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    numbers.add(numbers(row));
                    temperatures.add(new double[] {real(row, 5), real(row, 6)});
                    intensity.add(floats(row.getBytes(7)));
                    patternSigma.add(floats(row.getBytes(8)));
                    count.add(floats(row.getBytes(9)));
                }
            }
            take(numbers, temperatures);
            content = new SegmentContent.Patterns(intensity, patternSigma, count);
        }
    }

    private static long[] column(List<long[]> rows, int column) {
        return rows.stream().mapToLong(row -> row[column]).toArray();
    }

    private void readMetrics(Connection connection) throws SQLException {
        try (PreparedStatement names = connection.prepareStatement(
                        "SELECT id, name, unit, definition FROM metric_name WHERE detector = ? ORDER BY id");
                PreparedStatement values = connection.prepareStatement(
                        "SELECT value, sigma, flags, frame FROM metric WHERE name = ? AND frame BETWEEN ? AND ? ORDER BY frame")) {
            names.setInt(1, detector);
            try (ResultSet row = names.executeQuery()) {
                while (row.next()) {
                    MetricSeries series = new MetricSeries(
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            new double[size()],
                            new double[size()],
                            new long[size()]);
                    values.setInt(1, row.getInt(1));
                    values.setLong(2, frame[0]);
                    values.setLong(3, frame[size() - 1]);
                    fill(series, values);
                    metrics.add(series);
                }
            }
        }
    }

    private void fill(MetricSeries series, PreparedStatement query) throws SQLException {
        Arrays.fill(series.value, Double.NaN);
        Arrays.fill(series.sigma, Double.NaN);
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                int i = Arrays.binarySearch(frame, row.getLong(4));
                if (i >= 0) {
                    series.value[i] = real(row, 1);
                    series.sigma[i] = real(row, 2);
                    series.flags[i] = row.getLong(3);
                }
            }
        }
    }

    private void readChannels(Connection connection) throws SQLException {
        try (PreparedStatement names = connection.prepareStatement("SELECT id, name FROM channel ORDER BY id");
                PreparedStatement readings = connection.prepareStatement(
                        "SELECT t_ns, celsius, sigma, fault FROM temperature WHERE channel = ? AND t_ns BETWEEN ? AND ? ORDER BY rowid");
                ResultSet row = names.executeQuery()) {
            while (row.next()) {
                readings.setInt(1, row.getInt(1));
                readings.setLong(2, startNanos[0]);
                readings.setLong(3, stopNanos[size() - 1]);
                channels.add(channel(row.getString(2), readings));
            }
        }
    }

    private static Channel channel(String name, PreparedStatement readings) throws SQLException {
        List<Long> nanos = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        try (ResultSet row = readings.executeQuery()) {
            while (row.next()) {
                nanos.add(row.getLong(1));
                values.add(new double[] {real(row, 2), real(row, 3)});
                String fault = row.getString(4);
                faults.add(fault == null ? "" : fault);
            }
        }
        return new Channel(
                name,
                nanos.stream().mapToLong(time -> time).toArray(),
                values.stream().mapToDouble(value -> value[0]).toArray(),
                values.stream().mapToDouble(value -> value[1]).toArray(),
                faults.toArray(String[]::new));
    }

    private static double real(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

    static float[] floats(byte[] bytes) {
        float[] floats = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }
}
