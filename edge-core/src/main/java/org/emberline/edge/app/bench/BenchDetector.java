package org.emberline.edge.app.bench;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.emberline.gpu.AzimuthalAxis;
import org.emberline.gpu.Corrections;
import org.emberline.gpu.Detector;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.Geometry;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialRange;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Ring;
import org.emberline.gpu.Sectors;

/**
 * A detector with everything that has to be corrected: tilted, with dark, flat and a mask of 1 %, solid angle and polarisation. Each
 * correction changes the pattern by a percent or more, so that a program that left one out would be found out.
 */
final class BenchDetector {
    /** The 75 um of the detectors that the default shape belongs to. */
    private static final double PIXEL_METRES = 75e-6;

    private static final double WAVELENGTH_METRES = 2e-11;
    private static final double ROT1 = 0.02;
    private static final double ROT2 = -0.015;
    private static final double POLARIZATION = 0.99;
    private static final double MASKED = 0.01;
    private static final long SEED = 20251;
    private static final int RINGS = 5;

    private final ReduceSettings settings;
    private final Geometry geometry;
    private final Corrections corrections;
    private final RadialAxis axis;

    BenchDetector(ReduceSettings settings) {
        this.settings = settings;
        int rows = settings.rows();
        int columns = settings.columns();
        // As far away as the detector is wide, so that any shape sees the same angles.
        geometry = new Geometry(
                new Detector("Detector", rows, columns, PIXEL_METRES, PIXEL_METRES, 3),
                PIXEL_METRES * Math.max(rows, columns),
                0.49 * rows * PIXEL_METRES,
                0.52 * columns * PIXEL_METRES,
                ROT1,
                ROT2,
                0,
                WAVELENGTH_METRES);
        int pixels = settings.pixels();
        float[] dark = new float[pixels];
        float[] flat = new float[pixels];
        boolean[] mask = new boolean[pixels];
        IntStream.range(0, rows).parallel().forEach(row -> {
            SplittableRandom random = new SplittableRandom(SEED + row);
            for (int pixel = row * columns; pixel < (row + 1) * columns; pixel++) {
                dark[pixel] = (float) random.nextDouble(1, 4);
                flat[pixel] = (float) random.nextDouble(0.8, 1);
                mask[pixel] = random.nextDouble() < MASKED;
            }
        });
        corrections = new Corrections(true, POLARIZATION, dark, flat, mask);
        RadialRange range = RadialRange.ofPixels(geometry, RadialUnit.Q_PER_ANGSTROM, false, mask);
        axis = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, settings.bins(), range.lower(), range.upper());
    }

    Corrections corrections() {
        return corrections;
    }

    /** The pattern and nothing else. */
    IntegrationPlan plan() {
        return new IntegrationPlan(
                geometry,
                settings.format(),
                false,
                axis,
                settings.splitting(),
                corrections,
                ErrorModel.POISSON,
                rules(),
                Sectors.NONE);
    }

    /** Pattern, cake and the counts of a few rings, all at once. */
    IntegrationPlan cakePlan() {
        double step = (axis.upper() - axis.lower()) / (RINGS + 1);
        Sectors sectors = Sectors.cake(AzimuthalAxis.fullCircle(settings.sectors()))
                .withRings(IntStream.rangeClosed(1, RINGS)
                        .mapToObj(i -> ring(i, axis.lower() + i * step, step))
                        .toList());
        return plan().withSectors(sectors);
    }

    private static Ring ring(int number, double centre, double step) {
        return new Ring("ring" + number, centre - 0.1 * step, centre + 0.1 * step, 0.05 * step);
    }

    /** The raw value of a pixel that was not measured, as detectors mark it. */
    static double invalidValue(PixelFormat format) {
        return format.signed() ? -1 : format.maximum();
    }

    private PixelRules rules() {
        PixelRules gaps = PixelRules.GAPS_NEGATIVE;
        return settings.maskedFrame() && !settings.format().signed()
                ? new PixelRules(
                        false, gaps.saturationCounts(), false, invalidValue(settings.format()), gaps.dummyTolerance())
                : gaps;
    }
}
