package org.emberline.edge.metrics.diffraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.MetricsStage;
import org.emberline.edge.twin.SampleRings;
import org.emberline.gpu.Reduction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wavelength that is wrong by 1 % from the first frame on, or a phase that nobody has described: no number it spoils goes without a flag. */
class WrongWavelengthTest {
    private static final Set<String> SPOILT =
            Set.of("lattice_a", "lattice_c", "phase:nmc532", "phase:spinel", "phase:lithium_carbonate", "i003_i104");
    private static final int FRAMES = 3;

    /** Of three frames of a sample, the flags of all values that are likely to be wrong, and which of these have none. */
    private static final class Watched {
        final Set<String> silent = new TreeSet<>();
        long flags;

        Watched(List<Metric> metrics, Reduction expected, double celsius, double thermometer) {
            MetricsStage stage = new MetricsStage(metrics);
            FrameSlot slot = new FrameSlot(
                    Arena.ofAuto(),
                    8,
                    SampleRings.AXIS.bins(),
                    DiffractionMetricsTest.sectors(Double.NaN),
                    metrics.size());
            SplittableRandom random = new SplittableRandom(4);
            for (int frame = 0; frame < FRAMES; frame++) {
                slot.reset(frame);
                SampleRings.expose(expected, random, celsius, slot);
                slot.temperatureCelsius = thermometer;
                stage.process(slot);
                for (int i = 0; i < metrics.size(); i++) {
                    read(metrics.get(i).name(), slot, i);
                }
            }
        }

        private void read(String name, FrameSlot slot, int metric) {
            if (SPOILT.contains(name)) {
                flags |= slot.metricFlags(metric);
                if (Double.isFinite(slot.metricValue(metric)) && slot.metricFlags(metric) == 0) {
                    silent.add(name);
                }
            }
        }
    }

    private static Watched watch(Reduction expected, double factor, double celsius, double thermometer) {
        return new Watched(
                DiffractionMetricsTest.metrics(Double.NaN),
                CommonStrainTest.stretched(expected, factor),
                celsius,
                thermometer);
    }

    @ParameterizedTest
    @CsvSource({"0.99", "1.01"})
    void ofALayeredOxide(double factor) {
        Watched watched = watch(SampleRings.layered(700, 0.03, 1), factor, 700, 700);
        assertEquals(Set.of(), watched.silent);
    }

    /** Without a temperature, cells that are larger may be hot; smaller ones than at room temperature are none of the sample. */
    @Test
    void ofAColdOxideWithoutTemperature() {
        Watched watched = watch(SampleRings.layered(27, 0.03, 1), 1.01, 27, Double.NaN);
        assertEquals(Set.of(), watched.silent);
    }

    @ParameterizedTest
    @CsvSource({"0.2, 0.99", "0.2, 1.01", "0.5, 0.99", "0.5, 1.01", "0.8, 0.99", "0.8, 1.01"})
    void ofAMixture(double layered, double factor) {
        Watched watched = watch(SampleRings.mixture(600, layered), factor, 600, 600);
        assertEquals(Set.of(), watched.silent);
        assertTrue(FrameFlag.DISPLACED.in(watched.flags));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 0.8})
    void aRightOneIsNotFlagged(double layered) {
        Watched watched = watch(SampleRings.mixture(600, layered), 1, 600, 600);
        assertEquals(0, watched.flags & (FrameFlag.DISPLACED.bit() | FrameFlag.UNEXPLAINED.bit()));
    }

    @Test
    void phasesThatNobodyDescribed() {
        Watched watched = new Watched(
                DiffractionMetricsTest.metrics(Double.NaN, List.of()), SampleRings.mixture(600, 0.2), 600, 600);
        assertTrue(FrameFlag.UNEXPLAINED.in(watched.flags));
        assertEquals(Set.of(), watched.silent);
    }
}
