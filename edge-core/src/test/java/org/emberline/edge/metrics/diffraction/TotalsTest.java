package org.emberline.edge.metrics.diffraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.Random;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.lattice.PowderRings;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private final FrameSlot slot = new FrameSlot(Arena.ofAuto(), 8, 4, 1);

    private void measure(Metric metric, double total, long valid, long saturated) {
        slot.reset(0);
        slot.reduction().frameTotals(total, valid, saturated);
        metric.measure(slot, 0);
    }

    @Test
    void totalCountsArePoisson() {
        measure(new TotalCounts(), 1e8, 1000, 0);
        assertEquals(1e8, slot.metricValue(0));
        assertEquals(1e4, slot.metricSigma(0), 1e-9);
        assertEquals(0, slot.metricFlags(0));
        measure(new TotalCounts(), 0, 1000, 0);
        assertEquals(0, slot.metricValue(0));
        assertEquals(1, slot.metricSigma(0));
    }

    @Test
    void aNegativeTotalHasNoPoissonSigma() {
        measure(new TotalCounts(), -12, 1000, 0);
        assertEquals(-12, slot.metricValue(0));
        assertTrue(Double.isNaN(slot.metricSigma(0)));
    }

    @Test
    void saturatedFractionIsTheShareOfValidPixels() {
        measure(new SaturatedFraction(), 1, 1_000_000, 2500);
        assertEquals(0.0025, slot.metricValue(0), 1e-15);
        assertEquals(Math.sqrt(0.0025 * 0.9975 / 1e6), slot.metricSigma(0), 1e-7);
        assertEquals(FrameFlag.SATURATED.bit(), slot.metricFlags(0));
    }

    @Test
    void moreSaturatedThanValidIsCorrupt() {
        measure(new SaturatedFraction(), 1, 10, 11);
        assertTrue(Double.isNaN(slot.metricValue(0)));
        assertEquals(FrameFlag.CORRUPT.bit(), slot.metricFlags(0));
    }

    /**
     * Over many draws of a rare event, value ± 2 sigma holds the proportion behind it about as often as for a normal variable. The
     * textbook √(p(1-p)/n) is 0, and holds nothing, whenever nothing was drawn: here every other time.
     */
    @Test
    void sigmaOfASmallProportionIsHonest() {
        Random random = new Random(3);
        int pixels = 1000;
        double rate = 0.0007;
        int held = 0;
        int draws = 4000;
        for (int draw = 0; draw < draws; draw++) {
            long saturated = (long) PowderRings.poisson(rate * pixels, random);
            measure(new SaturatedFraction(), 1, pixels, saturated);
            held += Math.abs(slot.metricValue(0) - rate) < 2 * slot.metricSigma(0) ? 1 : 0;
        }
        double coverage = held / (double) draws;
        assertTrue(coverage > 0.9, "coverage=" + coverage);
    }
}
