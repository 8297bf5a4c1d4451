package org.emberline.edge.metrics.pattern;

import java.util.Arrays;

/**
 * Levenberg's and Marquardt's descent on a {@link PatternModel} (D. W. Marquardt, J. Soc. Ind. Appl. Math. 11 (1963) 431), each bin weighted
 * by 1/variance, with bounds and with what is known beforehand of single parameters. The covariance is the inverse of the normal matrix
 * times max(1, χ²/degrees of freedom): a misfit widens it, a lucky fit does not narrow it.
 */
final class LeastSquares {
    /** Of χ², likewise, that may be left when time is up: a sigma. */
    private static final double NEARLY = 1;

    private static final double MAX_DAMPING = 1e6;
    private static final double SINGULAR = 1e-13;
    /** The median of a normal deviate's square. */
    private static final double HALF_WITHIN = 0.4549;

    private static final int HALVINGS = 14;
    /** Of the square of the unevenness: what is smaller is none. */
    private static final double LEAST_SQUARE = 1e-10;
    /** Share of a variance that is left of it where residuals scatter less than they should. */
    private static final double NARROWEST = 0.1;
    /** Square of the sigmas by which a bin on a line stands out. */
    private static final double ON_LINE = 25;

    /** Sigmas from which a residual is none of chance. */
    private static final double OUTLIER = 4;

    private final PatternModel model;
    private final double[] weight;
    private final double[] residual;
    private final double[] net;
    private final double[] squares;
    private final double[] step;
    private final double[] trial;
    private final double[] lowest;
    private final double[] highest;
    private final double[] expected;
    private final double[] scatter;
    private final boolean[] out;
    private NormalEquations equations;
    private NormalEquations next;
    private int size;
    private int bins;
    private double chiSquare;
    /** What a misfit makes less of, for all that is not known from the pattern. */
    private double knowledge;

    private double misfit;

    LeastSquares(PatternModel model) {
        this.model = model;
        int room = model.room();
        weight = new double[model.pattern.bins];
        residual = new double[model.pattern.bins];
        net = new double[model.pattern.bins];
        squares = new double[model.pattern.bins];
        step = new double[room];
        trial = new double[room];
        lowest = new double[room];
        highest = new double[room];
        expected = new double[room];
        scatter = new double[room];
        out = new boolean[room];
        equations = new NormalEquations(room);
        next = new NormalEquations(room);
    }

    /** Begins with a pattern: nothing is known of the parameters beforehand. */
    void begin() {
        bins = 0;
        for (int bin = 0; bin < weight.length; bin++) {
            boolean usable = model.pattern.usable[bin];
            net[bin] = 0;
            weight[bin] = usable ? 1 / model.pattern.variance[bin] : 0;
            bins += usable ? 1 : 0;
        }
        Arrays.fill(lowest, Double.NEGATIVE_INFINITY);
        Arrays.fill(highest, Double.POSITIVE_INFINITY);
        Arrays.fill(scatter, Double.POSITIVE_INFINITY);
        size = model.firstArea;
        knowledge = 1;
    }

    /**
     * Weights from now on take into account that lines, as they are, are uneven: their counts scatter by this fraction, however many there
     * are. By the pattern of the parameters given.
     *
     * @param unevenness 0 or above; 0 for what counting alone lets expect
     */
    void weigh(double[] parameters, double unevenness) {
        model.evaluate(parameters);
        for (int bin = 0; bin < weight.length; bin++) {
            if (weight[bin] > 0) {
                net[bin] = Math.max(0, model.model[bin] - model.background.at(bin, parameters));
                double scatterOfLines = unevenness * net[bin];
                weight[bin] = 1 / (model.pattern.variance[bin] + scatterOfLines * scatterOfLines);
            }
        }
        robustly();
    }

    /** What no phase of the model explains counts by its size, not by the square of it (P. J. Huber, Ann. Math. Stat. 35 (1964) 73). */
    private void robustly() {
        int n = 0;
        for (int bin = 0; bin < weight.length; bin++) {
            if (weight[bin] > 0) {
                residual[bin] = model.pattern.intensity[bin] - model.model[bin];
                squares[n++] = residual[bin] * residual[bin] * weight[bin];
            }
        }
        double typical = n == 0 ? 1 : Math.max(1, kth(n, n / 2) / HALF_WITHIN);
        for (int bin = 0; bin < weight.length; bin++) {
            double ratio = OUTLIER * Math.sqrt(typical) / Math.abs(residual[bin] * Math.sqrt(weight[bin]));
            weight[bin] *= ratio < 1 ? ratio : 1;
        }
        misfit = 0;
        for (int bin = 0; bin < weight.length; bin++) {
            misfit += weight[bin] > 0 ? weight[bin] * residual[bin] * residual[bin] : 0;
        }
    }

