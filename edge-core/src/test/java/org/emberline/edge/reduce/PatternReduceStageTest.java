package org.emberline.edge.reduce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.PatternPoints;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reduction;
import org.junit.jupiter.api.Test;

/** What rebinning must keep: integral, information, and whatever was on the axis before. */
class PatternReduceStageTest {
    private static final int POINTS = 500;
    private final SplittableRandom random = new SplittableRandom(3);

    private static RadialAxis axis(int bins, double lower, double upper) {
        return new RadialAxis(RadialUnit.Q_PER_ANGSTROM, bins, lower, upper);
    }

    private static double[] corrected(RadialAxis axis) {
        return PatternPolarization.divisors(axis, Double.NaN, Double.NaN, 0);
    }

    private static FrameSlot slot(RadialAxis axis, double[]... points) {
        FrameSlot slot = new FrameSlot(Arena.ofAuto(), PatternPoints.bytes(points.length), axis.bins(), 0);
        slot.reset(0);
        assertEquals(points.length, PatternPoints.room(slot.pixels()));
        PatternPoints.points(slot.pixels(), points.length);
        for (int i = 0; i < points.length; i++) {
            PatternPoints.put(slot.pixels(), i, points[i][0], points[i][1], points[i][2], points[i][3]);
        }
        return slot;
    }

    private static Reduction reduced(RadialAxis axis, double[]... points) {
        FrameSlot slot = slot(axis, points);
        new PatternReduceStage(axis, corrected(axis)).process(slot);
        return slot.reduction();
    }

    private double[][] uneven() {
        double[][] points = new double[POINTS][];
        double x = 1;
        for (int i = 0; i < POINTS; i++) {
            points[i] = new double[] {x, random.nextDouble(1e4), random.nextDouble(1, 100), 1};
            x += random.nextDouble(0.01, 0.02);
        }
        return points;
    }

    @Test
    void theIntegralIsTheTrapezoidSumOverTheSameRange() {
        double[][] points = uneven();
        double trapezoids = 0;
        for (int i = 1; i < POINTS; i++) {
            trapezoids += (points[i][1] + points[i - 1][1]) / 2 * (points[i][0] - points[i - 1][0]);
        }
        for (int bins : new int[] {1, 37, 499, 500, 4001}) {
            RadialAxis axis = axis(bins, points[0][0], points[POINTS - 1][0]);
            double sum = Arrays.stream(reduced(axis, points).intensity()).sum() * axis.binWidth();
            assertEquals(trapezoids, sum, 1e-9 * trapezoids, bins + " bins");
        }
    }

    @Test
    void noWidthOfBinsAddsOrTakesInformation() {
        double[][] points = uneven();
        double lower = 1.5 * points[0][0] - 0.5 * points[1][0];
        double upper = 1.5 * points[POINTS - 1][0] - 0.5 * points[POINTS - 2][0];
        double variance = 0;
        for (int i = 0; i < POINTS; i++) {
            double before = i == 0 ? lower : (points[i][0] + points[i - 1][0]) / 2;
            double after = i == POINTS - 1 ? upper : (points[i][0] + points[i + 1][0]) / 2;
            variance += Math.pow((after - before) * points[i][2], 2);
        }
        for (int bins : new int[] {1, 37, 500, 4001}) {
            RadialAxis axis = axis(bins, lower, upper);
            Reduction reduction = reduced(axis, points);
            double sum = 0;
            double count = 0;
            for (int b = 0; b < bins; b++) {
                sum += Math.pow(axis.binWidth() * reduction.sigma()[b], 2);
                count += reduction.count()[b];
            }
            assertEquals(variance, sum, 1e-9 * variance, bins + " bins");
            assertEquals(POINTS, count, 1e-6, "every point is counted once");
        }
    }

