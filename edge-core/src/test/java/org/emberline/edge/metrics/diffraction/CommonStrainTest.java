package org.emberline.edge.metrics.diffraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.MetricsStage;
import org.emberline.edge.twin.SampleRings;
import org.emberline.gpu.Reduction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sample that moves along the beam, and an axis that is not what it claims to be. */
class CommonStrainTest {
    private static final double CELSIUS = 700;

    private final List<Metric> metrics = DiffractionMetricsTest.metrics(Double.NaN);
    private final MetricsStage stage = new MetricsStage(metrics);
    private final FrameSlot slot = new FrameSlot(
            Arena.ofAuto(), 8, SampleRings.AXIS.bins(), DiffractionMetricsTest.sectors(Double.NaN), metrics.size());
    private final SplittableRandom random = new SplittableRandom(4);
    private long frame;

    /** Measures a frame; whether its cell says that it was displaced. */
    private boolean isDisplaced(Reduction expected, double stretch, double celsius) {
        slot.reset(frame++);
        SampleRings.expose(stretched(expected, stretch), random, celsius, slot);
        stage.process(slot);
        int a = metrics.stream().map(Metric::name).toList().indexOf("lattice_a");
        assertTrue(Double.isFinite(slot.metricValue(a)), () -> "" + FrameFlag.names(slot.metricFlags(a)));
        return FrameFlag.DISPLACED.in(slot.metricFlags(a));
    }

    /** The same pattern on an axis that is too long by a factor: spacings seem shorter. */
    static Reduction stretched(Reduction from, double factor) {
        int bins = SampleRings.AXIS.bins();
        double lower = SampleRings.AXIS.lower() / SampleRings.AXIS.binWidth();
        Reduction to = new Reduction(bins);
        for (int bin = 0; bin < bins; bin++) {
            double place = Math.clamp((bin + 0.5 + lower) / factor - lower - 0.5, 0, bins - 1.001);
            int below = (int) place;
            double share = place - below;
            to.intensity()[bin] = (1 - share) * from.intensity()[below] + share * from.intensity()[below + 1];
            to.sigma()[bin] = from.sigma()[bin];
            to.count()[bin] = from.count()[bin];
        }
        to.frameTotals(from.totalCounts(), from.validPixels(), from.saturatedPixels());
        return to;
    }

    @Test
    void aStepStaysUntilItIsTakenBack() {
        Reduction sample = SampleRings.layered(CELSIUS, 0.03, 1);
        double[] stretch = {1, 1, 1, 1.0005, 1.0005, 1.0005, 1, 1};
        boolean[] displaced = {false, false, false, true, true, true, false, false};
        for (int i = 0; i < stretch.length; i++) {
            assertEquals(displaced[i], isDisplaced(sample, stretch[i], CELSIUS), "frame " + i);
        }
    }

    /** 20 K a frame change the cell by 2.6e-4 and 4.4e-4, as they should. */
    @Test
    void heatingIsNoStep() {
        for (double celsius = 400; celsius < 900; celsius += 20) {
            assertFalse(isDisplaced(SampleRings.layered(celsius, 0.03, 1), 1, celsius), "celsius=" + celsius);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.99, 1.01})
    void aWavelengthThatIsWrongByAPerCentIsSaid(double factor) {
        Reduction sample = SampleRings.layered(CELSIUS, 0.03, 1);
        for (int i = 0; i < 3; i++) {
            assertTrue(isDisplaced(sample, factor, CELSIUS));
        }
    }
}
