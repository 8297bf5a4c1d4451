package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.metrics.imaging.SyntheticMaps.Surface;
import org.emberline.gpu.imaging.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ball with round hollows of known diameter. */
class PoreMetricsTest {
    private static final int SIDE = 160;
    private static final ImageShape SHAPE = SyntheticMaps.square(SIDE);
    private static final double RADIUS = 55;
    private static final double MIDDLE = 79.6;
    private static final double THICKNESS = 0.25;
    private static final double NOISE = 0.002;
    private static final double PIXEL_METRES = Bench.PIXEL_MICROMETRES * 1e-6;
    /** Hollows on a square grid within so many pixels of the middle. */
    private static final int STEP = 24;

    private final Bench bench = new Bench(SIDE, List.of(Bench.LOW));

    private static Surface hollow(double diameter, double depth) {
        Surface ball = SyntheticMaps.ball(MIDDLE, MIDDLE, RADIUS);
        return (row, column) -> {
            double down = row - MIDDLE - STEP * Math.rint((row - MIDDLE) / STEP);
            double right = column - MIDDLE - STEP * Math.rint((column - MIDDLE) / STEP);
            boolean empty = Math.hypot(down, right) < diameter / 2;
            return THICKNESS * ball.at(row, column) * (empty ? 1 - depth : 1);
        };
    }

    private void show(Surface metal, double seconds) {
        float[] map = SyntheticMaps.scaled(SyntheticMaps.seen(SHAPE, metal), Bench.LOW.oxidePerMicrometre());
        bench.show(Bench.LOW, SyntheticMaps.withNoise(map, NOISE, 1), seconds);
    }

    @ParameterizedTest
    @ValueSource(doubles = {8, 12})
    void hollowsHaveTheirDiameter(double diameter) {
        show(hollow(diameter, 0.4), 0);
        double pixels = bench.value("pore_size") / PIXEL_METRES;
        double sigma = bench.sigma("pore_size") / PIXEL_METRES;
        assertEquals(0, bench.flags("pore_size"));
        assertEquals(diameter, pixels, 2 * sigma);
        assertTrue(bench.value("pore_size_d10") <= bench.value("pore_size"));
        assertTrue(bench.value("pore_size") <= bench.value("pore_size_d90"));
    }

    @Test
    void aFullBallHasNoPores() {
        show(hollow(0, 0), 0);
        for (String name : List.of("pore_size", "pore_size_d10", "pore_size_d90", "porosity_otsu")) {
            assertTrue(Double.isNaN(bench.value(name)), name + "=" + bench.value(name));
            assertEquals(FrameFlag.NOISE_LIMITED.bit(), bench.flags(name), name);
        }
    }

    @Test
    void otsuFindsTheShareOfHollowLines() {
        Surface surface = hollow(14, 0.7);
        show(surface, 0);
        double hollow = 0;
        double all = 0;
        Surface full = hollow(0, 0);
        for (double row = 0; row < SIDE; row += 0.25) {
            for (double column = 0; column < SIDE; column += 0.25) {
                if (Math.hypot(row - MIDDLE, column - MIDDLE) < Texture.INNER * RADIUS) {
                    all++;
                    hollow += surface.at(row, column) < full.at(row, column) ? 1 : 0;
                }
            }
        }
        double value = bench.value("porosity_otsu");
        assertEquals(0, bench.flags("porosity_otsu"));
        assertTrue(bench.value("porosity_separability") > PorosityOtsu.SEPARATE);
        assertEquals(hollow / all, value, 0.03);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, 0.5})
    void evenlyThinnedMetalHasThatPorosity(double porosity) {
        // The metal fills so much of each line of sight: path times density.
        Surface ball = SyntheticMaps.ball(MIDDLE, MIDDLE, RADIUS);
        show((row, column) -> (1 - porosity) * Bench.PIXEL_MICROMETRES * 3 * ball.at(row, column), 0);
        // Three times as thick as the pixels say: no ball, but 1 - porosity is three times as large.
        assertEquals(1 - porosity, (1 - bench.value("porosity")) / 3, 2 * bench.sigma("porosity") / 3);
        assertEquals(0, bench.flags("porosity"));
    }

    @Test
    void aBallThatShrinksGrowsDenser() {
        show(SyntheticMaps.sum((_, _) -> 0, THICKNESS, SyntheticMaps.ball(MIDDLE, MIDDLE, 60)), 0);
        double denser = Math.pow(60 / 50.0, 3);
        show(SyntheticMaps.sum((_, _) -> 0, THICKNESS * denser, SyntheticMaps.ball(MIDDLE, MIDDLE, 50)), 1);
        assertEquals(denser, bench.value("relative_density"), 2 * bench.sigma("relative_density"));
        assertEquals(1, bench.value("mass_conservation"), 0.003);
    }
}
