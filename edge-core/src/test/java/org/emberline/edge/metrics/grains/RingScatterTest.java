package org.emberline.edge.metrics.grains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graininess against the closed form and against counted scatter. */
class RingScatterTest {
    private static final int SECTORS = GrainRings.SECTORS;
    private static final double VOLUME_SIGMA = 0.8;

    /** March's density about the vertical for a ring whose normals lie in the plane of the detector. */
    private static double[] march(double r) {
        double[] texture = new double[SECTORS];
        double sum = 0;
        for (int k = 0; k < SECTORS; k++) {
            double upright = Math.sin(2 * Math.PI * ((k + 0.5) / SECTORS - 0.5));
            double square = upright * upright;
            texture[k] = Math.pow(r * r * square + (1 - square) / r, -1.5);
            sum += texture[k] / SECTORS;
        }
        for (int k = 0; k < SECTORS; k++) {
            texture[k] /= sum;
        }
        return texture;
    }

    /** ε² and sigma in the mean, and what was counted as scatter. */
    private record Outcome(double mean, double scatter, double sigma, double covered, int textured) {}

    private static Outcome many(int realisations, double perSector, double[] texture, long seed) {
        GrainRings rings = new GrainRings(seed, VOLUME_SIGMA);
        RingScatter scatter = new RingScatter(SECTORS, VOLUME_SIGMA);
        double expected = rings.expected(perSector);
        double sum = 0;
        double squares = 0;
        double sigmas = 0;
        int covered = 0;
        int textured = 0;
        for (int i = 0; i < realisations; i++) {
            rings.draw(perSector, texture);
            rings.expose(GrainRings.NET);
            assertTrue(scatter.look(rings.intensity, rings.variance));
            double value = scatter.graininess();
            sum += value;
            squares += value * value;
            sigmas += scatter.sigma() * scatter.sigma();
            covered += Math.abs(value - expected) < 1.96 * scatter.sigma() ? 1 : 0;
            textured += scatter.isTextured() ? 1 : 0;
        }
        double mean = sum / realisations;
        return new Outcome(
                mean,
                Math.sqrt(squares / realisations - mean * mean),
                Math.sqrt(sigmas / realisations),
                (double) covered / realisations,
                textured);
    }

    /** The scatter of few grains is itself hard to tell: large ones are rare. */
    @ParameterizedTest
    @CsvSource({"3, 2000", "10, 1000", "30, 500", "100, 300", "300, 300", "1000, 300"})
    void isThatOfTheFormulaWithTheScatterThatSigmaSays(double perSector, int realisations) {
        Outcome outcome = many(realisations, perSector, GrainRings.flat(), 7);
        double expected = Math.exp(VOLUME_SIGMA * VOLUME_SIGMA) / perSector;
        System.out.printf("n=%.0f: %.5f of %.5f, %s%n", perSector, outcome.mean, expected, outcome);
        assertEquals(1, outcome.mean / expected, 0.03, "bias");
        assertEquals(1, outcome.sigma / outcome.scatter, 0.15, "sigma");
        assertEquals(0.95, outcome.covered, 0.035, "coverage");
        assertEquals(0, outcome.textured);
    }

    /** Texture of 0.9 gathers grains by 40 % from top to bottom, which is a variance of 0.02 of its own. */
    @Test
    void textureIsDividedOut() {
        double[] texture = march(0.9);
        for (double perSector : new double[] {10, 300}) {
            Outcome outcome = many(300, perSector, texture, 8);
            double expected = Math.exp(VOLUME_SIGMA * VOLUME_SIGMA) / perSector;
            assertEquals(1, outcome.mean / expected, 0.03, "bias, n=" + perSector);
            assertEquals(1, outcome.sigma / outcome.scatter, 0.15, "sigma");
        }
        assertEquals(300, many(300, 300, texture, 8).textured, "it stands out of many grains");
    }

