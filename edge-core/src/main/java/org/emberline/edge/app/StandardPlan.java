package org.emberline.edge.app;

import org.emberline.gpu.Corrections;
import org.emberline.gpu.Detector;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.Geometry;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Sectors;
import org.emberline.gpu.Splitting;
import org.emberline.gpu.Timing;

/** What devices are timed on when no run says better: a 16-bit panel of a megapixel, centred, 1000 bins. */
final class StandardPlan {
    private static final int SIDE = 1024;
    private static final double PIXEL = 75e-6;

    static final IntegrationPlan PLAN = plan();

    private StandardPlan() {}

    private static IntegrationPlan plan() {
        Detector detector = new Detector("standard", SIDE, SIDE, PIXEL, PIXEL, 3);
        double centre = SIDE / 2.0 * PIXEL;
        return new IntegrationPlan(
                new Geometry(detector, 0.2, centre, centre, 0, 0, 0, 1e-10),
                PixelFormat.U16,
                false,
                new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 1000, 0, 1.5e3 * centre),
                Splitting.NO,
                Corrections.SOLID_ANGLE,
                ErrorModel.POISSON,
                PixelRules.GAPS_NEGATIVE,
                Sectors.NONE);
    }

    static double megapixelsPerSecond(Timing timing) {
        return SIDE * SIDE / (timing.milliseconds() * 1e3);
    }
}
