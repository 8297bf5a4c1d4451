package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;

/**
 * Grain size from the metal's autocorrelation, metres: D = {@value #DIAMETERS} r_half, r_half where the autocorrelation of the thickness,
 * less its mean over squares of 4 r_half to each side, falls to a half. The factor holds for projected overlapping balls with that local
 * mean; without it, it would be 2.55. With few grains in the sample the size differs from their mean as any sample of few does; sigma
 * does not hold that.
 *
 * <p>NaN with NOISE_LIMITED when the metal is no more uneven than its noise: a dense ball shows no grains.
 */
final class ImageGrainSize extends ImageMetric {
    static final String NAME = "image_grain_size";

    /** Grain diameter over half radius, with the local mean of {@link Texture#WINDOW} half radii taken off. */
    static final double DIAMETERS = 4.4;

    /** Least variance of the texture in units of the noise of its autocorrelation. */
    private static final double DETECTED = 5;
    /** Seen with the twin: how well the half radius is found, relative, without noise and for noise as strong as the texture. */
    private static final double OF_VALUE = 0.05;

    private static final double OF_NOISE = 0.015;
    private static final double METRES = 1e-6;

    private final ImageAnalysis analysis;
    private final Texture texture;

    ImageGrainSize(ImageAnalysis analysis, Texture texture) {
        super(NAME, "m");
        this.analysis = analysis;
        this.texture = texture;
    }

    @Override
    public String definition() {
        return "image_grain_size.local-autocorrelation/1";
    }

    @Override
    long look(FrameSlot slot) {
        return texture.look(analysis, slot);
    }

    @Override
    void compute(FrameSlot slot, int index) {
        texture.correlate(analysis.outline().equalRadius());
        double noise = analysis.metalNoise() * analysis.metalNoise();
        boolean seen = texture.variance() > DETECTED * noise / Math.sqrt(4.0 * texture.pixels());
        if (!seen || Double.isNaN(texture.halfRadius())) {
            slot.metric(index, Double.NaN, Double.NaN, FrameFlag.NOISE_LIMITED.bit() | analysis.remarks());
            return;
        }
        double size = DIAMETERS * texture.halfRadius() * analysis.pixelMicrometres() * METRES;
        double relative = Math.hypot(OF_VALUE, OF_NOISE * noise / texture.variance());
        slot.metric(index, size, size * relative, analysis.remarks());
    }
}
