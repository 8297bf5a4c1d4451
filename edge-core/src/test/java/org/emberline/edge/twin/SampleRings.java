package org.emberline.edge.twin;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.gpu.Backend;
import org.emberline.gpu.Corrections;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.NoDeviceException;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reducers;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.Sectors;
import org.emberline.gpu.Splitting;

/** Patterns of samples whose state is given, by the twin's panel and the CPU's reduction: expected counts, without grains or noise. */
public final class SampleRings {
    public static final RadialAxis AXIS = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 1000, 0.5, 5.5);
    public static final double WAVELENGTH_ANGSTROM = 0.1845;
    /** Pixels hold whole numbers: so many of them make a count. */
    private static final int PARTS = 256;

    private SampleRings() {}

    /** A fully layered sample of endlessly many grains, with the counts of one exposure. */
    public static Reduction layered(double celsius, double disorder, double marchDollase) {
        return of(new SampleState(0, celsius, 0, 0, 1, 0, 0, 0, disorder, 0, 0.5, 0.1, 0, 0, 0), marchDollase);
    }

    /** Oxide, salt and layered phase in parts that make 1, the salt as many moles as there are metals in the oxide. */
    public static Reduction mixture(double celsius, double layered) {
        double rest = 1 - layered;
        return of(new SampleState(0, celsius, 0, rest, layered, 0, rest / 2, 0, 0.05, 0, 0.5, 0.1, 0.0075, 0, 0), 1);
    }

    private static Reduction of(SampleState state, double marchDollase) {
        Twin twin = new Twin(Scenario.calcination().settings(), 0);
        RingSettings settings = new RingSettings(
                RingScenario.withoutHalos(marchDollase, false), RingScenario.GRAINS, PanelEffects.NONE);
        double[] counts = new double[twin.geometry().detector().pixels()];
        RingScenario.panel(settings).expected(state, FrameConditions.NORMAL, false, counts);
        IntegrationPlan plan = new IntegrationPlan(
                twin.geometry(),
                Twin.PIXEL_FORMAT,
                false,
                AXIS,
                Splitting.NO,
                new Corrections(true, twin.polarizationFactor(), null, null, null),
                ErrorModel.POISSON,
                PixelRules.of(false, 1e9),
                Sectors.NONE);
        Reduction reduction = Reduction.of(plan);
        try (Arena arena = Arena.ofConfined();
                var reducer = Reducers.open(Backend.CPU, plan).reducer()) {
            MemorySegment pixels = arena.allocate(4L * counts.length, 64);
            for (int i = 0; i < counts.length; i++) {
                // Gaps and dead pixels expect nothing; negative ones are left out.
                int value = counts[i] > 0 ? (int) Math.round(PARTS * counts[i]) : -1;
                pixels.setAtIndex(ValueLayout.JAVA_INT, i, value);
            }
            reducer.reduce(pixels, reduction);
        } catch (NoDeviceException e) {
            throw new IllegalStateException(e);
        }
        for (int i = 0; i < AXIS.bins(); i++) {
            reduction.intensity()[i] /= PARTS;
            reduction.sigma()[i] /= Math.sqrt(PARTS);
        }
        return reduction;
    }

    /** Fills a slot with one exposure of expected patterns: Poisson's noise in each bin. */
    public static void expose(Reduction expected, java.util.SplittableRandom random, double celsius, FrameSlot slot) {
        slot.temperatureCelsius = celsius;
        slot.temperatureSigma = 0.1;
        Reduction to = slot.reduction();
        double total = 0;
        for (int i = 0; i < AXIS.bins(); i++) {
            double mean = expected.intensity()[i];
            double raw = Math.pow(mean / expected.sigma()[i], 2);
            double counts = Math.max(0, Math.rint(raw + Math.sqrt(raw) * random.nextGaussian()));
            boolean lit = expected.count()[i] > 0 && raw > 0;
            to.intensity()[i] = lit ? mean * counts / raw : expected.intensity()[i];
            to.sigma()[i] = lit ? mean * Math.sqrt(Math.max(1, counts)) / raw : expected.sigma()[i];
            to.count()[i] = expected.count()[i];
            total += lit ? counts : 0;
        }
        to.frameTotals(total, expected.validPixels(), 0);
    }
}
