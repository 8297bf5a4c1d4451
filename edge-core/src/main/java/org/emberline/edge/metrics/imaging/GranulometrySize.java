package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;

/**
 * Companion of {@link ImageGrainSize} that has nothing to do with autocorrelation: median diameter, by thickness, of the places where the
 * metal is thicker than the even ball, by openings with discs; metres. It reads smaller, since it sees the tops of grains only.
 *
 * <p>Sigma is half the step from one disc to the next. NaN with NOISE_LIMITED when the unevenness is not twice its noise after
 * smoothing, or the largest disc leaves more than half.
 */
final class GranulometrySize extends ImageMetric {
    static final String NAME = "image_grain_size_granulometry";

    private static final double METRES = 1e-6;

    private final ImageAnalysis analysis;
    private final Texture texture;
    private final Relief relief;

    GranulometrySize(ImageAnalysis analysis, Texture texture) {
        super(NAME, "m");
        this.analysis = analysis;
        this.texture = texture;
        relief = new Relief(analysis.shape());
    }

    @Override
    long look(FrameSlot slot) {
        return texture.look(analysis, slot);
    }

    @Override
    void compute(FrameSlot slot, int index) {
        boolean seen = relief.open(texture.fluctuation(), 1, analysis.metalNoise(), analysis.ballMisfit());
        double diameter = seen ? relief.quantile(0.5) : Double.NaN;
        if (Double.isNaN(diameter)) {
            slot.metric(index, Double.NaN, Double.NaN, FrameFlag.NOISE_LIMITED.bit() | analysis.remarks());
            return;
        }
        double metres = analysis.pixelMicrometres() * METRES;
        slot.metric(index, diameter * metres, relief.halfStep(diameter) * metres, analysis.remarks());
    }
}
