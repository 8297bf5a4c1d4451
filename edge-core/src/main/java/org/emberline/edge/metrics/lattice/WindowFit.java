package org.emberline.edge.metrics.lattice;

import java.util.Arrays;
import org.emberline.edge.metrics.pattern.NormalEquations;
import org.emberline.edge.metrics.pattern.PseudoVoigt;

/**
 * Levenberg-Marquardt fit of one window of a pattern: up to {@link #MAX_PEAKS} pseudo-Voigt peaks of common width and shape over a
 * straight background, weighted by 1/variance, with analytic derivatives. The model is averaged over each bin. Allocates only when
 * made; one window after the other: {@link #begin}, {@link #addBin}s, {@link #addPeak}s, {@link #fit}.
 *
 * <p>(D. W. Marquardt, J. Soc. Ind. Appl. Math. 11 (1963) 431.) The covariance is the inverse of the weighted normal matrix times
 * max(1, χ²/degrees of freedom): a misfit widens it, a lucky fit does not narrow it.
 */
final class WindowFit {
    static final int MAX_PEAKS = 4;

    private static final int LEVEL = 0;
    private static final int SLOPE = 1;
    private static final int WIDTH = 2;
    private static final int ETA = 3;
    private static final int FIRST_PEAK = 4;
    private static final int MAX_PARAMETERS = FIRST_PEAK + 2 * MAX_PEAKS;
    private static final int MAX_ITERATIONS = 60;
    private static final double MAX_DAMPING = 1e9;

    private final double[] x;
    private final double[] y;
    private final double[] weight;
    private final double binWidth;
    private final PseudoVoigt profile = new PseudoVoigt();
    private final double[] start = new double[MAX_PARAMETERS];
    private final double[] parameters = new double[MAX_PARAMETERS];
    private final double[] trial = new double[MAX_PARAMETERS];
    private final double[] lowest = new double[MAX_PARAMETERS];
    private final double[] highest = new double[MAX_PARAMETERS];
    private final double[] step = new double[MAX_PARAMETERS];
    private final double[] row = new double[MAX_PARAMETERS];
    private final boolean[] fixed = new boolean[MAX_PARAMETERS];
    private final boolean[] held = new boolean[MAX_PARAMETERS];
    private final NormalEquations equations = new NormalEquations(MAX_PARAMETERS);
    private final NormalEquations next = new NormalEquations(MAX_PARAMETERS);

    private double centre;
    private double halfSpan;
    private int bins;
    private int peaks;
    private double chiSquare;
    private double inflation;

    WindowFit(int maxBins, double binWidth) {
        x = new double[maxBins];
        y = new double[maxBins];
        weight = new double[maxBins];
        this.binWidth = binWidth;
    }

    void begin(double from, double to) {
        centre = 0.5 * (from + to);
        halfSpan = 0.5 * (to - from);
        bins = 0;
        peaks = 0;
    }

    void addBin(double binCentre, double intensity, double variance) {
        x[bins] = binCentre;
        y[bins] = intensity;
        weight[bins] = 1 / variance;
        bins++;
    }

    /** @param free whether the position is to be fitted or stays where it is put */
    void addPeak(double position, boolean free) {
        int index = FIRST_PEAK + 2 * peaks + 1;
        start[index] = position;
        fixed[index - 1] = false;
        fixed[index] = !free;
        peaks++;
    }

    /**
     * Fits from the positions given, a common width and shape.
     *
     * @param shapeFree whether width and shape are to be fitted or stay
     * @param tolerance stop when a step promises to lower χ² by less than this (times max(1, χ²/dof)); the parameters are then
     *     within about its square root of their sigmas
     * @return false when there are too few bins, or it did not converge
     */
    boolean fit(double width, double eta, boolean shapeFree, double tolerance) {
        start[WIDTH] = width;
        start[ETA] = eta;
        fixed[WIDTH] = !shapeFree;
        fixed[ETA] = !shapeFree;
        if (degreesOfFreedom() < 1) {
            return false;
        }
        setBounds();
        return startLinear() && descend(tolerance) && finish();
    }

    double position(int peak) {
        return parameters[FIRST_PEAK + 2 * peak + 1];
    }

    double positionSigma(int peak) {
        return sigma(FIRST_PEAK + 2 * peak + 1);
    }

    /** Whether the position came to rest within the room it was given. */
    boolean isPositionInside(int peak) {
        int index = FIRST_PEAK + 2 * peak + 1;
        return parameters[index] > lowest[index] && parameters[index] < highest[index];
    }

    double area(int peak) {
        return parameters[FIRST_PEAK + 2 * peak];
    }

    double areaSigma(int peak) {
        return sigma(FIRST_PEAK + 2 * peak);
    }

    double width() {
        return parameters[WIDTH];
    }

    double eta() {
        return parameters[ETA];
    }

    /** Background at the middle of the window. */
    double level() {
        return parameters[LEVEL];
    }

    double chiSquare() {
        return chiSquare;
    }

    int degreesOfFreedom() {
        int free = 0;
        for (int i = 0; i < count(); i++) {
            free += fixed[i] ? 0 : 1;
        }
        return bins - free;
    }

