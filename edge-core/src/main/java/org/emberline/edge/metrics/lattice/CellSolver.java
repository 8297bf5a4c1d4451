package org.emberline.edge.metrics.lattice;

import org.emberline.edge.metrics.pattern.NormalEquations;
import org.emberline.edge.metrics.phase.CrystalSystem;

/**
 * The cell from the positions found: weighted linear least squares of {@code (q/2π)² = basal/a² + axial/c²} in
 * {@code (1/a², 1/c²)}. A reflection that contradicts all the others, by more than {@link #OUTLIER_SIGMAS} and by more than
 * {@link #OUTLIER_FRACTION} of its position, is left out: a foreign line took its place.
 */
final class CellSolver {
    static final double OUTLIER_SIGMAS = 5;
    static final double OUTLIER_FRACTION = 1e-3;

    /** A cell edge less sure than this is none. */
    private static final double LARGEST_SIGMA = 0.01;

    private static final double PER_TURN = 1 / (4 * Math.PI * Math.PI);

    private final PeakTable table;
    private final boolean[] used;
    private final boolean[] held;
    private final int minimum;
    private final NormalEquations equations = new NormalEquations(2);
    private final double[] row = new double[2];
    private final double[] solution = new double[2];
    private final double[] covariance = new double[2];

    CellSolver(PeakTable table, CrystalSystem system) {
        this.table = table;
        used = new boolean[table.size];
        held = new boolean[] {false, system == CrystalSystem.CUBIC};
        minimum = system.minimumReflections();
    }

    /** Which reflections the last cell stands on; the live array. */
    boolean[] used() {
        return used;
    }

    /** Writes a, c and their sigmas; false, and the cell as it was, when the reflections do not agree on one. */
    boolean solve(Cell cell) {
        System.arraycopy(table.found, 0, used, 0, used.length);
        int found = PeakTable.count(used);
        int droppable = Math.min(found / 3, found - minimum);
        int worst = worstOutlier(found);
        while (worst >= 0) {
            if (droppable-- <= 0) {
                return false;
            }
            used[worst] = false;
            worst = worstOutlier(PeakTable.count(used));
        }
        return PeakTable.count(used) >= minimum && leastSquares(-1) && write(cell);
    }

    /** The reflection that departs most from the cell of all others, or -1 when none departs too far. */
    private int worstOutlier(int count) {
        int worst = -1;
        double worstSigmas = OUTLIER_SIGMAS;
        for (int i = 0; i < table.size && count >= minimum; i++) {
            if (used[i] && leastSquares(i)) {
                double departure = departure(i);
                double q = table.position[i];
                boolean far = Math.abs(departure) > 2 * OUTLIER_FRACTION * q * q * PER_TURN;
                double sigmas = Math.abs(departure) / Math.sqrt(variance(i) + predictionVariance(i));
                if (far && sigmas > worstSigmas) {
                    worst = i;
                    worstSigmas = sigmas;
                }
            }
        }
        return worst;
    }

    private boolean leastSquares(int without) {
        equations.clear(2);
        for (int i = 0; i < table.size; i++) {
            if (used[i] && i != without) {
                row[0] = table.basal[i];
                row[1] = table.axial[i];
                equations.add(row, square(i), 1 / variance(i));
            }
        }
        if (!equations.factorise(0, held)) {
            return false;
        }
        equations.solve(solution);
        return true;
    }

    private double square(int i) {
        return table.position[i] * table.position[i] * PER_TURN;
    }

    private double variance(int i) {
        double sigma = 2 * table.position[i] * table.positionSigma[i] * PER_TURN;
        return sigma * sigma;
    }

    private double departure(int i) {
        return square(i) - table.basal[i] * solution[0] - table.axial[i] * solution[1];
    }

    private double predictionVariance(int i) {
        double basal = table.basal[i];
        double axial = table.axial[i];
        double sum = basal * basal * equations.variance(0, covariance) + 2 * basal * axial * covariance[1];
        return held[1] ? sum : sum + axial * axial * equations.variance(1, covariance);
    }

    private boolean write(Cell cell) {
        double chiSquare = 0;
        for (int i = 0; i < table.size; i++) {
            chiSquare += used[i] ? departure(i) * departure(i) / variance(i) : 0;
        }
        int degrees = PeakTable.count(used) - (held[1] ? 1 : 2);
        double inflation = Math.sqrt(Math.max(1, chiSquare / degrees));
        double a = 1 / Math.sqrt(solution[0]);
        double sigmaA = inflation * 0.5 * a * a * a * Math.sqrt(equations.variance(0, covariance));
        double c = held[1] ? a : 1 / Math.sqrt(solution[1]);
        double sigmaC = held[1] ? sigmaA : inflation * 0.5 * c * c * c * Math.sqrt(equations.variance(1, covariance));
        if (!(sigmaA > 0 && sigmaA < LARGEST_SIGMA * a && sigmaC > 0 && sigmaC < LARGEST_SIGMA * c)) {
            return false;
        }
        cell.a = a;
        cell.c = c;
        cell.sigmaA = sigmaA;
        cell.sigmaC = sigmaC;
        return true;
    }
}
