package org.emberline.edge.metrics.pattern;

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

    AreaSums(PatternModel model, LeastSquares solver, double[] parameters) {
        this.model = model;
        this.solver = solver;
        this.parameters = parameters;
        int room = model.room() - model.firstArea;
        area = new double[room];
        variance = new double[room];
        narrower = new double[room];
        scratch = new double[model.room()];
    }

    /** Reads the areas of a fit that has settled. */
    void read(int areas, double inflation) {
        for (int i = 0; i < areas; i++) {
            int parameter = model.firstArea + i;
            area[i] = parameters[parameter];
            variance[i] = solver.covariance(parameter, scratch) * inflation;
            double ofLeastSquares = variance[i];
            if (area[i] > STRONG * Math.sqrt(variance[i])) {
                sum(i, parameter);
            }
            narrower[i] = Math.sqrt(variance[i] / ofLeastSquares);
        }
    }

    private void sum(int index, int parameter) {
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
        for (int bin = from; bin < to; bin++) {
            double line = area[index] * profile[bin];
            double all = model.model[bin] - model.background.at(bin, parameters);
            if (profile[bin] > LOWEST * top && line > OWN * all && model.pattern.usable[bin]) {
                own += line;
                missing += model.pattern.intensity[bin] - model.model[bin];
                noise += model.pattern.variance[bin];
            }
        }
        if (own > 0) {
            double summed = area[index] / own;
            area[index] += summed * missing;
            // Least squares were weighted for lines whose profiles are uneven; their sum is not.
            variance[index] = Math.min(variance[index], summed * summed * noise);
        }
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
