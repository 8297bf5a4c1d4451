package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;

/**
 * Share of the sample's lines of sight in the emptier of Otsu's two classes of filling (metal over that of an even ball of the same mass and
 * outline). It follows pores as they open and close; it is no volume fraction. Sigma is half of what the value changes by when the threshold
 * moves by the deviation within the classes to either side. NaN with NOISE_LIMITED when no hollows stand out of noise and outline. Below a {@link PorositySeparability} of 0.7 it carries THRESHOLD_DOMINATED.
 */
final class PorosityOtsu extends ImageMetric {
    static final String NAME = "porosity_otsu";

    /** Least separability at which the data, not the threshold, decide. */
    static final double SEPARATE = 0.7;

    private final PoreAnalysis pores;

    PorosityOtsu(PoreAnalysis pores) {
        super(NAME, "/");
        this.pores = pores;
    }

    @Override
    long look(FrameSlot slot) {
        return pores.look(slot);
    }

    @Override
    void compute(FrameSlot slot, int index) {
        double threshold = pores.otsu().threshold();
        if (Double.isNaN(threshold) || !pores.seesHollows()) {
            slot.metric(index, Double.NaN, Double.NaN, FrameFlag.NOISE_LIMITED.bit());
            return;
        }
        double deviation = pores.otsu().deviation();
        double sigma = (pores.shareBelow(threshold + deviation) - pores.shareBelow(threshold - deviation)) / 2;
        long dominated = pores.otsu().separability() < SEPARATE ? FrameFlag.THRESHOLD_DOMINATED.bit() : 0;
        slot.metric(
                index,
                pores.shareBelow(threshold),
                sigma,
                dominated | pores.analysis().remarks());
    }
}