    /**
     * The square of the unevenness that the residuals show beyond counting; negative where they scatter less than counting lets expect, so
     * that the mean over frames is right. Half of the bins on lines are to lie within 0.67 sigmas: lines that a structure gets wrong do not
     * count for more than their number.
     */
    double unevennessSquare(boolean[] held) {
        double share = (double) degreesOfFreedom(held) / bins;
        double sign = typicalSquare(0, share) > HALF_WITHIN ? 1 : -1;
        double least = LEAST_SQUARE;
        double most = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = Math.sqrt(least * most);
            boolean further = (typicalSquare(sign * middle, share) - HALF_WITHIN) * sign > 0;
            least = further ? middle : least;
            most = further ? most : middle;
        }
        return sign * Math.sqrt(least * most);
    }

    /** The median of the squares of residuals, in sigmas, of the bins on lines; 0 without any. */
    private double typicalSquare(double square, double share) {
        int n = 0;
        for (int bin = 0; bin < weight.length; bin++) {
            double variance = model.pattern.variance[bin];
            if (weight[bin] > 0 && net[bin] * net[bin] > ON_LINE * variance) {
                double widened = Math.max(NARROWEST * variance, variance + square * net[bin] * net[bin]);
                double ratio = residual[bin] * residual[bin] / (share * widened);
                squares[n] = ratio;
                n += Double.isFinite(ratio) ? 1 : 0;
            }
        }
        return n == 0 ? 0 : kth(n, n / 2);
    }

    /** The k-th smallest of the first squares, by Hoare's selection: sorting may need heap memory. */
    private double kth(int n, int k) {
        int low = 0;
        int high = n - 1;
        while (low < high) {
            double pivot = squares[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (squares[i] < pivot) {
                    i++;
                }
                while (squares[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    double swapped = squares[i];
                    squares[i++] = squares[j];
                    squares[j--] = swapped;
                }
            }
            if (k <= j) {
                high = j;
            } else if (k >= i) {
                low = i;
            } else {
                return squares[k];
            }
        }
        return squares[k];
    }

    /** Number of parameters from now on. */
    void size(int newSize) {
        size = newSize;
    }

    void bound(int parameter, double low, double high) {
        lowest[parameter] = low;
        highest[parameter] = high;
    }

    /** What is known of a parameter beforehand. */
    void expect(int parameter, double value, double sigma) {
        expected[parameter] = value;
        scatter[parameter] = sigma;
    }

    /** One undamped step, which is all that a linear problem takes. False when it is singular. */
    boolean solveLinear(double[] parameters, boolean[] held) {
        evaluate(parameters, held, equations);
        if (!equations.factorise(SINGULAR, held)) {
            return false;
        }
        equations.solve(step);
        for (int i = 0; i < size; i++) {
            parameters[i] += step[i];
        }
        return true;
    }

    /**
     * Descends from the parameters given, which it moves.
     *
     * @param tolerance of χ², as a multiple of max(1, χ²/dof), that a step must promise to be worth taking
     * @return false when {@code iterations} were not enough, and what is left to gain is more than one sigma of all parameters together
     */
    boolean descend(double[] parameters, boolean[] held, int iterations, double tolerance) {
        // Where a structure explains a pattern badly, χ² speaks too loud for what is known beforehand to be heard.
        knowledge = Math.max(1, misfit / degreesOfFreedom(held));
        chiSquare = evaluate(parameters, held, equations);
        double damping = 1e-4;
        double promise = Double.POSITIVE_INFINITY;
        for (int i = 0; i < iterations && damping < MAX_DAMPING; i++) {
            holdAtBounds(parameters, held);
            if (!equations.factorise(damping, out)) {
                damping = Math.max(1e-3, 10 * damping);
                continue;
            }
            equations.solve(step);
            promise = promise();
            if (damping < 1e-2 && promise <= tolerance * inflation(held)) {
                return true;
            }
            takeTrialStep(parameters, held);
            double trialChiSquare = evaluate(trial, held, next);
            if (trialChiSquare <= chiSquare) {
                System.arraycopy(trial, 0, parameters, 0, size);
                swap();
                chiSquare = trialChiSquare;
                damping = Math.max(1e-9, 0.1 * damping);
            } else if (promise <= 1e-10 * chiSquare) {
                return true; // what is left to gain drowns in rounding
            } else {
                damping = Math.max(1e-3, 10 * damping);
            }
        }
        return promise <= NEARLY * inflation(held);
    }

    /** Works everything out at the parameters given and prepares the covariance; false when the equations are singular. */
    boolean settle(double[] parameters, boolean[] held) {
        chiSquare = evaluate(parameters, held, equations);
        return factorise(held);
    }

    /** Prepares the covariance; false when the equations are singular. */
    boolean factorise(boolean[] held) {
        return equations.factorise(SINGULAR, held);
    }

    /** After {@link #factorise}: the covariances of a parameter with all; returns its variance. */
    double covariance(int parameter, double[] withAll) {
        return equations.variance(parameter, withAll);
    }

    /** After {@link #factorise}: the variance of a sum of parameters with these factors; fills {@code withAll} with its covariances with all. */
    double varianceOf(double[] factors, double[] withAll) {
        equations.multiply(factors, withAll);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += factors[i] * withAll[i];
        }
        return sum;
    }

    /** What a misfit widens variances by. */
    double inflation(boolean[] held) {
        return Math.max(1, chiSquare / degreesOfFreedom(held));
    }

    double chiSquare() {
        return chiSquare;
    }

    /**
     * How much of the lines the model leaves unexplained: the root of what is left of the counts above the background, squared and summed
     * over all bins, as a share of the same before, both less what counting puts there. By the parameters given.
     */
    double unexplained(double[] parameters) {
        model.evaluate(parameters);
        double left = 0;
        double all = 0;
        for (int bin = 0; bin < weight.length; bin++) {
            if (weight[bin] > 0) {
                double variance = model.pattern.variance[bin];
                double observed = model.pattern.intensity[bin] - model.background.at(bin, parameters);
                double difference = model.pattern.intensity[bin] - model.model[bin];
                left += difference * difference - variance;
                all += observed * observed - variance;
            }
        }
        return all > 0 ? Math.sqrt(Math.max(0, left) / all) : 0;
    }

    int degreesOfFreedom(boolean[] held) {
        int free = 0;
        for (int i = 0; i < size; i++) {
            free += held[i] ? 0 : 1;
        }
        return Math.max(1, bins - free);
    }

    private void swap() {
        NormalEquations old = equations;
        equations = next;
        next = old;
    }

    /** A parameter that rests on a bound and would leave through it takes no part in the step. */
    private void holdAtBounds(double[] parameters, boolean[] held) {
        for (int i = 0; i < size; i++) {
            boolean leavesBelow = parameters[i] <= lowest[i] && equations.descent(i) < 0;
            boolean leavesAbove = parameters[i] >= highest[i] && equations.descent(i) > 0;
            out[i] = held[i] || leavesBelow || leavesAbove;
        }
    }

    private double promise() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += step[i] * (out[i] ? 0 : equations.descent(i));
        }
        return sum;
    }

    private void takeTrialStep(double[] parameters, boolean[] held) {
        for (int i = 0; i < size; i++) {
            double raw = parameters[i] + step[i];
            trial[i] = held[i] ? parameters[i] : Math.max(lowest[i], Math.min(highest[i], raw));
        }
    }

    private double evaluate(double[] at, boolean[] held, NormalEquations target) {
        model.evaluate(at);
        double sum = 0;
        for (int bin = 0; bin < weight.length; bin++) {
            residual[bin] = weight[bin] == 0 ? 0 : model.pattern.intensity[bin] - model.model[bin];
            sum += weight[bin] * residual[bin] * residual[bin];
        }
        misfit = sum;
        model.columns.normal(size, held, weight, residual, target);
        for (int i = 0; i < size; i++) {
            if (!held[i] && scatter[i] < Double.POSITIVE_INFINITY) {
                double information = knowledge / (scatter[i] * scatter[i]);
                double departure = expected[i] - at[i];
                target.addProduct(i, i, information);
                target.addDescent(i, departure * information);
                sum += departure * departure * information;
            }
        }
        return sum;
    }
}
