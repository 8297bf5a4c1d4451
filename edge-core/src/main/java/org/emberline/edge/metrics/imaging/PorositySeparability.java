package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;

/**
 * Otsu's eta of {@link PorosityOtsu}, variance between the classes over all variance, 0 to 1: a normal distribution has 0.64. A description of
 * this frame, so it has no sigma (NaN).
 */
final class PorositySeparability extends ImageMetric {
    static final String NAME = "porosity_separability";

    private final PoreAnalysis pores;

    PorositySeparability(PoreAnalysis pores) {
        super(NAME, "/");
        this.pores = pores;
    }

    @Override
    long look(FrameSlot slot) {
        return pores.look(slot);
    }

    @Override
    void compute(FrameSlot slot, int index) {
        double separability = pores.otsu().separability();
        long flags = Double.isNaN(separability) ? FrameFlag.NOISE_LIMITED.bit() : 0;
        slot.metric(index, separability, Double.NaN, flags | pores.analysis().remarks());
    }
}
