package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.MetricMap;
import org.emberline.edge.metrics.imaging.SyntheticMaps.Surface;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.maps.MinimumFlux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metal that is moved by a known amount between the sets of one energy. */
class MovedMetalTest {
    private static final int SIDE = 128;
    private static final ImageShape SHAPE = SyntheticMaps.square(SIDE);
    private static final double RADIUS = 40;
    private static final double MIDDLE = 63.5;
    /** Density 1.6 in the middle of the ball. */
    private static final double PER_PIXEL = 0.02;

    private static final double NOISE = 0.004;
    private static final double MASS = 4 * Math.PI / 3 * RADIUS * RADIUS * RADIUS;
    private static final double MICROMETRES = PER_PIXEL / Bench.LOW.oxidePerMicrometre();

    private final Bench bench = new Bench(SIDE, List.of(Bench.LOW));

    private static Surface ball() {
        return SyntheticMaps.ball(MIDDLE, MIDDLE, RADIUS);
    }

    /** Two blobs of that mass each, so far to the left and right of the middle. */
    private static Surface pair(double mass, double sigma, double distance) {
        double height = mass / (2 * Math.PI * sigma * sigma);
        Surface left = SyntheticMaps.blob(MIDDLE, MIDDLE - distance, sigma);
        Surface right = SyntheticMaps.blob(MIDDLE, MIDDLE + distance, sigma);
        return (row, column) -> height * (left.at(row, column) + right.at(row, column));
    }

    /** From the top and the bottom of the middle line to its left and right: the centre stays. */
    private static Surface moved(double fraction) {
        double height = fraction / 2 * MASS / (2 * Math.PI * 9);
        Surface top = SyntheticMaps.blob(MIDDLE - 20, MIDDLE, 3);
        Surface bottom = SyntheticMaps.blob(MIDDLE + 20, MIDDLE, 3);
        Surface taken = SyntheticMaps.sum(ball(), -height, SyntheticMaps.sum(top, 1, bottom));
        return SyntheticMaps.sum(taken, 1, pair(fraction / 2 * MASS, 3, 20));
    }

    private static float[] seen(Surface surface, long seed) {
        return SyntheticMaps.withNoise(
                SyntheticMaps.scaled(SyntheticMaps.seen(SHAPE, surface), PER_PIXEL), NOISE, seed);
    }

