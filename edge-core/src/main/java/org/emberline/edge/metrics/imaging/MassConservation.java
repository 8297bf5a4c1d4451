package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;

/**
 * Metal in the field over that of the run's first set, 1 while nothing enters or leaves. Beyond {@value #TOLERATED} of 1 it carries
 * MASS_NOT_CONSERVED, as does everything that relies on it. NaN with REFERENCE_MISSING in the first set itself.
 */
final class MassConservation extends ImageMetric {
    static final String NAME = "mass_conservation";

    /** More than gas takes away at an energy where the metal absorbs most. */
    static final double TOLERATED = 0.03;

    private final ImageAnalysis analysis;

    MassConservation(ImageAnalysis analysis) {
        super(NAME, "/");
        this.analysis = analysis;
    }

    @Override
    long look(FrameSlot slot) {
        long trouble = analysis.look(slot);
        return trouble == 0 && analysis.reference().isFirst() ? FrameFlag.REFERENCE_MISSING.bit() : trouble;
    }

    @Override
    void compute(FrameSlot slot, int index) {
        Reference reference = analysis.reference();
        double ratio = analysis.mass() / reference.mass();
        double sigma =
                ratio * Math.hypot(analysis.massSigma() / analysis.mass(), reference.massSigma() / reference.mass());
        slot.metric(index, ratio, sigma, analysis.remarks() | lost(analysis));
    }

    /** MASS_NOT_CONSERVED, or 0. */
    static long lost(ImageAnalysis analysis) {
        boolean conserved = Math.abs(analysis.mass() / analysis.reference().mass() - 1) <= TOLERATED;
        return conserved ? 0 : FrameFlag.MASS_NOT_CONSERVED.bit();
    }
}
