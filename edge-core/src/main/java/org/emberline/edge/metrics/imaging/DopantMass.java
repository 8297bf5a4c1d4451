package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameSlot;

/**
 * Dopant in the field, kilograms: its areal mass summed over the sample. Sigma is noise, that of the zero included, and 3 % for what blur and
 * a porous metal do to it; not in it are the 5 to 10 % by which the coefficients at an edge's white line may be wrong. NaN with NOISE_LIMITED below five of its standard deviations.
 */
final class DopantMass extends ImageMetric {
    static final String NAME = "dopant_mass";

    /** ug/cm2 times um2 in kg. */
    private static final double KILOGRAMS = 1e-9 * 1e-8;

    /** Seen with the twin. */
    private static final double OF_VALUE = 0.03;

    private final ImageAnalysis analysis;
    private final DopantAnalysis dopant;

    DopantMass(ImageAnalysis analysis, DopantAnalysis dopant) {
        super(NAME, "kg");
        this.analysis = analysis;
        this.dopant = dopant;
    }

    @Override
    long look(FrameSlot slot) {
        return dopant.look(slot);
    }

    @Override
    void compute(FrameSlot slot, int index) {
        double area = analysis.pixelMicrometres() * analysis.pixelMicrometres();
        double sigma = Math.hypot(dopant.totalSigma(), OF_VALUE * dopant.total());
        slot.metric(index, dopant.total() * area * KILOGRAMS, sigma * area * KILOGRAMS, 0);
    }
}
