package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;

/**
 * Mean dopant at the grains' boundaries over that in their interior: 1 where it is spread evenly, above where it gathers at boundaries. In a
 * projection boundaries are where the metal is thinner than around ({@link BoundaryZone}); several grains along the beam, blur and
 * noise draw the ratio towards 1.
 *
 * <p>Sigma holds the dopant's noise and that of the metal, which puts pixels on the wrong side. NaN with NOISE_LIMITED when no boundaries
 * stand out, when there is no dopant to be seen, or when sigma is more than a fifth of the value.
 */
final class Segregation extends ImageMetric {
    static final String NAME = "segregation";

    private static final double DETECTED = 5;

    private final DopantAnalysis dopant;

    Segregation(DopantAnalysis dopant) {
        super(NAME, "/");
        this.dopant = dopant;
    }

    @Override
    public String definition() {
        return "segregation.thin-over-thick/1";
    }

    @Override
    long look(FrameSlot slot) {
        return dopant.look(slot);
    }

    @Override
    void compute(FrameSlot slot, int index) {
        double relative = Math.sqrt(dopant.ratioVariance());
        if (!dopant.seesBoundaries() || !(relative * DETECTED < 1)) {
            slot.metric(index, Double.NaN, Double.NaN, FrameFlag.NOISE_LIMITED.bit());
            return;
        }
        double ratio = dopant.zone().boundaryMean() / dopant.zone().interiorMean();
        slot.metric(index, ratio, ratio * relative, 0);
    }
}
