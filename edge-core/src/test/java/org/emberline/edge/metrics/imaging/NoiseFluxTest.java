package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.maps.MinimumFlux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseFluxTest {
    private static final ImageShape SHAPE = SyntheticMaps.square(48);
    private static final int DISCS = 60;

    private final NoiseFlux noiseFlux = new NoiseFlux(SHAPE);

    /** Mean flux of fresh noise on discs, and its deviation from disc to disc. */
    private static double[] fresh(double share, double noise, double pixel) {
        MinimumFlux flux = new MinimumFlux(SHAPE);
        double radius = Math.sqrt(share * SHAPE.pixels() / Math.PI);
        double sum = 0;
        double squares = 0;
        for (int disc = 0; disc < DISCS; disc++) {
            float[] map = SyntheticMaps.withNoise(new float[SHAPE.pixels()], noise, 100 + disc);
            for (int i = 0; i < map.length; i++) {
                int row = i / SHAPE.columns();
                int column = i % SHAPE.columns();
                map[i] = Math.hypot(row - 23.5, column - 23.5) < radius ? map[i] : 0;
            }
            flux.solve(map, pixel);
            sum += flux.meanFlux();
            squares += flux.meanFlux() * flux.meanFlux();
        }
        double mean = sum / DISCS;
        return new double[] {mean, Math.sqrt(squares / DISCS - mean * mean)};
    }

    @Test
    void freshDiscsOfTheSameSizeHaveThatFlux() {
        double[] fresh = fresh(0.25, 1, 1);
        assertEquals(fresh[0], noiseFlux.perNoise(0.25), standardErrors(fresh[1]));
    }

    /** Three of the difference between the mean of these discs and that of the flux's own. */
    private static double standardErrors(double spread) {
        return 3 * spread * Math.hypot(1 / Math.sqrt(DISCS), 1 / Math.sqrt(NoiseFlux.DISCS));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.18, 0.35, 0.5})
    void otherSharesFollowThePower(double share) {
        double[] fresh = fresh(share, 1, 1);
        assertEquals(fresh[0], noiseFlux.perNoise(share), Math.max(0.05 * fresh[0], standardErrors(fresh[1])));
    }

    @Test
    void fluxGrowsWithNoiseAndPixel() {
        double[] fresh = fresh(0.25, 3, 0.5);
        assertEquals(fresh[0], 3 * 0.5 * noiseFlux.perNoise(0.25), standardErrors(fresh[1]));
    }
}
