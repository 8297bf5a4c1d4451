package org.emberline.edge.metrics.imaging;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.emberline.edge.metrics.imaging.ImageMetrics.Absorption;
import org.jspecify.annotations.Nullable;

/**
 * How to weight the optical densities at K energies to get the metal (micrometres of dense layered oxide) and the dopant (ug/cm2):
 *
 * <pre>
 * OD_k = mu_k t + 1e-6 (mu/rho)_k b + d,     minimum of the sum of squares over k
 * </pre>
 *
 * d is what all energies have in common: a flat that has drifted since it was taken. With three energies or more that span all three it is
 * solved for; it is smooth, so it is smoothed before it is taken off, and t and b are then solved for alone, which costs less noise.
 *
 * <p>The noise of a pixel is that of the second solution; that of a sum over many is that of the first, since smoothing takes nothing off it.
 *
 * @param metal weight of each density for t
 * @param dopant weight of each density for b; all 0 when no dopant can be told
 * @param drift weight of each density for d; all 0 when it cannot be told
 * @param wholeMetal weight of each density for the sum of t over many pixels
 * @param wholeDopant likewise of b
 */
record Decomposition(double[] metal, double[] dopant, double[] drift, double[] wholeMetal, double[] wholeDopant) {
    /** Columns, scaled to length 1, count as different when the matrix of them has a condition number below this. */
    private static final double DIFFERENT = 50;

    private static final double GRAMS_PER_MICROGRAM = 1e-6;

    static Decomposition of(List<Absorption> energies) {
        int n = energies.size();
        double[] oxide =
                energies.stream().mapToDouble(Absorption::oxidePerMicrometre).toArray();
        double[] barium = energies.stream()
                .mapToDouble(energy -> GRAMS_PER_MICROGRAM * energy.bariumCm2PerGram())
                .toArray();
        double[] one = new double[n];
        Arrays.fill(one, 1);
        double[][] two = solve(oxide, barium);
        if (two == null) {
            double[] single = Objects.requireNonNull(solve(oxide), "absorption is positive")[0];
            double[][] alone = solve(oxide, one);
            return new Decomposition(
                    single,
                    new double[n],
                    alone == null ? new double[n] : alone[1],
                    alone == null ? single : alone[0],
                    new double[n]);
        }
        double[][] three = solve(oxide, barium, one);
        return three == null
                ? new Decomposition(two[0], two[1], new double[n], two[0], two[1])
                : new Decomposition(two[0], two[1], three[2], three[0], three[1]);
    }

    /** The rows of the pseudo-inverse, one per column; null when the columns are too much alike, or too many. */
    private static double @Nullable [][] solve(double[]... columns) {
        int n = columns[0].length;
        if (n < columns.length) {
            return null;
        }
        RealMatrix matrix = new Array2DRowRealMatrix(n, columns.length);
        double[] length = new double[columns.length];
        for (int c = 0; c < columns.length; c++) {
            for (double value : columns[c]) {
                length[c] += value * value;
            }
            length[c] = Math.sqrt(length[c]);
            if (length[c] == 0) {
                return null;
            }
            for (int k = 0; k < n; k++) {
                matrix.setEntry(k, c, columns[c][k] / length[c]);
            }
        }
        SingularValueDecomposition parts = new SingularValueDecomposition(matrix);
        if (!(parts.getConditionNumber() < DIFFERENT)) {
            return null;
        }
        double[][] inverse = parts.getSolver().getInverse().getData();
        for (int c = 0; c < columns.length; c++) {
            for (int k = 0; k < n; k++) {
                inverse[c][k] /= length[c];
            }
        }
        return inverse;
    }

    /** Whether a dopant can be told from the metal. */
    boolean tellsDopant() {
        return any(dopant);
    }

    /** Whether a drift of the flat can be told from the sample. */
    boolean tellsDrift() {
        return any(drift);
    }

    private static boolean any(double[] weights) {
        for (double weight : weights) {
            if (weight != 0) {
                return true;
            }
        }
        return false;
    }

    /** Standard deviation of a weighted sum of densities with independent noise. */
    static double sigma(double[] weights, double[] noise) {
        double variance = 0;
        for (int k = 0; k < weights.length; k++) {
            variance += weights[k] * weights[k] * noise[k] * noise[k];
        }
        return Math.sqrt(variance);
    }
}
