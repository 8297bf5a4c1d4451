package org.emberline.edge.metrics.pattern;

import java.util.Arrays;
import java.util.List;

/**
 * Least squares of a whole pattern: background and lines of all phases at once, so that what overlaps is shared out with the covariance it
 * has. The first phase is the one of interest: where it is strong, each of its lines gets an area of its own; the others keep the relative
 * intensities of their structures.
 *
 * <ol>
 *   <li>volumes and background with the shapes that the frame before, or the temperature, lets expect: a linear problem;
 *   <li>with the cell and the widths of every phase that stood out in the first step (Levenberg and Marquardt);
 *   <li>with an area for each line of the first phase, held loosely to its structure so that lines that cannot be told apart share.
 * </ol>
 *
 * <p>One thread; allocates only when made.
 */
public final class PatternFit {
    /** A volume of so many sigmas has a shape of its own. */
    private static final double SHAPELY = 12;
    /** Of the first phase, for areas of its own. */
    private static final double STRONG = 30;
    /** Relative deviation from the structure that is nothing special. */
    private static final double LOOSE = 0.5;
    /** Relative scatter of a cell's edges about what expansion lets expect. */
    private static final double EDGE_SCATTER = 0.003;

    private static final double LARGEST_STRETCH = 0.015;
    /** Departure of the first phase's edges, relative, from which the others may depart with it. */
    private static final double SUSPICIOUS = 4e-3;

    private static final double ALIKE = 2e-3;
    /** Share of the lines' counts that may be unexplained by phases where they are expected. */
    private static final double LOST = 0.5;
    /** By which all phases are moved together to find the lines: less than half a width. */
    private static final double STEP = 2.5e-3;

    private static final int STEPS = 5;
    private static final double KNOT_SPACING = 0.35;
    /** Lorentzian width to start from, 1/Å: crystallites of 30 nm. */
    private static final double START_SIZE = 0.02;

    /** Share of the lines' width that an instrument has at least. */
    private static final double NARROWEST = 0.3;

    /** And at most, for noise makes some lines look narrower than they are. */
    private static final double BROADEST = 1.3;

    private static final double START_GAUSS_BINS = 4;
    private static final double LEAST_SIZE = 0.002;
    private static final double LARGEST_SIZE = 0.1;
    private static final double LARGEST_STRAIN = 0.05;
    /** Of fewer sigmas a phase is not there. */
    private static final double VANISHED = 4;
    /** Lines nearer than so many of the instrument's widths are one. */
    private static final double TOGETHER = 0.6;

    /** Sigmas that a volume may be below 0. */
    private static final double NOISE = 3;

    private static final int ITERATIONS = 20;
    private static final double TOLERANCE = 1e-2;
    private static final int ROUNDS = 4;
    /** Share of a frame in what is known of the lines' unevenness. */
    private static final double FORGETTING = 0.2;

    /** Unevenness beyond which a structure is wrong rather than its lines uneven: weights that believed more would let go of the lines. */
    private static final double MOST_UNEVEN = 0.05;

    private final Pattern pattern;
    private final Optics optics;
    private final PatternModel model;
    private final LeastSquares solver;
    private final AreaSums sums;
    private final LineWidths widths;
    private final FitResult result;
    final double[] parameters;
    final boolean[] held;
    private final double[] scratch;
    final double[] significance;
    private final double[] keptBasal;
    private final double[] keptAxial;
    private final double[] keptSize;
    private final boolean[] shaped;
    private double unevenness;
    private double keptGauss;
    int areas;
    private boolean converged;

    /** @param crystals the first is the one of interest */
    public PatternFit(Pattern pattern, List<CrystalLines> crystals, Optics optics) {
        this.pattern = pattern;
        this.optics = optics;
        model = new PatternModel(pattern, crystals, optics, KNOT_SPACING);
        int room = model.room();
        solver = new LeastSquares(model);
        parameters = new double[room];
        sums = new AreaSums(model, solver, parameters);
        held = new boolean[room];
        widths = new LineWidths(pattern, optics);
        scratch = new double[room];
        significance = new double[crystals.size()];
        result = new FitResult(this, model, solver, sums);
        keptBasal = new double[crystals.size()];
        keptAxial = new double[crystals.size()];
        keptSize = new double[crystals.size()];
        shaped = new boolean[crystals.size()];
        Arrays.fill(keptSize, START_SIZE);
        keptGauss = Double.isNaN(optics.gaussDegrees()) ? START_GAUSS_BINS * pattern.binWidth : optics.gaussQ();
    }

