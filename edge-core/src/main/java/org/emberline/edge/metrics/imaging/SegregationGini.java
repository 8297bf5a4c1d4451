package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;

/**
 * Gini's coefficient of the dopant in squares of {@value DopantAnalysis#SQUARE} pixels over the sample: 0 when all have the same, towards 1
 * when one has everything. Noise alone gives sigma / (sqrt(pi) mean); its square is taken off, which is exact when both are normal.
 *
 * <p>NaN with NOISE_LIMITED when nothing is left.
 */
final class SegregationGini extends ImageMetric {
    static final String NAME = "segregation_gini";

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
        double noise = dopant.squareNoise() / dopant.squareMean() / Math.sqrt(Math.PI);
        double clean = dopant.gini() * dopant.gini() - noise * noise;
        double counting = noise / Math.sqrt(dopant.squareCount());
        if (!(clean > counting * counting)) {
            slot.metric(index, Double.NaN, Double.NaN, FrameFlag.NOISE_LIMITED.bit());
            return;
        }
        double gini = Math.sqrt(clean);
        // The noise taken off is known to a tenth, and where dopant lies in few squares it is not normal.
        slot.metric(index, gini, Math.hypot(counting, 0.1 * noise * noise / gini), 0);
    }
}
