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
                PreparedStatement query = run.prepareStatement(QUERY)) {
            for (Map.Entry<String, Double> metric : tolerances.entrySet()) {
                query.setString(1, metric.getKey());
                try (ResultSet rows = query.executeQuery()) {
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