    @Test
    void aPatternOnTheAxisStaysAsItIs() {
        RadialAxis axis = axis(200, 0.5, 5.3);
        double[][] points = new double[200][];
        for (int i = 0; i < 200; i++) {
            double count = i % 7 == 3 ? 0 : i + 1;
            points[i] = new double[] {axis.centre(i), 10 + i, 0.1 * i, count};
        }
        Reduction reduction = reduced(axis, points);
        for (int i = 0; i < 200; i++) {
            boolean empty = points[i][3] == 0;
            assertEquals(points[i][3], reduction.count()[i], 1e-9 * i);
            assertEquals(empty ? Double.NaN : 10 + i, reduction.intensity()[i], 1e-9 * (10 + i));
            assertEquals(empty ? Double.NaN : 0.1 * i, reduction.sigma()[i], 1e-9 * i);
        }
        long measured = Arrays.stream(points).filter(p -> p[3] > 0).count();
        assertEquals(measured, reduction.validPixels());
        double total = Arrays.stream(points).mapToDouble(p -> p[1] * p[3]).sum();
        assertEquals(total, reduction.totalCounts(), 1e-9 * total);
        assertEquals(0, reduction.saturatedPixels());
    }

    @Test
    void beyondThePatternAndInItsGapsNothingIsKnown() {
        double[][] points = new double[20][];
        for (int i = 0; i < 20; i++) {
            points[i] = new double[] {i < 10 ? 1 + 0.1 * i : 3 + 0.1 * i, 5, 1, 1};
        }
        RadialAxis axis = axis(50, 0, 5);
        Reduction reduction = reduced(axis, points);
        for (int b = 0; b < 50; b++) {
            double x = axis.centre(b);
            boolean known = (x > 0.9 && x < 2) || (x > 3.9 && x < 5);
            assertEquals(known ? 5 : Double.NaN, reduction.intensity()[b], 1e-12, "at " + x);
            assertEquals(known, reduction.count()[b] > 0, "at " + x);
        }
    }

    @Test
    void anUnpolarisedBeamIsTakenBack() {
        RadialAxis axis = new RadialAxis(RadialUnit.TWO_THETA_DEGREES, 3, 0, 180);
        double[] lab = PatternPolarization.divisors(axis, Double.NaN, 0, 0);
        assertArrayEquals(new double[] {0.875, 0.5, 0.875}, lab, 1e-12);
        double[] across = PatternPolarization.divisors(axis, Double.NaN, 1, 90);
        assertArrayEquals(new double[] {1, 1, 1}, across, 1e-12);
        // 2theta = 60 degrees at 1 angstrom is q = 2 pi
        RadialAxis q = axis(1, 2 * Math.PI - 0.1, 2 * Math.PI + 0.1);
        assertEquals(0.625, PatternPolarization.divisors(q, 1, 0, 0)[0], 1e-12);
        var _ = assertThrows(IllegalArgumentException.class, () -> PatternPolarization.divisors(q, Double.NaN, 0, 0));
        FrameSlot slot = slot(q, new double[] {6, 5, 1, 1}, new double[] {6.4, 5, 1, 1});
        new PatternReduceStage(q, new double[] {0.5}).process(slot);
        assertEquals(10, slot.reduction().intensity()[0], 1e-12);
    }

    @Test
    void aCorruptFrameIsLeftEmpty() {
        RadialAxis axis = axis(10, 0, 1);
        FrameSlot slot = slot(axis, new double[] {0.1, 5, 1, 1}, new double[] {0.2, 5, 1, 1});
        slot.flag(FrameFlag.CORRUPT);
        new PatternReduceStage(axis, corrected(axis)).process(slot);
        assertEquals(0, slot.reduction().validPixels());
        assertTrue(Double.isNaN(slot.reduction().intensity()[1]));
    }

    @Test
    void nothingIsAllocated() {
        RadialAxis axis = axis(2500, 1, 8);
        FrameSlot slot = slot(axis, uneven());
        PatternReduceStage stage = new PatternReduceStage(axis, corrected(axis));
        ThreadMXBean meters = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 5000; i++) {
            stage.process(slot);
        }
        long before = meters.getCurrentThreadAllocatedBytes();
        long begin = System.nanoTime();
        for (int i = 0; i < 5000; i++) {
            stage.process(slot);
        }
        long nanos = System.nanoTime() - begin;
        long allocated = meters.getCurrentThreadAllocatedBytes() - before;
        System.out.println("rebinning 500 points on 2500 bins: " + nanos / 5000 + " ns a frame, " + allocated
                + " bytes in 5000 frames");
        assertTrue(allocated < 5000, () -> allocated + " bytes");
    }
}
