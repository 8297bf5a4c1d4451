package org.emberline.edge.metrics.diffraction;

import org.emberline.edge.metrics.pattern.NormalEquations;
import org.emberline.edge.metrics.phase.CrystalPhase;
import org.emberline.edge.metrics.phase.ReflectionFamily;
import org.emberline.edge.metrics.phase.StructureLines;
import org.emberline.edge.metrics.phase.StructureVariants;

/**
 * By how much the absolute disorder may be wrong because the structure is not known better: the intensities of each of
 * {@link StructureVariants} are read with the structure of the phase file, by what {@link JointIntensities} does without noise, and what that
 * says of the disorder beside the true one is squared and summed. At the energy of the beam; worked out once.
 */
final class DisorderSystematics {
    /** A sample to try it on: typical of a calcination. */
    private static final double DISORDER = 0.03;

    private static final double HEAT = 3.5;
    private static final double STEP = 1e-3;
    private static final int UNKNOWNS = 4;
    private static final double[] SCATTER = {1e3, 1e3, 0.2 * HEAT, 0.05};
    /** Share of the strongest line below which counting matters more than grains. */
    private static final double WEAK = 0.02;
    /** Relative scatter of a line of multiplicity 1; the result hardly depends on it. */
    private static final double UNEVEN = 0.02;

    private final CrystalPhase phase;
    private final StructureLines lines;
    private final double highestQ;
    private final double kev;
    private final double[] weight;

    /**
     * @param lines of the phase, up to at least {@code highestQ}
     * @param kev photon energy; NaN for none
     */
    DisorderSystematics(CrystalPhase phase, StructureLines lines, double highestQ, double kev) {
        this.phase = phase;
        this.lines = lines;
        this.highestQ = highestQ;
        this.kev = kev;
        weight = weights();
    }

    /** The sigma. */
    double sigma() {
        double squares = 0;
        for (CrystalPhase variant : StructureVariants.of(phase)) {
            double shift = shift(variant);
            squares += shift * shift;
        }
        return Math.sqrt(squares);
    }

    /** What the variant's intensities make of the disorder, less what it is. */
    double shift(CrystalPhase variant) {
        StructureLines other = StructureLines.upTo(1.01 * highestQ, 0, variant, kev);
        double[] there = strengths(other, DISORDER, HEAT);
        double[] here = strengths(lines, DISORDER, HEAT);
        double[] more = strengths(lines, DISORDER + STEP, HEAT);
        double[] hotter = strengths(lines, DISORDER, HEAT + STEP);
        NormalEquations equations = new NormalEquations(UNKNOWNS);
        equations.clear(UNKNOWNS);
        double[] row = new double[UNKNOWNS];
        for (int i = 0; i < here.length; i++) {
            ReflectionFamily family = lines.families().get(i);
            int same = other.lineOf(family.h(), family.k(), family.l());
            if (weight[i] > 0 && same >= 0) {
                row[0] = 1;
                row[1] = Math.log(more[i] / here[i]) / STEP;
                row[2] = Math.log(hotter[i] / here[i]) / STEP;
                double along = lines.axial(i) / (lines.basal(i) + lines.axial(i));
                row[3] = -1.5 * (2 * along - (1 - along));
                equations.add(row, Math.log(there[same] / here[i]), weight[i]);
            }
        }
        for (int k = 0; k < UNKNOWNS; k++) {
            equations.addProduct(k, k, 1 / (SCATTER[k] * SCATTER[k]));
        }
        double[] solution = new double[UNKNOWNS];
        if (!equations.factorise(0, new boolean[UNKNOWNS])) {
            return Double.NaN;
        }
        equations.solve(solution);
        return solution[1];
    }

    private static double[] strengths(StructureLines of, double disorder, double heat) {
        double[] strengths = new double[of.size()];
        of.strengths(CrystalPhase.REFERENCE_KELVIN, strengths);
        of.strengths(heat, disorder, strengths);
        return strengths;
    }

    /** By the scatter of grains, and less for lines that are weak. */
    private double[] weights() {
        double[] heights = strengths(lines, DISORDER, HEAT);
        double strongest = 0;
        for (int i = 0; i < heights.length; i++) {
            heights[i] /= lines.basal(i) + lines.axial(i);
            strongest = Math.max(strongest, heights[i]);
        }
        double limit = Math.pow(highestQ / (2 * Math.PI), 2);
        for (int i = 0; i < heights.length; i++) {
            boolean inside = lines.basal(i) + lines.axial(i) < limit;
            double weak = WEAK * strongest / heights[i];
            heights[i] = inside ? lines.multiplicity(i) / (UNEVEN * UNEVEN * (1 + weak * weak)) : 0;
        }
        return heights;
    }
}
