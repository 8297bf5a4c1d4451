package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;

/**
 * Share of the boundaries ({@link BoundaryZone}) where the dopant, smoothed by {@value BoundaryZone#WIDTH} pixels, stands three standard
 * deviations above the interior's mean. Films thinner than that are not seen, so it is a lower bound. Sigma is binomial over patches
 * as large as the smoothing.
 *
 * <p>NaN with NOISE_LIMITED when no boundaries stand out of the metal's noise.
 */
final class WettedBoundary extends ImageMetric {
    static final String NAME = "wetted_boundary";

    private static final double ABOVE = 3;
    private static final double PATCH = 4 * Math.PI * BoundaryZone.WIDTH * BoundaryZone.WIDTH;

    private final ImageAnalysis analysis;
    private final DopantAnalysis dopant;

    WettedBoundary(ImageAnalysis analysis, DopantAnalysis dopant) {
        super(NAME, "/");
        this.analysis = analysis;
        this.dopant = dopant;
    }

    @Override
    long look(FrameSlot slot) {
        return dopant.look(slot);
    }

    @Override
    void compute(FrameSlot slot, int index) {
        if (!dopant.seesBoundaries()) {
            slot.metric(index, Double.NaN, Double.NaN, FrameFlag.NOISE_LIMITED.bit());
            return;
        }
        BoundaryZone zone = dopant.zone();
        double threshold = zone.interiorMean() + ABOVE * analysis.dopantNoise() * BoundaryZone.noiseLeft();
        float[] relief = zone.relief();
        int wet = 0;
        for (int i = 0; i < relief.length; i++) {
            wet += relief[i] < 0 && zone.smoothDopant()[i] > threshold ? 1 : 0;
        }
        double share = (double) wet / zone.boundaryPixels();
        double patches = zone.boundaryPixels() / PATCH;
        double sigma = Math.sqrt(share * (1 - share) / patches + 1 / (4 * patches * patches)) / (1 + 1 / patches);
        slot.metric(index, share, sigma, 0);
    }
}
