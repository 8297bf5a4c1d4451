package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonTest {
    private static final int DRAWS = 400_000;
    /** Standard deviations; with the fixed seed the tests give one answer for ever. */
    private static final double LIMIT = 4;

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.7, 3, 9.99, 10, 10.5, 17, 40, 63, 64, 100, 1e3, 1e4, 1e5, 1e6})
    void meanVarianceAndHistogramArePoisson(double mean) {
        Noise noise = new Noise(20_260_101);
        noise.restart(77, Double.doubleToLongBits(mean));
        int cells = 40;
        double width = Math.max(1, Math.ceil(8 * Math.sqrt(mean) / cells));
        double lowest = Math.max(0, Math.floor(mean - width * cells / 2));
        long[] histogram = new long[cells + 1];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            int count = Poisson.next(mean, noise);
            assertTrue(count >= 0);
            double deviation = count - mean;
            sum += deviation;
            squares += deviation * deviation;
            histogram[(int) Math.clamp(Math.floor((count - lowest) / width), 0.0, (double) cells)]++;
        }
        assertEquals(0, sum / DRAWS / Math.sqrt(mean / DRAWS), LIMIT, "mean, in standard errors");
        // The fourth central moment of Poisson is mean + 3 mean^2.
        double errorOfVariance = Math.sqrt((mean + 2 * mean * mean) / DRAWS);
        assertEquals(0, (squares / DRAWS - mean) / errorOfVariance, LIMIT, "variance, in standard errors");
        chiSquare(histogram, new PoissonDistribution(mean), lowest, width);
    }

    /** First cell includes everything below, last everything above; cells that expect too little are pooled. */
    private static void chiSquare(long[] histogram, PoissonDistribution law, double lowest, double width) {
        double below = 0;
        double pooledExpected = 0;
        double pooledSeen = 0;
        double chi = 0;
        int degrees = -1;
        for (int i = 0; i < histogram.length; i++) {
            boolean last = i == histogram.length - 1;
            double up = last ? 1 : law.cumulativeProbability((int) (lowest + (i + 1) * width - 1));
            pooledExpected += (up - below) * DRAWS;
            pooledSeen += histogram[i];
            below = up;
            if (pooledExpected >= 10 || last) {
                double difference = pooledSeen - pooledExpected;
                chi += pooledExpected > 0 ? difference * difference / Math.max(pooledExpected, 1) : difference;
                degrees++;
                pooledExpected = 0;
                pooledSeen = 0;
            }
        }
        double spread = Math.sqrt(2.0 * Math.max(1, degrees));
        assertTrue((chi - degrees) / spread < LIMIT, "chi2=" + chi + " degrees=" + degrees);
    }

    @Test
    void aMeanOfZeroGivesZero() {
        Noise noise = new Noise(1);
        noise.restart(0, 0);
        for (int i = 0; i < 1000; i++) {
            assertEquals(0, Poisson.next(0, noise));
        }
    }

    @Test
    void theNumbersOfAnIndexDependOnNothingBefore() {
        Noise fresh = new Noise(5);
        fresh.restart(2, 9);
        double expected = fresh.uniform();
        Noise used = new Noise(5);
        used.restart(2, 8);
        assertTrue(used.uniform() != expected);
        used.restart(1, 9);
        assertTrue(used.uniform() != expected);
        used.restart(2, 9);
        assertEquals(expected, used.uniform());
        Noise other = new Noise(6);
        other.restart(2, 9);
        assertTrue(other.uniform() != expected);
    }

    @Test
    void gaussianNoiseHasUnitVarianceAndNoSkew() {
        Noise noise = new Noise(3);
        noise.restart(1, 1);
        double sum = 0;
        double squares = 0;
        double cubes = 0;
        for (int i = 0; i < DRAWS; i++) {
            double g = noise.gaussian();
            sum += g;
            squares += g * g;
            cubes += g * g * g;
        }
        assertEquals(0, sum / Math.sqrt(DRAWS), LIMIT);
        assertEquals(0, (squares - DRAWS) / Math.sqrt(2.0 * DRAWS), LIMIT);
        assertEquals(0, cubes / Math.sqrt(15.0 * DRAWS), LIMIT);
    }
}