    private double sigma(int index) {
        return Math.sqrt(equations.variance(index, step) * inflation);
    }

    private int count() {
        return FIRST_PEAK + 2 * peaks;
    }

    private void setBounds() {
        Arrays.fill(lowest, Double.NEGATIVE_INFINITY);
        Arrays.fill(highest, Double.POSITIVE_INFINITY);
        lowest[WIDTH] = Math.max(0.3 * binWidth, 0.25 * start[WIDTH]);
        highest[WIDTH] = Math.max(lowest[WIDTH], Math.min(4 * start[WIDTH], 2 * halfSpan));
        lowest[ETA] = 0;
        highest[ETA] = 1;
        double room = 1.5 * Math.max(start[WIDTH], binWidth);
        for (int k = 0; k < peaks; k++) {
            int index = FIRST_PEAK + 2 * k + 1;
            lowest[index] = start[index] - room;
            highest[index] = start[index] + room;
        }
    }

    /** With positions and shape given the model is linear: one step finds background and areas. */
    private boolean startLinear() {
        System.arraycopy(start, 0, parameters, 0, count());
        parameters[LEVEL] = 0;
        parameters[SLOPE] = 0;
        held[LEVEL] = false;
        held[SLOPE] = false;
        held[WIDTH] = true;
        held[ETA] = true;
        for (int k = 0; k < peaks; k++) {
            parameters[FIRST_PEAK + 2 * k] = 0;
            held[FIRST_PEAK + 2 * k] = false;
            held[FIRST_PEAK + 2 * k + 1] = true;
        }
        evaluate(parameters, equations);
        if (!equations.factorise(1e-12, held)) {
            return false;
        }
        equations.solve(step);
        for (int i = 0; i < count(); i++) {
            parameters[i] += step[i];
        }
        return true;
    }

    private boolean descend(double tolerance) {
        chiSquare = evaluate(parameters, equations);
        double damping = 1e-3;
        for (int i = 0; i < MAX_ITERATIONS && damping < MAX_DAMPING; i++) {
            holdAtBounds();
            if (!equations.factorise(damping, held)) {
                damping *= 10;
                continue;
            }
            equations.solve(step);
            double promise = promise();
            if (damping < 1e-2 && promise <= tolerance * Math.max(1, chiSquare / degreesOfFreedom())) {
                return true;
            }
            takeTrialStep();
            double trialChiSquare = evaluate(trial, next);
            if (trialChiSquare <= chiSquare) {
                System.arraycopy(trial, 0, parameters, 0, count());
                equations.copyFrom(next);
                chiSquare = trialChiSquare;
                damping = Math.max(1e-9, 0.1 * damping);
            } else if (promise <= 1e-12 * chiSquare) {
                return true; // what is left to gain drowns in rounding
            } else {
                damping *= 10;
            }
        }
        return false;
    }

    /** A parameter that rests on a bound and would leave through it takes no part in the step. */
    private void holdAtBounds() {
        for (int i = 0; i < count(); i++) {
            boolean leavesBelow = parameters[i] <= lowest[i] && equations.descent(i) < 0;
            boolean leavesAbove = parameters[i] >= highest[i] && equations.descent(i) > 0;
            held[i] = fixed[i] || leavesBelow || leavesAbove;
        }
    }

    private double promise() {
        double sum = 0;
        for (int i = 0; i < count(); i++) {
            sum += step[i] * (held[i] ? 0 : equations.descent(i));
        }
        return sum;
    }

    private void takeTrialStep() {
        for (int i = 0; i < count(); i++) {
            double raw = parameters[i] + step[i];
            trial[i] = fixed[i] ? parameters[i] : Math.max(lowest[i], Math.min(highest[i], raw));
        }
    }

    /** Leaves the factor of the undamped equations behind, for the sigmas; parameters on a bound count as free if they can. */
    private boolean finish() {
        inflation = Math.max(1, chiSquare / degreesOfFreedom());
        return Double.isFinite(inflation) && (equations.factorise(0, fixed) || equations.factorise(0, held));
    }

    /** χ² at {@code p}; fills the normal equations on the way. */
    private double evaluate(double[] p, NormalEquations target) {
        target.clear(count());
        double sum = 0;
        for (int i = 0; i < bins; i++) {
            double residual = y[i] - modelAndRow(p, x[i]);
            sum += weight[i] * residual * residual;
            target.add(row, residual, weight[i]);
        }
        return sum;
    }

    private double modelAndRow(double[] p, double position) {
        double u = (position - centre) / halfSpan;
        double model = p[LEVEL] + p[SLOPE] * u;
        row[LEVEL] = 1;
        row[SLOPE] = u;
        row[WIDTH] = 0;
        row[ETA] = 0;
        for (int j = FIRST_PEAK; j < count(); j += 2) {
            double area = p[j];
            profile.average(position - p[j + 1], p[WIDTH], p[ETA], binWidth);
            model += area * profile.value;
            row[j] = profile.value;
            row[j + 1] = area * profile.perPosition;
            row[WIDTH] += area * profile.perWidth;
            row[ETA] += area * profile.perEta;
        }
        return model;
    }
}
