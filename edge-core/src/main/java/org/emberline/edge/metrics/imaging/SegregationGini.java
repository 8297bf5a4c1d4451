package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;

/**
 * Gini's coefficient of the dopant in squares of {@value DopantAnalysis#SQUARE} pixels over the sample: 0 when all have the same, towards 1
 * when one has everything. Noise makes any map uneven: its variance is taken off the difference of every pair of squares.
 *
 * <p>Sigma is that of the differences' noise. NaN with NOISE_LIMITED when no pair differs by more.
 */
final class SegregationGini extends ImageMetric {
    static final String NAME = "segregation_gini";

    /** Seen with the twin: what is left of a square's noise over the mean. */
    private static final double OF_NOISE = 0.15;

    private final DopantAnalysis dopant;

    SegregationGini(DopantAnalysis dopant) {
        super(NAME, "/");
        this.dopant = dopant;
    }

    @Override
    long look(FrameSlot slot) {
        return dopant.look(slot);
    }

    @Override
    void compute(FrameSlot slot, int index) {
        double gini = dopant.gini();
        if (!(gini > 0)) {
            slot.metric(index, Double.NaN, Double.NaN, FrameFlag.NOISE_LIMITED.bit());
            return;
        }
        double noise = dopant.squareNoise() / dopant.squareMean();
        slot.metric(index, gini, OF_NOISE * noise, 0);
    }
}
