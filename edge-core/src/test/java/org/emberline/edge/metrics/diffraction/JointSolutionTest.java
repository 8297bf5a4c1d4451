package org.emberline.edge.metrics.diffraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.MetricsStage;
import org.emberline.edge.metrics.lattice.PowderRings;
import org.emberline.edge.twin.SampleRings;
import org.emberline.gpu.Reduction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Disorder, cell and fractions of samples whose truth is the twin's. */
class JointSolutionTest {
    private static final double ZERO_CELSIUS = 273.15;

    private final List<Metric> metrics = DiffractionMetricsTest.metrics(Double.NaN);
    private final MetricsStage stage = new MetricsStage(metrics);
    private final FrameSlot slot = new FrameSlot(
            Arena.ofAuto(), 8, SampleRings.AXIS.bins(), DiffractionMetricsTest.sectors(Double.NaN), metrics.size());
    private long frame;

    private void measure(Reduction expected, SplittableRandom random, double celsius) {
        slot.reset(frame++);
        SampleRings.expose(expected, random, celsius, slot);
        stage.process(slot);
    }

    private int index(String name) {
        return metrics.stream().map(Metric::name).toList().indexOf(name);
    }

    private double value(String name) {
        int i = index(name);
        double value = slot.metricValue(i);
        assertTrue(Double.isFinite(value), () -> name + " flags=" + FrameFlag.names(slot.metricFlags(i)));
        return value;
    }

    /** The trap: what a calibration of I003/I104 at 300 K makes of a sample at 1100 K. */
    @Test
    void hotDisorderIsNotThatOfAColdCalibration() {
        double celsius = 1100 - ZERO_CELSIUS;
        Reduction expected = SampleRings.layered(celsius, 0.03, 1);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10; i++) {
            measure(expected, random, celsius);
            assertEquals(0.03, value("disorder"), 0.003);
            double cold = (Math.log(value("i003_i104")) - 0.13804)
                    / -3.73261; // first order of the report's surrogate at s = 1
            assertEquals(-0.009, cold, 0.003);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.0, 25, 1", "0.03, 700, 1", "0.08, 950, 1", "0.03, 950, 0.9", "0.12, 600, 1.05"})
    void disorderDisplacementAndTexture(double disorder, double celsius, double march) {
        Reduction expected = SampleRings.layered(celsius, disorder, march);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 5; i++) {
            measure(expected, random, celsius);
            assertEquals(disorder, value("disorder"), 0.003);
            assertEquals(march, value("march_dollase"), 0.005);
            assertEquals(1, value("debye_waller_scale") / ((celsius + ZERO_CELSIUS) / 300), 0.1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.2", "0.5", "0.8"})
    void fractionsOfAMixture(double layered) {
        double celsius = 600;
        Reduction expected = SampleRings.mixture(celsius, layered);
        SplittableRandom random = new SplittableRandom(3);
        // per metal: layered 33.8, spinel 23.0, half a formula unit of carbonate 29.2, barium carbonate 0.57 Å³, grown
        // by expansion
        double[] volumes = volumes(layered, celsius + ZERO_CELSIUS - 300);
        double sum = volumes[0] + volumes[1] + volumes[2] + volumes[3];
        List<String> names =
                List.of("phase:nmc532", "phase:spinel", "phase:lithium_carbonate", "phase:barium_carbonate");
        for (int i = 0; i < 5; i++) {
            measure(expected, random, celsius);
            for (int phase = 0; phase < names.size(); phase++) {
                assertEquals(volumes[phase] / sum, value(names.get(phase)), 0.02, names.get(phase));
            }
        }
    }

    private static double[] volumes(double layered, double warmer) {
        double a = 1 + 13e-6 * warmer;
        double rest = 1 - layered;
        return new double[] {
            layered * 101.47 / 3 * a * a * (1 + 22e-6 * warmer),
            rest * 551.37 / 24 * Math.pow(1 + 9e-6 * warmer, 3),
            rest / 2 * 233.80 / 4 * Math.pow(1 + 40e-6 * warmer, 3),
            0.0075 * 303.81 / 4 * Math.pow(1 + 20e-6 * warmer, 3)
        };
    }

    /** Scatter over 1000 realisations of one pattern, of lines as the model has them, against the sigmas that are stated. */
    @Test
    void sigmasAreTheScatter() {
        PowderRings rings = new PowderRings(SampleRings.AXIS)
                .layered(2.88, 14.35, 400, 0.03, 0.1)
                .brightness(0.03);
        double[] means = rings.means();
        Random random = new Random(4);
        List<String> names = List.of("lattice_a", "lattice_c", "c_over_a", "i003_i104", "i006_i102_i101");
        int frames = 1000;
        double[][] moments = new double[names.size()][3];
        for (int i = 0; i < frames; i++) {
            Reduction realised = rings.frame(means, random);
            DiffractionMetricsTest.fill(slot, frame++, realised);
            stage.process(slot);
            for (int n = 0; n < names.size(); n++) {
                double value = value(names.get(n));
                moments[n][0] += value / frames;
                moments[n][1] += value * value / frames;
                moments[n][2] += slot.metricSigma(index(names.get(n))) / frames;
            }
        }
        for (int n = 0; n < names.size(); n++) {
            double scatter = Math.sqrt(moments[n][1] - moments[n][0] * moments[n][0]);
            System.out.println(names.get(n) + " scatter / sigma " + scatter / moments[n][2]);
            assertEquals(1, scatter / moments[n][2], 0.10, names.get(n));
        }
    }
}
