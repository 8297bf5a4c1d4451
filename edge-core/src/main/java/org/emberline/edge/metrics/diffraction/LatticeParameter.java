package org.emberline.edge.metrics.diffraction;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.lattice.Cell;
import org.emberline.edge.metrics.lattice.LatticeFit;

/**
 * One cell edge of the run's phase, in <b>ångström</b>. {@link #unit} is empty because SenML knows the metre only, and nobody reads
 * a cell in metres.
 *
 * <p>NaN with CORRUPT, SATURATED, REFLECTIONS_MISSING or FIT_FAILED; see {@link LatticeFit}. Up to
 * {@link #TOLERATED_SATURATED_FRACTION} of saturated pixels the value stands, with the flag: one hot pixel must not blank a run,
 * and so few clipped pixels cannot move a ring that thousands of others share.
 */
public final class LatticeParameter implements Metric {
    static final String A = "lattice_a";
    static final String C = "lattice_c";

    /** From this share of saturated pixels on, rings may be clipped and no cell is given. */
    static final double TOLERATED_SATURATED_FRACTION = 1e-4;

    private final String name;
    private final LatticeFit fit;
    private final boolean isA;

    private LatticeParameter(String name, LatticeFit fit, boolean isA) {
        this.name = name;
        this.fit = fit;
        this.isA = isA;
    }

    static LatticeParameter a(LatticeFit fit) {
        return new LatticeParameter(A, fit, true);
    }

    static LatticeParameter c(LatticeFit fit) {
        return new LatticeParameter(C, fit, false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public void measure(FrameSlot slot, int index) {
        if (!Saturation.isReadable(slot)) {
            slot.metric(index, Double.NaN, Double.NaN, FrameFlag.CORRUPT.bit());
            return;
        }
        long saturated = Saturation.flags(slot);
        if (Saturation.fraction(slot) >= TOLERATED_SATURATED_FRACTION) {
            slot.metric(index, Double.NaN, Double.NaN, saturated);
            return;
        }
        Cell cell = fit.cell(slot.reduction(), slot.frameIndex, isA);
        double value = isA ? cell.a : cell.c;
        double sigma = isA ? cell.sigmaA : cell.sigmaC;
        slot.metric(index, value, sigma, cell.flags | saturated);
    }
}