    @Test
    void powderHasNone() {
        GrainRings rings = new GrainRings(9, 0);
        RingScatter scatter = new RingScatter(SECTORS, VOLUME_SIGMA);
        rings.powder(GrainRings.flat());
        double sum = 0;
        double squares = 0;
        double noise = 0;
        for (int i = 0; i < 300; i++) {
            rings.expose(GrainRings.NET);
            assertTrue(scatter.look(rings.intensity, rings.variance));
            sum += scatter.graininess() / 300;
            squares += scatter.graininess() * scatter.graininess() / 300;
            noise += scatter.noise() / 300;
        }
        assertEquals(0, sum, 4 * noise / Math.sqrt(300));
        assertEquals(1, Math.sqrt(squares) / noise, 0.15);
    }

    /** Half of the circle is not there, and every tenth sector of the rest. */
    @Test
    void gapsAreLeftOut() {
        GrainRings rings = new GrainRings(10, VOLUME_SIGMA);
        RingScatter scatter = new RingScatter(SECTORS, VOLUME_SIGMA);
        double sum = 0;
        for (int i = 0; i < 400; i++) {
            rings.draw(30, GrainRings.flat());
            rings.expose(GrainRings.NET);
            for (int k = 0; k < SECTORS; k++) {
                if (k < 180 || k % 10 == 0) {
                    rings.intensity[k] = Double.NaN;
                }
            }
            assertTrue(scatter.look(rings.intensity, rings.variance));
            assertEquals(162, scatter.sectors());
            sum += scatter.graininess() / 400;
        }
        assertEquals(1, sum / rings.expected(30), 0.03);
    }

    /** Spots reach over the edges of sectors: what the texture curve takes of them is put back. */
    @Test
    void sharedSpotsOnAQuarterCircle() {
        RingScatter scatter = new RingScatter(SECTORS, 0);
        SplittableRandom random = new SplittableRandom(11);
        double[] intensity = new double[SECTORS];
        double[] variance = new double[SECTORS];
        double sum = 0;
        for (int i = 0; i < 600; i++) {
            double before = random.nextGaussian();
            Arrays.fill(intensity, Double.NaN);
            for (int k = 0; k < 90; k++) {
                double next = random.nextGaussian();
                intensity[k] = 1 + 0.1 * (0.92 * before + 0.392 * next); // neighbours correlate by 0.36
                before = next;
            }
            assertTrue(scatter.look(intensity, variance));
            sum += scatter.graininess() / 600;
        }
        assertEquals(1, sum / 0.01, 0.03);
    }

    /** By hand: no texture can follow +d, -d alternating around the whole circle. */
    @Test
    void alternatingSectors() {
        double[] intensity = new double[SECTORS];
        double[] variance = new double[SECTORS];
        Arrays.setAll(intensity, k -> 5 * (1 + (k % 2 == 0 ? 0.2 : -0.2)));
        Arrays.fill(variance, 25 * 0.01);
        RingScatter scatter = new RingScatter(SECTORS, 0);
        assertTrue(scatter.look(intensity, variance));
        assertEquals(5, scatter.mean(), 1e-12);
        assertEquals((360 * 0.04 - 351 * 0.01) / 351, scatter.graininess(), 1e-12);
        assertEquals(0.01 * Math.sqrt(2.0 / 351), scatter.noise(), 1e-15);
        assertEquals(0, scatter.spots());
    }

    @Test
    void aSpotIsCountedAndNoTexture() {
        GrainRings rings = new GrainRings(12, 0);
        RingScatter scatter = new RingScatter(SECTORS, VOLUME_SIGMA);
        rings.powder(GrainRings.flat());
        rings.expose(GrainRings.NET);
        for (int k = 50; k < 350; k += 100) {
            rings.intensity[k] += 2;
        }
        assertTrue(scatter.look(rings.intensity, rings.variance));
        assertEquals(3, scatter.spots());
        assertFalse(scatter.isTextured());
    }

    @Test
    void tooLittleToSayAnything() {
        RingScatter scatter = new RingScatter(SECTORS, VOLUME_SIGMA);
        double[] intensity = new double[SECTORS];
        double[] variance = new double[SECTORS];
        assertFalse(scatter.look(intensity, variance), "dark");
        Arrays.fill(intensity, Double.NaN);
        Arrays.fill(intensity, 0, RingScatter.FEWEST - 1, 1);
        assertFalse(scatter.look(intensity, variance), "few");
        Arrays.fill(intensity, -1);
        assertFalse(scatter.look(intensity, variance), "negative");
    }
}
