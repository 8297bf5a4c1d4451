package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;

/**
 * Grain size from the metal's autocorrelation, metres: D = {@value #DIAMETERS} r_half, r_half where the autocorrelation of the thickness,
 * less an even ball's and less its mean over squares of 0.7 radii to each side, falls to a half. Without that local mean the factor would
 * be 2.55; in agglomerates three to ten grains across it takes a quarter off the half radius. With few grains in the sample the size differs
 * from their mean as any sample of few does, which sigma does not hold.
 *
 * <p>NaN with NOISE_LIMITED when the unevenness is too weak against the noise, or finer than the camera resolves: a dense ball shows no
 * grains.
 */
final class ImageGrainSize extends ImageMetric {
    static final String NAME = "image_grain_size";

    /** Grain diameter over half radius. */
    static final double DIAMETERS = 3.4;

    /** Least variance of the unevenness, in units of that of a pixel's noise. */
    private static final double DETECTED = 0.25;
    /** Least half radius, pixels. */
    private static final double RESOLVED = 1.5;
    /** Seen with the twin: how well the half radius is found, relative, without noise and for noise as strong as the unevenness. */
    private static final double OF_VALUE = 0.029;

    private static final double OF_NOISE = 0.027;
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
        boolean seen = texture.variance() > DETECTED * noise && texture.halfRadius() > RESOLVED;
        if (!seen) {
            slot.metric(index, Double.NaN, Double.NaN, FrameFlag.NOISE_LIMITED.bit() | analysis.remarks());
            return;
        }
        double size = DIAMETERS * texture.halfRadius() * analysis.pixelMicrometres() * METRES;
        double relative = Math.hypot(OF_VALUE, OF_NOISE * noise / texture.variance());
        slot.metric(index, size, size * relative, analysis.remarks());
    }
}
