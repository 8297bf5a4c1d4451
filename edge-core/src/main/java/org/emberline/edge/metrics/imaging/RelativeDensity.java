package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;

/**
 * Density of the envelope over that of the run's first set, {@code (M / M0) (A0 / A)^(3/2)} with A the area of the outline's convex hull:
 * free of the coefficients of absorption. NaN with REFERENCE_MISSING in the first set itself.
 */
final class RelativeDensity extends ImageMetric {
    static final String NAME = "relative_density";

    private final ImageAnalysis analysis;

    RelativeDensity(ImageAnalysis analysis) {
        super(NAME, "/");
        this.analysis = analysis;
    }

    @Override
    long look(FrameSlot slot) {
        long trouble = analysis.look(slot);
        return trouble == 0 && analysis.reference().isFirst() ? FrameFlag.REFERENCE_MISSING.bit() : trouble;
    }

    @Override
    void compute(FrameSlot slot, int index) {
        Reference reference = analysis.reference();
        double radius = analysis.outline().equalRadius();
        double shrunk = reference.radius() / radius;
        double density = analysis.mass() / reference.mass() * shrunk * shrunk * shrunk;
        double masses = Math.hypot(analysis.massSigma() / analysis.mass(), reference.massSigma() / reference.mass());
        double outlines = 3 * Porosity.OUTLINE_PIXELS * Math.hypot(1 / radius, 1 / reference.radius());
        slot.metric(index, density, density * Math.hypot(masses, outlines), analysis.remarks());
    }
}
