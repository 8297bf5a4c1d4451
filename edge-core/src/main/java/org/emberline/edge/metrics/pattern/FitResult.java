package org.emberline.edge.metrics.pattern;

/** What a fit of a whole pattern found, until the next; with the covariances, which a misfit widens. One thread. */
public final class FitResult {
    private final PatternFit fit;
    private final PatternModel model;
    private final LeastSquares solver;
    private final AreaSums sums;
    private final double[] scratch;

    FitResult(PatternFit fit, PatternModel model, LeastSquares solver, AreaSums sums) {
        this.fit = fit;
        this.model = model;
        this.solver = solver;
        this.sums = sums;
        scratch = new double[model.room()];
    }

    /** χ² per degree of freedom. */
    public double misfit() {
        return solver.chiSquare() / solver.degreesOfFreedom(fit.held);
    }

    /** Of all lines' counts, what no phase explains: 0 for nothing, about 1 for everything. */
    public double unexplained() {
        return solver.unexplained(fit.parameters);
    }

    /** A phase's volume over its sigma, with the shape that its lines were found to have. */
    public double significance(int phase) {
        return fit.significance[phase];
    }

    /** A phase's volume on the scale of its lines' strengths; negative where noise says so. Of the first phase only without areas. */
    public double volume(int phase) {
        return fit.parameters[model.phases.get(phase).scale];
    }

    /** Variance of {@link #volume}, with the misfit's share. */
    public double volumeVariance(int phase) {
        return solver.covariance(model.phases.get(phase).scale, scratch) * solver.inflation(fit.held);
    }

    /** ln of the stretch of a phase's first edge from its reference cell. */
    public double basal(int phase) {
        return fit.parameters[model.phases.get(phase).basal];
    }

    /** The same of its second edge; of the first where they are tied. */
    public double axial(int phase) {
        PhaseModel of = model.phases.get(phase);
        return fit.parameters[of.axial == PhaseModel.NONE ? of.basal : of.axial];
    }

    /** {@link #basal} less what the phase's expansion lets expect at the temperature of the fit. */
    public double basalDeparture(int phase) {
        return basal(phase) - model.phases.get(phase).expectedBasal;
    }

    /** {@link #axial} likewise. */
    public double axialDeparture(int phase) {
        return axial(phase) - model.phases.get(phase).expectedAxial;
    }

    /** Whether the second edge is free of the first. */
    public boolean hasTwoEdges(int phase) {
        return model.phases.get(phase).axial != PhaseModel.NONE;
    }

    public double basalVariance(int phase) {
        return solver.covariance(model.phases.get(phase).basal, scratch) * solver.inflation(fit.held);
    }

    public double axialVariance(int phase) {
        PhaseModel of = model.phases.get(phase);
        return solver.covariance(of.axial == PhaseModel.NONE ? of.basal : of.axial, scratch)
                * solver.inflation(fit.held);
    }

    /** Covariance of ln stretch of the first phase's two edges. */
    public double edgeCovariance(int phase) {
        PhaseModel of = model.phases.get(phase);
        solver.covariance(of.basal, scratch);
        return scratch[of.axial == PhaseModel.NONE ? of.basal : of.axial] * solver.inflation(fit.held);
    }

    /** Covariance of two phases' volumes, as {@link #volumeVariance}. */
    public double volumeCovariance(int phase, int other) {
        solver.covariance(model.phases.get(phase).scale, scratch);
        return scratch[model.phases.get(other).scale] * solver.inflation(fit.held);
    }

    /** Counts that a phase's volume of 1 gives in all its lines. */
    public double brightness(int phase) {
        PhaseModel of = model.phases.get(phase);
        double sum = 0;
        for (int line = 0; line < of.q.length; line++) {
            sum += of.strength[line] / (of.q[line] * of.q[line]);
        }
        return sum;
    }

    /** Number of phases. */
    public int phases() {
        return model.phases.size();
    }

    /** Whether a phase was strong enough for a cell and widths of its own. */
    public boolean hasShape(int phase) {
        return !fit.held[model.phases.get(phase).size];
    }

    /** Lorentzian full width that is constant in q, 1/Å. */
    public double sizeWidth(int phase) {
        return fit.parameters[model.phases.get(phase).size];
    }

    public double sizeWidthVariance(int phase) {
        return solver.covariance(model.phases.get(phase).size, scratch) * solver.inflation(fit.held);
    }

    /** Lorentzian full width of the first phase's lines per q. */
    public double strainWidth() {
        return fit.parameters[model.phases.getFirst().strain];
    }

    public double strainWidthVariance() {
        return solver.covariance(model.phases.getFirst().strain, scratch) * solver.inflation(fit.held);
    }

    /** Number of areas of the first phase; 0 where it is too weak for areas of its own. */
    public int areas() {
        return fit.areas;
    }

    /** Index of the area that a line of the first phase belongs to; -1 for none. */
    public int areaOf(int line) {
        int parameter = model.phases.getFirst().area[line];
        return parameter == PhaseModel.NONE ? -1 : parameter - model.firstArea;
    }

    /** In q, counts per Å; of a strong line by {@link AreaSums}. */
    public double area(int index) {
        return sums.area(index);
    }

    /** Fills the covariances of an area with all areas. */
    public void areaCovariance(int index, double[] withAll) {
        solver.covariance(model.firstArea + index, scratch);
        double inflation = solver.inflation(fit.held);
        for (int i = 0; i < fit.areas; i++) {
            withAll[i] = scratch[model.firstArea + i] * inflation * sums.narrower(index) * sums.narrower(i);
        }
    }

    /** The first phase's volume, by the sum of its areas and that of what its structure expects in them. */
    public double summedVolume() {
        double found = 0;
        double expected = 0;
        for (int i = 0; i < fit.areas; i++) {
            found += sums.area(i);
            expected += expected(i);
        }
        return found / expected;
    }

    /** Variance of {@link #summedVolume}: that of the areas, and what they scatter about the structure's. */
    public double summedVolumeVariance() {
        double volume = summedVolume();
        double variance = 0;
        double expected = 0;
        for (int i = 0; i < fit.areas; i++) {
            double departure = sums.area(i) - volume * expected(i);
            expected += expected(i);
            variance += departure * departure + sums.variance(i);
        }
        return variance / (expected * expected);
    }

    private double expected(int index) {
        PhaseModel of = model.phases.getFirst();
        double sum = 0;
        for (int line = 0; line < of.q.length; line++) {
            sum += of.area[line] == model.firstArea + index ? of.strength[line] / (of.q[line] * of.q[line]) : 0;
        }
        return sum;
    }

    /** Place of a line of the first phase, 1/Å. */
    public double q(int line) {
        return model.phases.getFirst().q[line];
    }

    /** What the lines of an area add to a bin of {@link #fitted}. */
    public double heightOf(int areaIndex, int bin) {
        int parameter = model.firstArea + areaIndex;
        return fit.parameters[parameter] * model.columns.value[parameter][bin];
    }

    /** The pattern that was fitted, bin for bin; the live array. */
    public double[] fitted() {
        return model.model;
    }

    /** The instrument's Gaussian width in q at small angles, 1/Å. */
    public double gauss() {
        return fit.parameters[model.gauss];
    }
}
