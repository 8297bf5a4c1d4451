package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameSlot;

/** What {@link MovedFraction} would show of noise alone had it not been taken off: {@code sqrt(2/pi) sigma N / (2 sum of m0)}. */
final class MovedFractionFloor extends ImageMetric {
    static final String NAME = "moved_fraction_floor";

    private final ImageAnalysis analysis;

    MovedFractionFloor(ImageAnalysis analysis) {
        super(NAME, "/");
        this.analysis = analysis;
    }

    @Override
    long look(FrameSlot slot) {
        return MovedFraction.lookForReference(analysis, slot);
    }

    @Override
    void compute(FrameSlot slot, int index) {
        Reference reference = analysis.reference();
        double relative = 1 / Math.sqrt(2.0 * Math.max(1, reference.squares()));
        slot.metric(index, reference.floor(), relative * reference.floor(), analysis.remarks());
    }
}