    /**
     * Fits a pattern.
     *
     * @param kelvin of the sample: what edges and intensities to expect
     * @param basal ln stretch of the first phase's first edge, if that is known from its lines; NaN otherwise
     * @param axial likewise of its second edge
     * @return whether there is a result; {@link #converged} whether it is final
     */
    public boolean fit(double kelvin, double basal, double axial) {
        converged = false;
        if (!linear(kelvin, basal, axial)) {
            return false;
        }
        readSignificance();
        keepAbove();
        freeShapes(!Double.isNaN(basal));
        solver.weigh(parameters, Math.min(MOST_UNEVEN, Math.sqrt(Math.max(0, unevenness))));
        converged = solver.descend(parameters, held, ITERATIONS, TOLERANCE);
        for (int round = 0; round < ROUNDS && changeShapes(); round++) {
            converged = solver.descend(parameters, held, ITERATIONS, TOLERANCE);
        }
        boolean regular = solver.settle(parameters, held);
        if (regular) {
            sums.read(areas, solver.inflation(held));
        }
        if (regular && converged) {
            keep();
        }
        return regular;
    }

    /**
     * Volumes and background with the shapes that are expected. Where the first phase's edges depart alike from theirs, or lines lie where none
     * is expected, it may be the beam or the geometry that departs: then all phases do.
     */
    private boolean linear(double kelvin, double basal, double axial) {
        if (!linear(kelvin, basal, axial, 0)) {
            return false;
        }
        double departure = commonDeparture(basal, axial);
        boolean lost = Double.isNaN(basal) && solver.unexplained(parameters) > LOST;
        double step = lost ? STEP : departure;
        int steps = lost ? STEPS : Double.isNaN(departure) ? 0 : 1;
        double least = solver.chiSquare();
        double best = 0;
        for (int i = lost ? -steps : steps; i <= steps; i++) {
            if (i != 0 && linear(kelvin, basal, axial, i * step) && solver.chiSquare() < least) {
                least = solver.chiSquare();
                best = i * step;
            }
        }
        return steps == 0 || linear(kelvin, basal, axial, best);
    }

    private boolean linear(double kelvin, double basal, double axial, double common) {
        begin(kelvin, basal, axial);
        for (int p = Double.isNaN(basal) ? 0 : 1; p < significance.length && common != 0; p++) {
            PhaseModel phase = model.phases.get(p);
            start(phase, phase.basal, phase.expectedBasal + common);
            if (phase.axial != PhaseModel.NONE) {
                start(phase, phase.axial, phase.expectedAxial + common);
            }
        }
        return solver.solveLinear(parameters, held) && solver.settle(parameters, held);
    }

    /** Of the first phase's edges, where they are known; NaN where it is small or differs from edge to edge. */
    private double commonDeparture(double basal, double axial) {
        PhaseModel first = model.phases.getFirst();
        double departure = basal - first.expectedBasal;
        double other = first.axial == PhaseModel.NONE ? departure : axial - first.expectedAxial;
        boolean alike = Math.abs(departure - other) < ALIKE && Math.abs(departure) > SUSPICIOUS;
        return alike ? departure : Double.NaN;
    }

    private void begin(double kelvin, double basal, double axial) {
        model.withoutAreas();
        areas = 0;
        solver.begin();
        Arrays.fill(parameters, 0);
        Arrays.fill(held, true);
        Arrays.fill(held, 0, model.background.size, false);
        expectInstrument();
        for (int p = 0; p < model.phases.size(); p++) {
            PhaseModel phase = model.phases.get(p);
            phase.at(kelvin);
            phase.rigid = true;
            phase.drawn = false;
            held[phase.scale] = false;
            expectShape(p);
        }
        PhaseModel first = model.phases.getFirst();
        if (!Double.isNaN(basal)) {
            start(first, first.basal, basal);
        }
        if (!Double.isNaN(axial) && first.axial != PhaseModel.NONE) {
            start(first, first.axial, axial);
        }
    }

    /** An instrument that is not calibrated is not broader than the lines. */
    private void expectInstrument() {
        double narrow = Double.isNaN(optics.gaussDegrees()) ? widths.narrow() : Double.NaN;
        if (narrow > 0) {
            keptGauss = Math.clamp(keptGauss, NARROWEST * narrow, BROADEST * narrow);
            solver.bound(model.gauss, NARROWEST * narrow, BROADEST * narrow);
        } else {
            solver.bound(model.gauss, keptGauss / 3, 3 * keptGauss);
        }
        parameters[model.gauss] = keptGauss;
    }

    /** The shape that temperature and the frames before let expect. */
    private void expectShape(int p) {
        PhaseModel phase = model.phases.get(p);
        phase.drawn = false;
        start(phase, phase.basal, phase.expectedBasal + keptBasal[p]);
        if (phase.axial != PhaseModel.NONE) {
            start(phase, phase.axial, phase.expectedAxial + keptAxial[p]);
        }
        parameters[phase.size] = keptSize[p];
        solver.bound(phase.size, 0, LARGEST_SIZE);
        solver.expect(phase.size, keptSize[p], keptSize[p] + pattern.binWidth);
        if (phase.strain != PhaseModel.NONE) {
            parameters[phase.strain] = 0;
            solver.bound(phase.strain, 0, LARGEST_STRAIN);
        }
    }

    private void start(PhaseModel phase, int edge, double stretch) {
        double expected = edge == phase.basal ? phase.expectedBasal : phase.expectedAxial;
        parameters[edge] = stretch;
        solver.bound(
                edge, Math.min(stretch, expected) - LARGEST_STRETCH, Math.max(stretch, expected) + LARGEST_STRETCH);
        solver.expect(edge, stretch, EDGE_SCATTER);
    }

