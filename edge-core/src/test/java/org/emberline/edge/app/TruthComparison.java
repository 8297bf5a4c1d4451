package org.emberline.edge.app;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.emberline.edge.frame.FrameFlag;

/** What metrics of simulated runs have to do with the simulation's truth of the same name; of several runs together. */
final class TruthComparison {
    private static final String QUERY =
            "SELECT m.value, m.sigma, m.flags, t.value, m.frame FROM metric m JOIN metric_name n ON n.id = m.name"
                    + " JOIN truth t ON t.frame = m.frame AND t.detector = m.detector AND t.name = n.name WHERE n.name = ?"
                    + " ORDER BY m.frame";
    /** Truth of disorder less that of the frames that the metric takes for its reference; see docs/metrics.md. */
    private static final String CHANGE = """
            WITH named AS (SELECT m.frame, n.name, m.value, m.sigma, m.flags, m.detector
                           FROM metric m JOIN metric_name n ON n.id = m.name),
                 reference AS (SELECT t.value FROM named d
                               JOIN named p ON p.frame = d.frame AND p.detector = d.detector AND p.name = 'phase:nmc532'
                               JOIN truth t ON t.frame = d.frame AND t.detector = d.detector AND t.name = d.name
                               WHERE d.name = 'disorder' AND d.sigma < 0.002 AND p.value > 0.8 ORDER BY d.frame LIMIT 5)
            SELECT m.value, m.sigma, m.flags, t.value - (SELECT avg(value) FROM reference), m.frame FROM named m
            JOIN truth t ON t.frame = m.frame AND t.detector = m.detector AND t.name = 'disorder'
            WHERE m.name = ? ORDER BY m.frame""";

    private static final double WITHIN_95 = 1.96;

    /**
     * @param frames with a number and a truth
     * @param silent with a truth and no number
     * @param rms of the error; of lattice edges relative
     * @param inside the share of truths within 1.96 sigmas
     * @param rightOrFlagged the share of numbers within 3 sigmas, or the tolerance, or with a flag that says why not
     */
    record Figures(int frames, int silent, double rms, double bias, double inside, double rightOrFlagged) {}

    private static final class Sums {
        int frames;
        int silent;
        int inside;
        int right;
        double squares;
        double errors;
    }

    private final Map<String, Sums> sums = new TreeMap<>();

    /** Adds a run's frames. */
    void add(Path folder, Map<String, Double> tolerances) throws SQLException {
        try (Connection run = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("run.sqlite"));
                PreparedStatement query = run.prepareStatement(QUERY);
                PreparedStatement change = run.prepareStatement(CHANGE)) {
            for (Map.Entry<String, Double> metric : tolerances.entrySet()) {
                PreparedStatement one = metric.getKey().equals("disorder_change") ? change : query;
                one.setString(1, metric.getKey());
                try (ResultSet rows = one.executeQuery()) {
                    while (rows.next()) {
                        add(metric.getKey(), metric.getValue(), rows);
                    }
                }
            }
        }
    }

    private void add(String name, double tolerance, ResultSet row) throws SQLException {
        Sums of = sums.computeIfAbsent(name, any -> new Sums());
        double value = row.getDouble(1);
        if (row.wasNull()) {
            of.silent++;
            return;
        }
        double truth = row.getDouble(4);
        double unit = name.startsWith("lattice") || name.startsWith("grain") ? truth : 1;
        double error = (value - truth) / unit;
        double sigma = row.getDouble(2) / unit;
        long flags = row.getLong(3);
        boolean said = (flags & ~FrameFlag.NOISE_LIMITED.bit()) != 0;
        of.frames++;
        of.squares += error * error;
        of.errors += error;
        of.inside += Math.abs(error) <= WITHIN_95 * sigma ? 1 : 0;
        of.right += said || Math.abs(error) <= Math.max(3 * sigma, tolerance) ? 1 : 0;
    }

    Figures of(String name) {
        Sums of = sums.getOrDefault(name, new Sums());
        int n = of.frames;
        return new Figures(
                n, of.silent, Math.sqrt(of.squares / n), of.errors / n, (double) of.inside / n, (double) of.right / n);
    }
}
