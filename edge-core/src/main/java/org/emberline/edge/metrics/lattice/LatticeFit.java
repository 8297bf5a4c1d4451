package org.emberline.edge.metrics.lattice;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.metrics.pattern.Pattern;
import org.emberline.edge.metrics.phase.CrystalSystem;
import org.emberline.edge.metrics.phase.Phase;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.Reduction;

/**
 * The cell of one phase from one frame's pattern, shared by the metrics that read it and run once per frame. Every frame is fitted
 * afresh: the result does not depend on the frames before.
 *
 * <ol>
 *   <li>scan of a and c/a over the phase's ranges for the cell whose reflections stand on significant peaks;
 *   <li>fit of each reflection, or each group of near ones, in a window around where that cell puts it;
 *   <li>weighted linear least squares for (1/a², 1/c²), without reflections that contradict the rest;
 *   <li>twice more from 2, with windows placed by the refined cell.
 * </ol>
 *
 * <p>No cell: REFLECTIONS_MISSING when the significant reflections are fewer than the cell needs or carry less than
 * {@link #LEAST_SHARE} of the intensity that the phase file expects on the axis; FIT_FAILED when they are there but do not agree
 * on a cell within the phase's ranges, or when their fits did not converge. Both also stand for a pattern without any usable bin.
 */
public final class LatticeFit {
    /**
     * A phase of which less is seen than this is not seen. At one half, 3 of 3000 random forests of 14 strong lines were taken for
     * the layered oxide; at two thirds the strongest reflections must be there, and some of the others.
     */
    static final double LEAST_SHARE = 2.0 / 3;

    private static final int PASSES = 3;
    private static final double ROUGH = 1e-2;
    private static final double FINE = 1e-9;

    private final Phase phase;
    private final Pattern pattern;
    private final SignificanceMap map;
    private final CellScan scan;
    private final PeakTable table;
    private final PeakFits fits;
    private final CellSolver solver;
    private final Cell cell = new Cell();

    public LatticeFit(Phase phase, RadialAxis axis) {
        this.phase = phase;
        pattern = new Pattern(axis);
        map = new SignificanceMap(axis.bins());
        scan = new CellScan(phase, pattern);
        table = new PeakTable(phase);
        fits = new PeakFits(table, pattern);
        solver = new CellSolver(table, phase.system());
    }

    /** The reflections of the last fit. */
    public PeakTable reflections() {
        return table;
    }

    /** Fits; the result stays until the next call. */
    public Cell fit(Reduction reduction) {
        cell.flags = 0;
        if (pattern.load(reduction) == 0) {
            cell.none(FrameFlag.REFLECTIONS_MISSING.bit());
            return cell;
        }
        map.compute(pattern);
        scan.scan(pattern, map, cell);
        fits.begin(pattern, map, cell);
        for (int pass = 0; pass < PASSES && cell.flags == 0; pass++) {
            refine(pass == PASSES - 1 ? FINE : ROUGH);
        }
        if (cell.flags != 0) {
            cell.none(cell.flags);
        }
        return cell;
    }

    private void refine(double tolerance) {
        boolean converged = fits.pass(pattern, cell, tolerance);
        if (!isSeen(table.found)) {
            cell.flags = converged ? FrameFlag.REFLECTIONS_MISSING.bit() : FrameFlag.FIT_FAILED.bit();
        } else if (!solver.solve(cell) || !isSeen(solver.used()) || !isOfThePhase()) {
            cell.flags = FrameFlag.FIT_FAILED.bit();
        }
    }

    private boolean isSeen(boolean[] marked) {
        return PeakTable.count(marked) >= phase.system().minimumReflections() && table.share(marked) >= LEAST_SHARE;
    }

    private boolean isOfThePhase() {
        double scale = cell.a / phase.aAngstrom();
        double ratio = cell.c / cell.a / CellScan.startRatio(phase);
        return phase.scaleRange().holds(scale)
                && (phase.system() == CrystalSystem.CUBIC || phase.cOverARange().holds(ratio));
    }
}
