package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.emberline.edge.metrics.imaging.ImageMetrics.Absorption;
import org.junit.jupiter.api.Test;

class DecompositionTest {
    private static final double EXACT = 1e-9;
    private static final List<Absorption> FOUR = TwinRun.ENERGIES;
    private static final List<Absorption> THREE = List.of(FOUR.get(0), FOUR.get(1), FOUR.get(3));

    private final SplittableRandom random = new SplittableRandom(7);
    private double thickness;
    private double dopant;
    private double drift;

    private double[] densities(List<Absorption> energies, boolean hasDopant, boolean hasDrift) {
        thickness = random.nextDouble(0, 30);
        dopant = hasDopant ? random.nextDouble(0, 2000) : 0;
        drift = hasDrift ? random.nextDouble(-0.05, 0.05) : 0;
        return energies.stream()
                .mapToDouble(e -> e.oxidePerMicrometre() * thickness + 1e-6 * e.bariumCm2PerGram() * dopant + drift)
                .toArray();
    }

    private static double weighted(double[] weights, double[] densities) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k] * densities[k];
        }
        return sum;
    }

    private static double[] less(double[] densities, double drift) {
        double[] less = densities.clone();
        for (int k = 0; k < less.length; k++) {
            less[k] -= drift;
        }
        return less;
    }

    @Test
    void oneEnergyTellsTheMetalAlone() {
        List<Absorption> one = List.of(Bench.HIGH);
        Decomposition solved = Decomposition.of(one);
        for (int trial = 0; trial < 100; trial++) {
            double[] densities = densities(one, false, false);
            assertEquals(thickness, weighted(solved.metal(), densities), EXACT);
            assertEquals(thickness, weighted(solved.wholeMetal(), densities), EXACT);
        }
        assertFalse(solved.tellsDopant() || solved.tellsDrift());
    }

    @Test
    void twoEnergiesTellMetalAndDopant() {
        List<Absorption> two = List.of(Bench.LOW, Bench.HIGH);
        Decomposition solved = Decomposition.of(two);
        for (int trial = 0; trial < 100; trial++) {
            double[] densities = densities(two, true, false);
            assertEquals(thickness, weighted(solved.metal(), densities), EXACT);
            assertEquals(dopant, weighted(solved.dopant(), densities), 1e-7);
        }
        assertTrue(solved.tellsDopant());
        assertFalse(solved.tellsDrift());
        assertArrayEquals(solved.metal(), solved.wholeMetal());
        assertArrayEquals(solved.dopant(), solved.wholeDopant());
    }

    @Test
    void threeAndFourEnergiesTellTheFlatsDriftAsWell() {
        for (List<Absorption> energies : List.of(THREE, FOUR)) {
            Decomposition solved = Decomposition.of(energies);
            assertTrue(solved.tellsDopant() && solved.tellsDrift());
            for (int trial = 0; trial < 100; trial++) {
                double[] densities = densities(energies, true, true);
                assertEquals(drift, weighted(solved.drift(), densities), EXACT);
                assertEquals(thickness, weighted(solved.wholeMetal(), densities), EXACT);
                assertEquals(dopant, weighted(solved.wholeDopant(), densities), 1e-7);
                double[] even = less(densities, drift);
                assertEquals(thickness, weighted(solved.metal(), even), EXACT);
                assertEquals(dopant, weighted(solved.dopant(), even), 1e-7);
            }
            double[] noise = {0.01, 0.01, 0.01, 0.01};
            assertTrue(Decomposition.sigma(solved.metal(), noise) < Decomposition.sigma(solved.wholeMetal(), noise));
            assertTrue(Decomposition.sigma(solved.dopant(), noise) < Decomposition.sigma(solved.wholeDopant(), noise));
        }
    }

    @Test
    void twoEnergiesWithoutBariumTellTheDriftInstead() {
        List<Absorption> two = List.of(new Absorption(8.3, 0.0454, 0), new Absorption(8.4, 0.0843, 0));
        Decomposition solved = Decomposition.of(two);
        assertFalse(solved.tellsDopant());
        assertTrue(solved.tellsDrift());
        for (int trial = 0; trial < 100; trial++) {
            double[] densities = densities(two, false, true);
            assertEquals(drift, weighted(solved.drift(), densities), EXACT);
            assertEquals(thickness, weighted(solved.wholeMetal(), densities), EXACT);
            assertEquals(thickness, weighted(solved.metal(), less(densities, drift)), EXACT);
        }
        assertArrayEquals(new double[2], solved.dopant());
        assertArrayEquals(new double[2], solved.wholeDopant());
    }

    @Test
    void energiesTooMuchAlikeTellTheMetalAlone() {
        List<Absorption> alike = List.of(new Absorption(8.3, 0.0454, 300), new Absorption(8.301, 0.0454, 300));
        Decomposition solved = Decomposition.of(alike);
        assertArrayEquals(new double[2], solved.dopant());
        assertArrayEquals(new double[2], solved.drift());
        double[] densities = densities(alike, false, false);
        assertEquals(thickness, weighted(solved.metal(), densities), EXACT);
    }

    @Test
    void theSolutionLeavesTheLeastSquares() {
        Decomposition solved = Decomposition.of(FOUR);
        double[] densities = densities(FOUR, true, true);
        for (int k = 0; k < densities.length; k++) {
            densities[k] += random.nextGaussian() * 0.01;
        }
        double[] solution = {
            weighted(solved.wholeMetal(), densities),
            weighted(solved.wholeDopant(), densities),
            weighted(solved.drift(), densities)
        };
        double least = misfit(densities, solution);
        for (int trial = 0; trial < 100; trial++) {
            double[] other = {
                solution[0] + random.nextGaussian() * 0.1,
                solution[1] + random.nextGaussian() * 10,
                solution[2] + random.nextGaussian() * 0.01
            };
            assertTrue(misfit(densities, other) > least);
        }
    }

    private static double misfit(double[] densities, double[] solution) {
        double sum = 0;
        for (int k = 0; k < densities.length; k++) {
            Absorption energy = FOUR.get(k);
            double off = densities[k]
                    - energy.oxidePerMicrometre() * solution[0]
                    - 1e-6 * energy.bariumCm2PerGram() * solution[1]
                    - solution[2];
            sum += off * off;
        }
        return sum;
    }

    @Test
    void sigmaIsTheSpreadOfTheSolutions() {
        Decomposition solved = Decomposition.of(FOUR);
        double[] noise = {0.02, 0.01, 0.03, 0.015};
        for (double[] weights :
                List.of(solved.metal(), solved.dopant(), solved.drift(), solved.wholeMetal(), solved.wholeDopant())) {
            int trials = 40_000;
            double squares = 0;
            for (int trial = 0; trial < trials; trial++) {
                double sum = 0;
                for (int k = 0; k < weights.length; k++) {
                    sum += weights[k] * noise[k] * random.nextGaussian();
                }
                squares += sum * sum;
            }
            double spread = Math.sqrt(squares / trials);
            // The spread of a spread of n is 1 / sqrt(2 n): four of them.
            assertEquals(spread, Decomposition.sigma(weights, noise), 4 * spread / Math.sqrt(2.0 * trials));
        }
    }
}
