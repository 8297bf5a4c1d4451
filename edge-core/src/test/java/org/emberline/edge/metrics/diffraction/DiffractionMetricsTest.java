package org.emberline.edge.metrics.diffraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.emberline.edge.RealData;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.PhaseFile;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.MetricsStage;
import org.emberline.edge.metrics.grains.GrainSettings;
import org.emberline.edge.metrics.grains.GrainStrips;
import org.emberline.edge.metrics.lattice.PowderRings;
import org.emberline.edge.metrics.pattern.Optics;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.RingCounts;
import org.emberline.gpu.Sectors;
import org.junit.jupiter.api.Test;

/** What the metrics of whole patterns owe: a number with a sigma, or a flag, whatever comes; and nothing on the heap. */
class DiffractionMetricsTest {
    private static final RadialAxis AXIS = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 1000, 0.5, 5.5);
    private static final double WAVELENGTH = 0.1845;
    private static final double CELSIUS = 400;

    private final List<Metric> metrics = metrics(0.03);
    private final MetricsStage stage = new MetricsStage(metrics);

    static List<Metric> metrics(double instrumentDegrees) {
        return metrics(instrumentDegrees, List.of("spinel", "lithium_carbonate", "barium_carbonate"));
    }

    /** @param besides names of phases that may be there besides the layered one */
    static List<Metric> metrics(double instrumentDegrees, List<String> besides) {
        Optics optics = new Optics(WAVELENGTH, Double.NaN, 0, instrumentDegrees, false);
        List<PhaseDescription> others =
                besides.stream().map(DiffractionMetricsTest::phase).toList();
        return Metrics.of(Metrics.names(), new Sample(phase("nmc532"), others, optics), AXIS, GrainSettings.USUAL);
    }

    static Sectors sectors(double instrumentDegrees) {
        Optics optics = new Optics(WAVELENGTH, Double.NaN, 0, instrumentDegrees, false);
        return GrainStrips.of(GrainSettings.USUAL, phase("nmc532"), optics, AXIS);
    }

    private static PhaseDescription phase(String name) {
        try {
            return PhaseFile.read(RealData.repositoryRoot().resolve("config/phases/" + name + ".toml"));
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    private FrameSlot slot(Reduction reduction) {
        FrameSlot slot = new FrameSlot(Arena.ofAuto(), 8, AXIS.bins(), sectors(0.03), metrics.size());
        fill(slot, 0, reduction);
        return slot;
    }

    static void fill(FrameSlot slot, long index, Reduction from) {
        slot.reset(index);
        slot.temperatureCelsius = CELSIUS;
        slot.temperatureSigma = 0.1;
        Reduction to = slot.reduction();
        System.arraycopy(from.intensity(), 0, to.intensity(), 0, AXIS.bins());
        System.arraycopy(from.sigma(), 0, to.sigma(), 0, AXIS.bins());
        System.arraycopy(from.count(), 0, to.count(), 0, AXIS.bins());
        to.frameTotals(from.totalCounts(), from.validPixels(), from.saturatedPixels());
    }

    private static Reduction layered(long seed) {
        return new PowderRings(AXIS).layered(2.88, 14.35, 400, 0.022, 0.1).frame(new Random(seed));
    }

    private int index(String name) {
        return metrics.stream().map(Metric::name).toList().indexOf(name);
    }

    private void assertNumbersOrFlags(FrameSlot slot, String where) {
        for (int i = 0; i < metrics.size(); i++) {
            double value = slot.metricValue(i);
            double sigma = slot.metricSigma(i);
            String text = where + " " + metrics.get(i).name() + "=" + value + " sigma=" + sigma + " flags="
                    + FrameFlag.names(slot.metricFlags(i));
            assertTrue(Double.isFinite(value) || (Double.isNaN(value) && slot.metricFlags(i) != 0), text);
            boolean exact = metrics.get(i).name().equals("disorder_systematic");
            boolean measured = Double.isFinite(value) && !exact;
            assertTrue(measured ? sigma > 0 : Double.isNaN(sigma), text);
        }
    }

    @Test
    void aGoodFrameHasNumbers() {
        FrameSlot slot = slot(layered(1));
        stage.process(slot);
        assertNumbersOrFlags(slot, "layered");
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            if (Double.isFinite(slot.metricValue(i))) {
                numbers.add(metrics.get(i).name());
            }
        }
        assertTrue(
                numbers.containsAll(List.of("lattice_a", "lattice_c", "c_over_a", "phase:nmc532", "i003_i104")),
                numbers::toString);
        assertEquals(2.88, slot.metricValue(index("lattice_a")), 3e-4);
        assertEquals(14.35, slot.metricValue(index("lattice_c")), 3e-3);
        assertTrue(slot.metricValue(index("phase:nmc532")) > 0.95);
        assertTrue(slot.metricValue(index("phase:spinel")) < 0.01);
    }

    @Test
    void aCorruptOrEmptyFrameHasItsFlagEverywhere() {
        FrameSlot corrupt = slot(layered(2));
        corrupt.flag(FrameFlag.CORRUPT);
        for (FrameSlot slot : List.of(corrupt, slot(new Reduction(AXIS.bins())))) {
            stage.process(slot);
            for (int i = 0; i < metrics.size(); i++) {
                assertTrue(Double.isNaN(slot.metricValue(i)), metrics.get(i).name());
                assertTrue(
                        FrameFlag.CORRUPT.in(slot.metricFlags(i)),
                        metrics.get(i).name());
            }
        }
    }

    @Test
    void noiseHasNoCellAndNoDisorder() {
        FrameSlot slot = slot(new PowderRings(AXIS).frame(new Random(3)));
        stage.process(slot);
        assertNumbersOrFlags(slot, "noise");
        for (String name : List.of("lattice_a", "lattice_c", "c_over_a", "disorder", "disorder_change", "i003_i104")) {
            assertTrue(Double.isNaN(slot.metricValue(index(name))), name);
        }
    }

    @Test
    void whateverTheBinsHold() {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            Reduction reduction = layered(round);
            int spoilt = 1 + random.nextInt(AXIS.bins());
            for (int k = 0; k < spoilt; k++) {
                int bin = random.nextInt(AXIS.bins());
                PowderRings.set(reduction, bin, any(random), any(random), any(random));
            }
            FrameSlot slot = slot(reduction);
            spoilRings(slot.reduction(), random);
            slot.temperatureCelsius = round % 7 == 0 ? Double.NaN : CELSIUS;
            stage.process(slot);
            assertNumbersOrFlags(slot, "round=" + round);
        }
        FrameSlot good = slot(layered(5));
        stage.process(good);
        assertEquals(2.88, good.metricValue(index("lattice_a")), 3e-4, "what came before is forgotten");
    }

    private static void spoilRings(Reduction reduction, Random random) {
        for (RingCounts ring : reduction.rings()) {
            for (double[] array :
                    List.of(ring.net(), ring.netVariance(), ring.normalisation(), ring.pixels(), ring.gross())) {
                for (int k = 0; k < array.length; k++) {
                    array[k] = random.nextInt(50) == 0 ? any(random) : 100 + 10 * random.nextDouble();
                }
            }
        }
    }

    private static double any(Random random) {
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
        Reduction[] frames = {layered(7), new PowderRings(AXIS).frame(new Random(8)), new Reduction(AXIS.bins())};
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < 12 && least > 0; batch++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            long between = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 60; i++) {
                fill(slot, i, frames[i % frames.length]);
                stage.process(slot);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - between - (between - before));
        }
        assertEquals(0, least, "bytes over 60 frames");
    }
}
