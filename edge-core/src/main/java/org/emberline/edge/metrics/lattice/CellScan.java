package org.emberline.edge.metrics.lattice;

import org.emberline.edge.metrics.pattern.Pattern;
import org.emberline.edge.metrics.phase.CrystalSystem;
import org.emberline.edge.metrics.phase.Phase;

/**
 * Finds the cell to start from without knowing the temperature: tries every (a, c/a) of the phase's ranges on a grid of about one
 * bin and takes the one whose reflections stand on the most significant peaks. The score is a sum of logarithms,
 * {@link SignificanceMap#score}: many reflections found weigh more than one that happens to lie on a strong foreign peak.
 */
final class CellScan {
    /** Grid steps, as multiples of the cell, however fine or coarse the bins are. */
    private static final double FINEST_STEP = 4e-4;

    private static final double COARSEST_STEP = 2e-3;

    private final Phase phase;
    private final double[] basal;
    private final double[] axial;
    private final double[] score;
    private final double startQ;
    private final double step;

    CellScan(Phase phase, Pattern pattern) {
        this.phase = phase;
        int n = phase.reflections().size();
        basal = new double[n];
        axial = new double[n];
        score = new double[pattern.bins];
        double topQ = 0;
        double cOverA = startRatio(phase);
        for (int i = 0; i < n; i++) {
            basal[i] = phase.basal(i);
            axial[i] = phase.axial(i) / (cOverA * cOverA);
            double q = 2 * Math.PI * Math.sqrt(basal[i] + axial[i]) / phase.aAngstrom();
            topQ = Math.max(topQ, Math.min(q, pattern.centre(pattern.bins - 1)));
        }
        startQ = 2 * Math.PI / phase.aAngstrom();
        step = Math.clamp(pattern.binWidth / topQ, FINEST_STEP, COARSEST_STEP);
    }

    static double startRatio(Phase phase) {
        return phase.system() == CrystalSystem.CUBIC ? 1 : phase.cAngstrom() / phase.aAngstrom();
    }

    /** Writes the best a and c; there is always one, however poor. */
    void scan(Pattern pattern, SignificanceMap map, Cell cell) {
        for (int i = 0; i < pattern.bins; i++) {
            score[i] = map.score(i);
        }
        double bestScore = -1;
        double bestScale = 1;
        double bestRatio = 1;
        Phase.Range ratios = phase.cOverARange();
        Phase.Range scales = phase.scaleRange();
        int ratioSteps = (int) Math.ceil((ratios.upper() - ratios.lower()) / step);
        int scaleSteps = (int) Math.ceil((scales.upper() - scales.lower()) / step);
        for (int r = 0; r <= ratioSteps; r++) {
            double ratio = Math.min(ratios.upper(), ratios.lower() + r * step);
            for (int s = 0; s <= scaleSteps; s++) {
                double scale = Math.min(scales.upper(), scales.lower() + s * step);
                double here = score(pattern, scale, ratio);
                if (here > bestScore) {
                    bestScore = here;
                    bestScale = scale;
                    bestRatio = ratio;
                }
            }
        }
        cell.a = phase.aAngstrom() * bestScale;
        cell.c = cell.a * startRatio(phase) * bestRatio;
    }

    private double score(Pattern pattern, double scale, double ratio) {
        double perScale = startQ / scale;
        double perRatio = 1 / (ratio * ratio);
        double sum = 0;
        for (int i = 0; i < basal.length; i++) {
            int bin = pattern.binOf(perScale * Math.sqrt(basal[i] + axial[i] * perRatio));
            if (bin >= 0) {
                sum += score[bin];
            }
        }
        return sum;
    }
}