    private void show(Surface surface, double seconds, long seed) {
        bench.show(Bench.LOW, seen(surface, seed), seconds);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.03, 0.08})
    void whatWasMovedIsFoundWithinItsSigma(double fraction) {
        show(ball(), 0, 1);
        for (int seed = 2; seed < 7; seed++) {
            show(moved(fraction), seed, seed);
            double value = bench.value("moved_fraction");
            double sigma = bench.sigma("moved_fraction");
            assertEquals(fraction, value, 2 * sigma);
            assertTrue(sigma < 0.15 * fraction, "sigma " + sigma);
            assertEquals(0, bench.flags("moved_fraction"));
        }
    }

    @Test
    void noiseAloneIsSaidToBeNoise() {
        show(ball(), 0, 1);
        for (int seed = 2; seed < 7; seed++) {
            show(ball(), seed, seed);
            assertEquals(FrameFlag.NOISE_LIMITED.bit(), bench.flags("moved_fraction"));
            assertTrue(bench.value("moved_fraction") < bench.value("moved_fraction_floor"));
        }
    }

    @Test
    void noiseAloneHasNoFlux() {
        show(ball(), 0, 1);
        int limited = 0;
        for (int seed = 2; seed < 62; seed++) {
            show(ball(), seed, seed);
            limited += FrameFlag.NOISE_LIMITED.in(bench.flags("transport_flux")) ? 1 : 0;
        }
        // Three standard deviations of the squares are 2.3 of the flux.
        assertTrue(limited >= 57, limited + " of 60");
    }

    @Test
    void theFloorIsWhatNoiseAloneWouldMove() {
        show(ball(), 0, 1);
        show(ball(), 1, 2);
        // Noise of both maps in squares of 16 pixels, over the sample and its margin of six pixels.
        double metalNoise = NOISE / Bench.LOW.oxidePerMicrometre() * Math.sqrt(2) / 4;
        double squares = Math.PI * (RADIUS + 6) * (RADIUS + 6) / 16;
        double expected = Math.sqrt(2 / Math.PI) * metalNoise * squares / (2 * MASS * MICROMETRES / 16);
        assertEquals(expected, bench.value("moved_fraction_floor"), 0.2 * expected);
    }

    @Test
    void aSampleThatIsOnlyElsewhereHasMovedNothing() {
        show(moved(0.1), 0, 1);
        Surface start = moved(0.1);
        show((row, column) -> start.at(row - 2.4, column + 3.3), 1, 2);
        assertTrue(bench.value("moved_fraction") < 0.005, "moved " + bench.value("moved_fraction"));
        assertEquals(1, bench.value("mass_conservation"), 4 * bench.sigma("mass_conservation"));
    }

    @Test
    void lostMetalIsNotCalledMoved() {
        show(ball(), 0, 1);
        for (double rest : new double[] {0.95, 1.05}) {
            Surface thinner = (row, column) -> rest * ball().at(row, column);
            show(thinner, 1, 2);
            for (String name : List.of("moved_fraction", "moved_fraction_floor", "transport_flux")) {
                assertTrue(Double.isNaN(bench.value(name)), name);
                assertEquals(FrameFlag.MASS_NOT_CONSERVED.bit(), bench.flags(name), name);
            }
            assertEquals(rest, bench.value("mass_conservation"), 3 * bench.sigma("mass_conservation"));
            assertEquals(FrameFlag.MASS_NOT_CONSERVED.bit(), bench.flags("mass_conservation"));
        }
        Surface nearly = (row, column) -> 0.98 * ball().at(row, column);
        show(nearly, 2, 3);
        assertEquals(0, bench.flags("mass_conservation"));
    }

    @Test
    void aFlatThatFitsGivesMassWithinItsSigma() {
        double squares = 0;
        show(ball(), 0, 100);
        for (int seed = 1; seed <= 30; seed++) {
            bench.show(Bench.LOW, seen(ball(), seed), seed);
            double off = (bench.value("mass_conservation") - 1) / bench.sigma("mass_conservation");
            squares += off * off;
        }
        // All share the first set's error, so that the mean of squares is 0.5 and up.
        assertTrue(squares / 30 < 2.5, "mean of squares " + squares / 30);
    }

    @Test
    void theFluxIsTheLeastThatMovesTwoBlobsOutwards() {
        double mass = 0.1 * MASS;
        double near = 12;
        double far = 20;
        double seconds = 10;
        Surface before = SyntheticMaps.sum(ball(), 1, pair(mass, 4, near));
        Surface after = SyntheticMaps.sum(ball(), 1, pair(mass, 4, far));
        show(before, 0, 1);
        show(after, seconds, 2);
        double value = bench.value("transport_flux");
        double milligramsPerMicrometre = Bench.GRAMS_PER_CM3 * 0.1;
        double centimetres = Bench.PIXEL_MICROMETRES * 1e-4;
        // By symmetry nothing crosses the middle, and the flux of each half sums up to mass times distance over time.
        double bound = 2
                * mass
                * (far - near)
                / SHAPE.pixels()
                / seconds
                * MICROMETRES
                * milligramsPerMicrometre
                * centimetres;
        double expected = leastFlux(before, after, seconds);
        assertEquals(0, bench.flags("transport_flux"));
        assertTrue(expected > bound);
        assertTrue(value > bound, value + " bound " + bound);
        assertEquals(expected, value, 0.03 * expected);
    }

    /** Whatever the flux, its sum over an area that nothing leaves is the rate at which mass times place grows there. */
    @Test
    void theMapOfTheFluxCarriesMassTimesDistanceOutwards() {
        double mass = 0.1 * MASS;
        double seconds = 10;
        show(SyntheticMaps.sum(ball(), 1, pair(mass, 4, 12)), 0, 1);
        assertEquals(-1, bench.map("transport_flux").frameIndex);
        show(SyntheticMaps.sum(ball(), 1, pair(mass, 4, 20)), seconds, 2);
        MetricMap map = bench.map("transport_flux");
        ImageShape shape = map.layout.shape();
        double[] right = new double[2];
        double down = 0;
        for (int i = 0; i < shape.pixels(); i++) {
            down += map.values[i];
            right[i % shape.columns() * 2 / shape.columns()] += map.values[shape.pixels() + i];
        }
        double milligrams = MICROMETRES * Bench.GRAMS_PER_CM3 * 0.1;
        double pixelCentimetres = Bench.PIXEL_MICROMETRES * 1e-4;
        double expected =
                mass * 8 * pixelCentimetres * milligrams / seconds / (map.layout.factor() * map.layout.factor());
        assertEquals(expected, right[1], 0.05 * expected);
        assertEquals(-expected, right[0], 0.05 * expected);
        assertEquals(0, down, 0.05 * expected);
        assertEquals(1, map.frameIndex);
        show(SyntheticMaps.sum(ball(), 1, pair(mass, 4, 20)), 2 * seconds, 3);
        assertTrue(Double.isNaN(bench.value("transport_flux")), "nothing moved");
        assertEquals(1, bench.map("transport_flux").frameIndex, "the map of noise is not shown");
    }

    /** On the maps without noise, in their own squares of four pixels, by the unit's definition. */
    private static double leastFlux(Surface before, Surface after, double seconds) {
        ImageShape coarse = SyntheticMaps.square(SIDE / 4);
        float[] change = new float[coarse.pixels()];
        float[] from = SyntheticMaps.seen(SHAPE, before);
        float[] to = SyntheticMaps.seen(SHAPE, after);
        double milligrams = MICROMETRES * Bench.GRAMS_PER_CM3 * 0.1;
        for (int i = 0; i < from.length; i++) {
            int square = i / SIDE / 4 * (SIDE / 4) + i % SIDE / 4;
            change[square] += (float) ((to[i] - from[i]) / 16 * milligrams / seconds);
        }
        MinimumFlux flux = new MinimumFlux(coarse);
        flux.solve(change, 4 * Bench.PIXEL_MICROMETRES * 1e-4);
        return flux.meanFlux();
    }
}
