package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;

/**
 * Moran's I of the dopant in squares of {@value DopantAnalysis#SQUARE} pixels over the sample, eight neighbours: towards 1 when like lies
 * beside like, -1/(N-1) without pattern. Noise has no pattern but adds to the variance by which I is divided, so I is multiplied
 * with variance over variance less noise.
 *
 * <p>Sigma is that of I without pattern, about 1 / sqrt(4 N), times the same. NaN with NOISE_LIMITED when the squares vary no more than
 * noise.
 */
final class SegregationMoransI extends ImageMetric {
    static final String NAME = "segregation_morans_i";

    private final DopantAnalysis dopant;

    SegregationMoransI(DopantAnalysis dopant) {
        super(NAME, "/");
        this.dopant = dopant;
    }

    @Override
    long look(FrameSlot slot) {
        return dopant.look(slot);
    }

    @Override
    void compute(FrameSlot slot, int index) {
        double noise = dopant.squareNoise() * dopant.squareNoise();
        double clean = dopant.squareVariance() - noise;
        if (!(clean > noise / Math.sqrt(dopant.squareCount()))) {
            slot.metric(index, Double.NaN, Double.NaN, FrameFlag.NOISE_LIMITED.bit());
            return;
        }
        double factor = dopant.squareVariance() / clean;
        slot.metric(index, dopant.moran() * factor, factor / Math.sqrt(4.0 * dopant.squareCount()), 0);
    }
}
