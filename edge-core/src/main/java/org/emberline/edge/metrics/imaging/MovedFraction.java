package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;

/**
 * Which part of the metal is elsewhere than in the run's first set: half the sum of |m - m0| over the sum of m0, in squares of 4 pixels,
 * after the sample was laid over its reference. Noise moves metal, too: its variance is taken off every square, and {@link
 * MovedFractionFloor} tells how much it was. What moves within a square or along the beam is not seen.
 *
 * <p>Below twice the floor it carries NOISE_LIMITED; NaN with MASS_NOT_CONSERVED when metal came or went, and with REFERENCE_MISSING in the
 * first set itself.
 */
final class MovedFraction extends ImageMetric {
    static final String NAME = "moved_fraction";

    /** Seen with the twin: what squares and the sample's own edge add, as a share of the value and of the floor. */
    private static final double OF_VALUE = 0.03;

    private static final double OF_FLOOR = 0.1;

    private final ImageAnalysis analysis;

    MovedFraction(ImageAnalysis analysis) {
        super(NAME, "/");
        this.analysis = analysis;
    }

    @Override
    long look(FrameSlot slot) {
        return lookForReference(analysis, slot);
    }

    /** As the analysis says; REFERENCE_MISSING in the first set, MASS_NOT_CONSERVED when metal came or went. */
    static long lookForReference(ImageAnalysis analysis, FrameSlot slot) {
        long trouble = analysis.look(slot);
        if (trouble != 0) {
            return trouble;
        }
        return analysis.reference().isFirst() ? FrameFlag.REFERENCE_MISSING.bit() : MassConservation.lost(analysis);
    }

    @Override
    void compute(FrameSlot slot, int index) {
        Reference reference = analysis.reference();
        double value = reference.moved();
        // Each of N squares contributes a noise of about 0.6 sigma after its floor is taken off.
        double counting = reference.floor() / Math.sqrt(Math.max(1, reference.squares()));
        double sigma = Math.hypot(Math.hypot(OF_VALUE * value, OF_FLOOR * reference.floor()), counting);
        long limited = reference.rawMoved() < 2 * reference.floor() ? FrameFlag.NOISE_LIMITED.bit() : 0;
        slot.metric(index, value, sigma, limited | analysis.remarks());
    }
}
