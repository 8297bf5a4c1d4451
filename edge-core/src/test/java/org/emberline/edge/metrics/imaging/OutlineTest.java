package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.emberline.edge.metrics.imaging.SyntheticMaps.Surface;
import org.emberline.gpu.imaging.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutlineTest {
    private static final ImageShape SHAPE = SyntheticMaps.square(128);
    private static final double WITHIN = 0.25;
    private static final double ROW = 63.3;
    private static final double COLUMN = 62.8;
    private static final double RADIUS = 40;
    /** The threshold is lower than an even ball's, for the sake of grains, so the ball's outline lies a quarter of a pixel further out. */
    private static final double EVEN_BALL = 0.28;

    private final Outline outline = new Outline(SHAPE);

    private static Surface ball(double radius) {
        return SyntheticMaps.ball(ROW, COLUMN, radius);
    }

    private double radius(float[] map, double mass, double radius, double row, double column) {
        // As the analysis does: the first guess is the area of the coarse mask, whose blurred edge lies outside.
        outline.measure(map, mass, row, column, radius + 1);
        return outline.equalRadius();
    }

    private double radius(float[] map, double mass) {
        return radius(map, mass, RADIUS, ROW, COLUMN);
    }

    private static double mass(double radius) {
        return 4 * Math.PI / 3 * radius * radius * radius;
    }

    @ParameterizedTest
    @CsvSource({"20, 63, 64", "30, 60.5, 66.5", "33.3, 64.25, 62.1", "40, 63.7, 63.4", "46.5, 61.9, 64.6"})
    void aBallHasItsRadius(double radius, double row, double column) {
        float[] map = SyntheticMaps.seen(SHAPE, SyntheticMaps.ball(row, column, radius));
        double got = radius(map, mass(radius), radius, row, column);
        assertEquals(radius, got, WITHIN);
    }

    @Test
    void theScaleOfTheMapDoesNotMatter() {
        float[] map = SyntheticMaps.scaled(SyntheticMaps.seen(SHAPE, ball(RADIUS)), 0.01);
        assertEquals(RADIUS, radius(map, 0.01 * mass(RADIUS)), WITHIN);
    }

    @Test
    void noiseDoesNotMoveTheOutline() {
        float[] map = SyntheticMaps.seen(SHAPE, ball(RADIUS));
        double plain = radius(map, mass(RADIUS));
        for (int seed = 0; seed < 5; seed++) {
            double noisy = radius(SyntheticMaps.withNoise(map, 0.02 * 2 * RADIUS, seed), mass(RADIUS));
            assertEquals(plain, noisy, 0.15, "seed " + seed);
            assertEquals(RADIUS, noisy, EVEN_BALL, "seed " + seed);
        }
    }

    @Test
    void aBackgroundDoesNotMoveTheOutline() {
        for (double height : new double[] {-0.02, 0.02, 0.05}) {
            Surface even = SyntheticMaps.sum(ball(RADIUS), height * 2 * RADIUS, (_, _) -> 1);
            assertEquals(RADIUS, radius(SyntheticMaps.seen(SHAPE, even), mass(RADIUS)), WITHIN);
        }
    }

    @Test
    void aSlopingBackgroundDoesNotMoveTheOutline() {
        // Three per cent of the ball's height from one corner of the field to the other.
        Surface sloping =
                SyntheticMaps.sum(ball(RADIUS), 0.03 * 2 * RADIUS, (row, column) -> (row + column) / 256 - 0.5);
        assertEquals(RADIUS, radius(SyntheticMaps.seen(SHAPE, sloping), mass(RADIUS)), WITHIN);
    }

    @Test
    void aBumpThatSticksOutIsCutBack() {
        double plain = radius(SyntheticMaps.seen(SHAPE, ball(RADIUS)), mass(RADIUS));
        Surface bump = SyntheticMaps.ball(ROW - 3, COLUMN + RADIUS + 2, 5);
        float[] map = SyntheticMaps.seen(SHAPE, SyntheticMaps.sum(ball(RADIUS), 1, bump));
        assertEquals(plain, radius(map, mass(RADIUS) + mass(5)), 0.5);
        assertEquals(RADIUS, radius(map, mass(RADIUS) + mass(5)), 0.5);
    }

    @Test
    void anEllipsoidHasTheRadiusOfTheCircleWithItsArea() {
        Surface ellipsoid = (row, column) -> {
            double down = (row - ROW) / 36;
            double right = (column - COLUMN) / 42;
            return 2 * 39 * Math.sqrt(Math.max(0, 1 - down * down - right * right));
        };
        float[] map = SyntheticMaps.seen(SHAPE, ellipsoid);
        double expected = Math.sqrt(36 * 42);
        assertEquals(expected, radius(map, 4 * Math.PI / 3 * 36 * 42 * 39, expected, ROW, COLUMN), EVEN_BALL);
    }
}
