package org.emberline.edge.metrics.pattern;

import java.util.Arrays;

/**
 * The areas of strong lines by summing what is there. Least squares spread a profile that is not quite that of the instrument over the
 * line's area, by a per cent or so: more than the counts of a strong line leave open. The sum of the counts over the line, less background
 * and what other lines have there, does not know of the profile but through the little that lies beyond its tails (the sum of Rietveld's
 * "observed" intensities: H. M. Rietveld, J. Appl. Cryst. 2 (1969) 65).
 */
final class AreaSums {
    /** Sigmas from which a line's shape matters more than its counts. */
    private static final double STRONG = 50;
    /** Share of the line's height down to which it is summed. */
    private static final double LOWEST = 0.01;
    /** Share of what stands above the background that must be the line's own. */
    private static final double OWN = 0.5;

    private final PatternModel model;
    private final LeastSquares solver;
    private final double[] parameters;
    private final double[] area;
    private final double[] variance;
    private final double[] narrower;
    private final double[] scratch;
    private final double[] others;
    private int areas;

    AreaSums(PatternModel model, LeastSquares solver, double[] parameters) {
        this.model = model;
        this.solver = solver;
        this.parameters = parameters;
        int room = model.room() - model.firstArea;
        area = new double[room];
        variance = new double[room];
        narrower = new double[room];
        scratch = new double[model.room()];
        others = new double[model.room()];
    }

    /** Reads the areas of a fit that has settled. */
    void read(int newAreas, double inflation) {
        areas = newAreas;
        for (int i = 0; i < areas; i++) {
            int parameter = model.firstArea + i;
            area[i] = parameters[parameter];
            variance[i] = solver.covariance(parameter, scratch) * inflation;
            double ofLeastSquares = variance[i];
            if (area[i] > STRONG * Math.sqrt(variance[i])) {
                sum(i, parameter, inflation);
            }
            narrower[i] = Math.sqrt(variance[i] / ofLeastSquares);
        }
    }

    private void sum(int index, int parameter, double inflation) {
        double[] profile = model.columns.value[parameter];
        int from = model.columns.from(parameter);
        int to = model.columns.to(parameter);
        double top = 0;
        for (int bin = from; bin < to; bin++) {
            top = Math.max(top, profile[bin]);
        }
        double own = 0;
        double missing = 0;
        double noise = 0;
        Arrays.fill(others, 0);
        for (int bin = from; bin < to; bin++) {
            double line = area[index] * profile[bin];
            double all = model.model[bin] - model.background.at(bin, parameters);
            if (profile[bin] > LOWEST * top && line > OWN * all && model.pattern.usable[bin]) {
                own += line;
                missing += model.pattern.intensity[bin] - model.model[bin];
                noise += model.pattern.variance[bin];
                addOthers(bin, parameter);
            }
        }
        if (own > 0) {
            double share = own / area[index];
            area[index] += missing / share;
            variance[index] = (noise + besides(share, parameter, inflation)) / (share * share);
        }
    }

    /** What background and other lines have in a bin, by the parameters that say how high they are. */
    private void addOthers(int bin, int parameter) {
        for (int p = 0; p < model.background.size; p++) {
            others[p] += model.columns.value[p][bin];
        }
        for (int p = 0;
                p < model.phases.size();
                p++) { // an iterator would be garbage of every frame until this is compiled
            int scale = model.phases.get(p).scale;
            others[scale] += model.columns.value[scale][bin];
        }
        for (int p = model.firstArea; p < model.firstArea + areas; p++) {
            others[p] += p == parameter ? 0 : model.columns.value[p][bin];
        }
    }

    /**
     * Variance of the counts that are taken off. They come from the same fit as the counts, so that what goes to the line is missing in the
     * background.
     */
    private double besides(double share, int parameter, double inflation) {
        double variance = solver.varianceOf(others, scratch);
        return Math.max(0, -variance - 2 * share * scratch[parameter]) * inflation;
    }

    double area(int index) {
        return area[index];
    }

    /** Its sigma over that which least squares gave it. */
    double narrower(int index) {
        return narrower[index];
    }

    double variance(int index) {
        return variance[index];
    }
}
