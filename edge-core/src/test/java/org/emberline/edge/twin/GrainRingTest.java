package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrainRingTest {
    private static final double SIGMA = 0.5;
    private static final double KAPPA = Math.exp(SIGMA * SIGMA);

    private static final GrainRing[] RINGS = new GrainRing[50];

    static {
        Arrays.setAll(RINGS, i -> new GrainRing(100 + i / 10, i % 10, SIGMA));
    }

    /** Sum over groups of eight bins, one degree each. */
    private static double[] degrees(GrainRing ring, double grains, double epochs) {
        float[] density = new float[GrainRing.BINS];
        ring.density(grains, epochs, density);
        double[] sums = new double[360];
        for (int i = 0; i < density.length; i++) {
            sums[i / 8] += density[i] / 8;
        }
        return sums;
    }

    private static double correlation(double[] a, double[] b) {
        double aa = 0;
        double bb = 0;
        double ab = 0;
        for (int i = 0; i < a.length; i++) {
            aa += (a[i] - 1) * (a[i] - 1);
            bb += (b[i] - 1) * (b[i] - 1);
            ab += (a[i] - 1) * (b[i] - 1);
        }
        return ab / Math.sqrt(aa * bb);
    }

    /** On both sides of the end of the stored queue, and between and at the doublings beyond. */
    @ParameterizedTest
    @CsvSource({"1000", "20000", "32768", "33000", "50000", "65536", "98304", "200000", "3e6", "1e9"})
    void meanAndVarianceAreThoseOfGrains(double grains) {
        double sum = 0;
        double squares = 0;
        for (GrainRing ring : RINGS) {
            for (double value : degrees(ring, grains, 0)) {
                sum += value - 1;
                squares += (value - 1) * (value - 1);
            }
        }
        int n = 360 * RINGS.length;
        double variance = KAPPA * 360 / grains;
        // The mean of all: the relative error of the number of grains in all rings together.
        assertEquals(0, sum / n / Math.sqrt(variance / n), 4, "mean");
        assertEquals(1, squares / n / variance, 0.06, "variance");
    }

    @Test
    void grainsGoOutOneByOneWhileTheOthersStay() {
        GrainRing ring = new GrainRing(7, 0, SIGMA);
        float[] before = new float[GrainRing.BINS];
        float[] after = new float[GrainRing.BINS];
        ring.density(500, 0, before);
        ring.density(400, 0, after);
        int gone = 0;
        int stayed = 0;
        for (int i = 0; i < before.length; i++) {
            float volumeBefore = before[i] * 500;
            float volumeAfter = after[i] * 400;
            assertTrue(volumeAfter <= volumeBefore * 1.00001f, "no grain appears");
            gone += volumeBefore > 0 && volumeAfter == 0 ? 1 : 0;
            stayed += Math.abs(volumeAfter - volumeBefore) <= 1e-5f * volumeBefore && volumeAfter > 0 ? 1 : 0;
        }
        assertEquals(100, gone, 40);
        assertTrue(stayed > 300, "stayed=" + stayed);
    }

    /** Of two numbers n1 < n2 of the same queue: sqrt(n1 / n2), through the end of the stored queue. */
    @ParameterizedTest
    @CsvSource({"10000,20000", "32768,40000", "30000,36000", "65536,131072", "40000,80000", "131072,1048576"})
    void correlationOverGrowthIsThatOfANestedQueue(double fewer, double more) {
        double sum = 0;
        for (GrainRing ring : RINGS) {
            sum += correlation(degrees(ring, fewer, 0), degrees(ring, more, 0));
        }
        double expected = Math.sqrt(fewer / more);
        assertEquals(
                expected, sum / RINGS.length, 4 * (1 - expected * expected) / Math.sqrt(360.0 * RINGS.length) + 1e-3);
    }

    @Test
    void nothingJumpsWhereTheStoredQueueEnds() {
        GrainRing ring = new GrainRing(9, 2, SIGMA);
        double[] inside = degrees(ring, GrainRing.EXPLICIT - 1, 0);
        double[] outside = degrees(ring, GrainRing.EXPLICIT + 1, 0);
        for (int i = 0; i < 360; i++) {
            assertEquals(inside[i], outside[i], 0.15 * Math.sqrt(KAPPA * 360 / GrainRing.EXPLICIT));
        }
    }

    @ParameterizedTest
    @CsvSource({"5000,0.3", "5000,0.8", "5000,3", "300000,0.3", "300000,3"})
    void turningGrainsLoseTheirCorrelationEvenly(double grains, double epochs) {
        double sum = 0;
        double squares = 0;
        for (GrainRing ring : RINGS) {
            double[] then = degrees(ring, grains, 1.37 + epochs);
            sum += correlation(degrees(ring, grains, 1.37), then);
            for (double value : then) {
                squares += (value - 1) * (value - 1);
            }
        }
        assertEquals(Math.max(0, 1 - epochs), sum / RINGS.length, 4 / Math.sqrt(360.0 * RINGS.length));
        assertEquals(1, squares / (360 * RINGS.length) / (KAPPA * 360 / grains), 0.06);
    }
}
