package org.emberline.edge.metrics.grains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether grains stay: what is true of drawn rings, and that values scatter as sigma says. */
class GrainCorrelationTest {
    private static final int RUNS = 300;

    private final RingScatter scatter = new RingScatter(GrainRings.SECTORS, 0.5);
    private final GrainCorrelation correlation = new GrainCorrelation(GrainRings.SECTORS);

    /** What happens to the grains between two exposures. */
    private interface Change {
        void to(GrainRings rings, double perSector);
    }

    private record Outcome(double mean, double scatter, double sigma) {}

    private Outcome many(double perSector, double net, Change change) {
        GrainRings rings = new GrainRings(3, 0.5);
        double sum = 0;
        double squares = 0;
        double sigmas = 0;
        for (int i = 0; i < RUNS; i++) {
            rings.draw(perSector, GrainRings.flat());
            rings.expose(net);
            assertTrue(scatter.look(rings.intensity, rings.variance));
            correlation.keep(scatter);
            change.to(rings, perSector);
            rings.expose(net);
            assertTrue(scatter.look(rings.intensity, rings.variance));
            correlation.compare(scatter);
            sum += correlation.value();
            squares += correlation.value() * correlation.value();
            sigmas += correlation.sigma() * correlation.sigma();
        }
        double mean = sum / RUNS;
        return new Outcome(mean, Math.sqrt(squares / RUNS - mean * mean), Math.sqrt(sigmas / RUNS));
    }

    /** With counting noise of a sixth of the grains' scatter, as large as it, and twice. */
    @ParameterizedTest
    @CsvSource({"300, 2000", "300, 600", "600, 600"})
    void grainsThatStay(double perSector, double net) {
        Outcome outcome = many(perSector, net, (_, _) -> {});
        assertEquals(1, outcome.mean, 4 * outcome.scatter / Math.sqrt(RUNS) + 0.01);
        assertEquals(1, outcome.sigma / outcome.scatter, 0.25);
    }

    @ParameterizedTest
    @CsvSource({"20, 2000", "300, 600"})
    void othersInTheirPlace(double perSector, double net) {
        Outcome drawn = many(perSector, net, (rings, n) -> rings.draw(n, GrainRings.flat()));
        assertEquals(0, drawn.mean, 4 * drawn.scatter / Math.sqrt(RUNS));
        assertEquals(1, drawn.sigma / drawn.scatter, 0.15);
        // By an eighth of the circle, where what the texture curves of both have taken does not match.
        Outcome turned = many(perSector, net, (rings, _) -> rings.turn(45));
        assertEquals(0, turned.mean, 4 * turned.scatter / Math.sqrt(RUNS));
    }

    /** Every second sector's grains are exchanged: half of the variance is common. */
    @Test
    void halfOfThem() {
        Outcome outcome = many(50, 2000, (rings, n) -> {
            double[] before = rings.grains.clone();
            rings.draw(n, GrainRings.flat());
            for (int k = 0; k < before.length; k += 2) {
                rings.grains[k] = before[k];
            }
        });
        assertEquals(0.5, outcome.mean, 4 * outcome.scatter / Math.sqrt(RUNS) + 0.01);
    }
}