    private void readSignificance() {
        for (int p = 0; p < significance.length; p++) {
            int scale = model.phases.get(p).scale;
            if (!held[scale]) {
                double variance = solver.covariance(scale, scratch) * solver.inflation(held);
                significance[p] = parameters[scale] / Math.sqrt(variance);
            }
        }
    }

    /** No volume is negative by more than noise. */
    private void keepAbove() {
        for (int p = 0; p < significance.length; p++) {
            int scale = model.phases.get(p).scale;
            double sigma = Math.abs(parameters[scale] / significance[p]);
            double least = significance[p] < -NOISE ? 0 : -NOISE * sigma;
            solver.bound(scale, least, Double.POSITIVE_INFINITY);
            parameters[scale] = Math.max(least, parameters[scale]);
        }
    }

    /** Of a phase that had one in the frame before and is still there, and of the first when its cell is known. */
    private void freeShapes(boolean firstIsKnown) {
        for (int p = 0; p < significance.length; p++) {
            boolean known = p == 0 && firstIsKnown && significance[0] > VANISHED;
            boolean free = known || (shaped[p] && significance[p] > VANISHED);
            holdShape(model.phases.get(p), !free);
            shaped[p] = free;
        }
        if (significance.length > 0 && shaped[0] && significance[0] > STRONG) {
            freeAreas();
        }
        freeInstrument();
    }

    private void freeInstrument() {
        boolean any = false;
        for (boolean one : shaped) {
            any |= one;
        }
        held[model.gauss] = !any || !Double.isNaN(optics.gaussDegrees());
        held[model.displacement] = !any || !optics.flatPlate();
    }

    /** Frees what has come to stand out and holds what has vanished. Returns whether there was any. */
    private boolean changeShapes() {
        if (!solver.factorise(held)) {
            return false;
        }
        readSignificance();
        boolean any = false;
        for (int p = 0; p < significance.length; p++) {
            boolean free = significance[p] > (shaped[p] ? VANISHED : SHAPELY);
            if (p == 0 && free && areas == 0 && shaped[0] && significance[0] > STRONG) {
                any = true;
                freeAreas();
            } else if (free != shaped[p] && (p > 0 || areas == 0)) {
                any = true;
                shaped[p] = free;
                PhaseModel phase = model.phases.get(p);
                holdShape(phase, !free);
                expectShape(p);
            }
        }
        freeInstrument();
        return any;
    }

    private void holdShape(PhaseModel phase, boolean hold) {
        phase.rigid = hold;
        phase.drawn = false;
        held[phase.basal] = hold;
        held[phase.size] = hold;
        if (phase.axial != PhaseModel.NONE) {
            held[phase.axial] = hold;
        }
        if (phase.strain != PhaseModel.NONE) {
            held[phase.strain] = hold;
        }
    }

    /** Lines that stand nearer than half a width have one area together. */
    private void freeAreas() {
        PhaseModel phase = model.phases.getFirst();
        phase.place(parameters);
        phase.drawn = false;
        int line = 0;
        while (line < phase.q.length) {
            int last = line;
            if (pattern.binOf(phase.q[line]) >= 0) {
                double sum = phase.areaOf(line, parameters);
                while (last + 1 < phase.q.length
                        && phase.q[last + 1] - phase.q[last] < TOGETHER * parameters[model.gauss]) {
                    sum += phase.areaOf(++last, parameters);
                }
                own(phase, line, last, sum);
            }
            line = last + 1;
        }
        held[phase.scale] = true;
        solver.size(model.firstArea + areas);
    }

    private void own(PhaseModel phase, int first, int last, double sum) {
        int parameter = model.firstArea + areas++;
        for (int line = first; line <= last; line++) {
            phase.share[line] = phase.areaOf(line, parameters) / sum;
        }
        for (int line = first; line <= last; line++) {
            phase.area[line] = parameter;
        }
        parameters[parameter] = sum;
        held[parameter] = false;
        solver.bound(parameter, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        solver.expect(parameter, sum, LOOSE * sum);
    }

    /** Whether the descent came to rest. */
    public boolean converged() {
        return converged;
    }

    /** What the last fit found; the live object. */
    public FitResult result() {
        return result;
    }

    private void keep() {
        for (int p = 0; p < significance.length; p++) {
            PhaseModel phase = model.phases.get(p);
            if (!held[phase.size]) {
                keptBasal[p] = parameters[phase.basal] - phase.expectedBasal;
                keptAxial[p] = phase.axial == PhaseModel.NONE ? 0 : parameters[phase.axial] - phase.expectedAxial;
                keptSize[p] = Math.max(parameters[phase.size], LEAST_SIZE);
            }
        }
        unevenness += FORGETTING * (solver.unevennessSquare(held) - unevenness);
        keptGauss = held[model.gauss] ? keptGauss : parameters[model.gauss];
    }
}
