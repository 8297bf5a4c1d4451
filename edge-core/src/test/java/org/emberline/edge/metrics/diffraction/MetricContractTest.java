package org.emberline.edge.metrics.diffraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.MetricsStage;
import org.emberline.edge.metrics.lattice.Phases;
import org.emberline.edge.metrics.lattice.PowderRings;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reduction;
import org.junit.jupiter.api.Test;

/** What every metric of the catalogue owes. */
class MetricContractTest {
    private static final RadialAxis AXIS = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 1000, 0.5, 5.5);
    private static final List<String> SENML_UNITS = List.of("", "/", "count", "Cel", "m", "s", "Hz");

    /** Those that need no structure, and do not depend on the frames before. */
    private static final List<String> NAMES =
            List.of("total_counts", "saturated_fraction", "lattice_a", "lattice_c", "c_over_a");

    private final List<Metric> metrics = Metrics.of(NAMES, Sample.of(PhaseDescription.of(Phases.NMC532)), AXIS);
    private final MetricsStage stage = new MetricsStage(metrics);

    private FrameSlot slot(Reduction reduction) {
        FrameSlot slot = new FrameSlot(Arena.ofAuto(), 8, AXIS.bins(), metrics.size());
        slot.reset(0);
        copy(reduction, slot.reduction());
        return slot;
    }

    private static void copy(Reduction from, Reduction to) {
        int bins = to.count().length;
        System.arraycopy(from.intensity(), 0, to.intensity(), 0, bins);
        System.arraycopy(from.sigma(), 0, to.sigma(), 0, bins);
        System.arraycopy(from.count(), 0, to.count(), 0, bins);
        to.frameTotals(from.totalCounts(), from.validPixels(), from.saturatedPixels());
    }

    private static Reduction layered(long seed) {
        return new PowderRings(AXIS).layered(2.88, 14.35, 400, 0.02, 0.4).frame(new Random(seed));
    }

    private void assertNumberOrFlag(FrameSlot slot) {
        for (int i = 0; i < metrics.size(); i++) {
            boolean number = Double.isFinite(slot.metricValue(i));
            String text = metrics.get(i).name() + "=" + slot.metricValue(i) + " sigma=" + slot.metricSigma(i)
                    + " flags=" + FrameFlag.names(slot.metricFlags(i));
            assertTrue(number || Double.isNaN(slot.metricValue(i)), text);
            assertTrue(number || (slot.metricFlags(i) != 0 && Double.isNaN(slot.metricSigma(i))), text);
            assertTrue(Double.isNaN(slot.metricSigma(i)) || slot.metricSigma(i) > 0, text);
        }
    }

    private void assertAll(FrameSlot slot, FrameFlag flag) {
        for (int i = 0; i < metrics.size(); i++) {
            assertTrue(Double.isNaN(slot.metricValue(i)), metrics.get(i).name());
            assertTrue(Double.isNaN(slot.metricSigma(i)), metrics.get(i).name());
            assertTrue(flag.in(slot.metricFlags(i)), metrics.get(i).name());
        }
    }

    @Test
    void namesAndUnitsFitSenml() {
        for (Metric metric : metrics) {
            assertTrue(metric.name().matches("[a-z][a-z0-9_]*"), metric.name());
            assertTrue(SENML_UNITS.contains(metric.unit()), metric.name() + " unit=" + metric.unit());
        }
        assertEquals(NAMES, metrics.stream().map(Metric::name).toList());
        assertEquals(Metrics.names().size(), Metrics.names().stream().distinct().count());
    }

    @Test
    void aGoodFrameGivesNumbersWithSigmasAndNoFlags() {
        FrameSlot slot = slot(layered(1));
        stage.process(slot);
        for (int i = 0; i < metrics.size(); i++) {
            assertTrue(Double.isFinite(slot.metricValue(i)), metrics.get(i).name());
            assertTrue(slot.metricSigma(i) > 0, metrics.get(i).name());
            assertEquals(0, slot.metricFlags(i), metrics.get(i).name());
        }
    }

    @Test
    void anEmptyReductionGivesFlags() {
        FrameSlot slot = slot(new Reduction(AXIS.bins()));
        stage.process(slot);
        assertAll(slot, FrameFlag.CORRUPT);
    }

    @Test
    void aCorruptFrameGivesItsFlagWhateverItHolds() {
        FrameSlot slot = slot(layered(2));
        slot.flag(FrameFlag.CORRUPT);
        stage.process(slot);
        assertAll(slot, FrameFlag.CORRUPT);
    }

    @Test
    void saturationIsToldByEveryMetric() {
        Reduction reduction = layered(3);
        reduction.frameTotals(1e6, 1_000_000, 50);
        FrameSlot slot = slot(reduction);
        slot.flag(FrameFlag.SATURATED);
        stage.process(slot);
        for (int i = 0; i < metrics.size(); i++) {
            assertTrue(Double.isFinite(slot.metricValue(i)), metrics.get(i).name());
            assertEquals(
                    FrameFlag.SATURATED.bit(),
                    slot.metricFlags(i),
                    metrics.get(i).name());
        }
    }

    @Test
    void manySaturatedPixelsLeaveNoCellButTheTotals() {
        Reduction reduction = layered(4);
        reduction.frameTotals(1e6, 1_000_000, 100);
        FrameSlot slot = slot(reduction);
        stage.process(slot);
        for (int i = 0; i < metrics.size(); i++) {
            String name = metrics.get(i).name();
            assertEquals(FrameFlag.SATURATED.bit(), slot.metricFlags(i), name);
            assertEquals(!name.startsWith("total") && !name.startsWith("sat"), Double.isNaN(slot.metricValue(i)), name);
        }
    }

    @Test
    void flagsOfOtherStationsDoNotConcernThePattern() {
        FrameSlot slot = slot(layered(5));
        slot.flag(FrameFlag.TRIGGER_MISSING);
        slot.flag(FrameFlag.TEMPERATURE_FAULT);
        stage.process(slot);
        for (int i = 0; i < metrics.size(); i++) {
            assertEquals(0, slot.metricFlags(i), metrics.get(i).name());
        }
    }

    @Test
    void notANumberInEveryBinGivesFlags() {
        for (double garbage : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            Reduction reduction = new Reduction(AXIS.bins());
            for (int i = 0; i < AXIS.bins(); i++) {
                PowderRings.set(reduction, i, garbage, garbage, garbage);
            }
            reduction.frameTotals(garbage, 1000, 0);
            FrameSlot slot = slot(reduction);
            stage.process(slot);
            assertNumberOrFlag(slot);
            assertTrue(Double.isNaN(slot.metricValue(NAMES.indexOf("total_counts"))));
            assertTrue(Double.isNaN(slot.metricValue(NAMES.indexOf("lattice_a"))));
        }
    }

    /** Any bit pattern at all: a number or a flag, never an exception. */
    @Test
    void garbageNeverThrows() {
        Random random = new Random(42);
        FrameSlot slot = slot(new Reduction(AXIS.bins()));
        for (int round = 0; round < 300; round++) {
            slot.reset(round);
            copy(layered(round), slot.reduction());
            spoil(slot.reduction(), random, Math.pow(10, -3 + 3.0 * random.nextDouble()));
            stage.process(slot);
            assertNumberOrFlag(slot);
        }
    }

    private static void spoil(Reduction reduction, Random random, double share) {
        for (double[] array : List.of(reduction.intensity(), reduction.sigma(), reduction.count())) {
            for (int i = 0; i < array.length; i++) {
                if (random.nextDouble() < share) {
                    array[i] = garbage(random);
                }
            }
        }
        if (random.nextInt(4) == 0) {
            reduction.frameTotals(garbage(random), random.nextLong(), random.nextLong());
        }
    }

    private static double garbage(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> 0;
            case 4 -> Double.MAX_VALUE;
            case 5 -> Double.MIN_VALUE;
            case 6 -> -1000 * random.nextDouble();
            default -> Double.longBitsToDouble(random.nextLong());
        };
    }

    @Test
    void measuringAllocatesNothing() {
        FrameSlot slot = slot(layered(6));
        Reduction empty = new Reduction(AXIS.bins());
        Reduction rings = layered(7);
        Reduction noise = new PowderRings(AXIS).frame(new Random(8));
        Reduction[] frames = {rings, noise, empty};
        for (int i = 0; i < 300; i++) {
            measure(slot, frames, i);
        }
        // The virtual machine books a little of its own on a thread now and then: what a frame allocated would be in
        // every batch.
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < 5; batch++) {
            least = Math.min(least, bytesOver(slot, frames, 600));
        }
        assertEquals(0, least, "bytes over 600 frames");
    }

    private long bytesOver(FrameSlot slot, Reduction[] frames, int count) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long between = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < count; i++) {
            measure(slot, frames, i);
        }
        long ownShare = between - before;
        return threads.getCurrentThreadAllocatedBytes() - between - ownShare;
    }

    private void measure(FrameSlot slot, Reduction[] frames, int index) {
        slot.reset(index);
        copy(frames[index % frames.length], slot.reduction());
        stage.process(slot);
    }

    @Test
    void theCellIsFittedOncePerFrameAndAnewForTheNext() {
        FrameSlot slot = slot(layered(9));
        stage.process(slot);
        int a = NAMES.indexOf("lattice_a");
        double first = slot.metricValue(a);
        slot.reset(1);
        copy(new PowderRings(AXIS).layered(2.90, 14.50, 400, 0.02, 0.4).frame(new Random(10)), slot.reduction());
        stage.process(slot);
        double second = slot.metricValue(a);
        slot.reset(1);
        copy(layered(9), slot.reduction());
        stage.process(slot);
        assertEquals(2.90, second, 1e-4);
        assertNotEquals(first, second);
        assertEquals(first, slot.metricValue(a), "the same index in another run is another frame");
    }
}
