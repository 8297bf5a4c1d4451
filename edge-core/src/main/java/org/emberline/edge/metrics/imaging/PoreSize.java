package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;

/**
 * Diameter of the pores, metres: below it lies that part of the metal missing against an even ball, by openings with discs. What a projection
 * shows are hollows of low density; those that overlap along the beam count as one. Sigma is half the step from one disc to the next.
 *
 * <p>NaN with NOISE_LIMITED when hollows do not stand out of the noise, or the quantile lies below the two pixels under which nothing is
 * resolved or above the largest disc.
 */
final class PoreSize extends ImageMetric {
    static final String D50 = "pore_size";
    static final String D10 = "pore_size_d10";
    static final String D90 = "pore_size_d90";

    private static final double RESOLVED_PIXELS = 2;
    private static final double METRES = 1e-6;

    private final double part;
    private final PoreAnalysis pores;

    PoreSize(String name, double part, PoreAnalysis pores) {
        super(name, "m");
        this.part = part;
        this.pores = pores;
    }

    @Override
    public String definition() {
        return name() + ".granulometry/1";
    }

    @Override
    long look(FrameSlot slot) {
        return pores.look(slot);
    }

    @Override
    void compute(FrameSlot slot, int index) {
        double pixels = pores.seesHollows() ? pores.relief().quantile(part) : Double.NaN;
        long remarks = pores.analysis().remarks();
        if (!(pixels >= RESOLVED_PIXELS * pores.relief().factor())) {
            slot.metric(index, Double.NaN, Double.NaN, FrameFlag.NOISE_LIMITED.bit() | remarks);
            return;
        }
        double metres = pores.analysis().pixelMicrometres() * METRES;
        slot.metric(index, pixels * metres, pores.relief().halfStep(pixels) * metres, remarks);
    }
}
