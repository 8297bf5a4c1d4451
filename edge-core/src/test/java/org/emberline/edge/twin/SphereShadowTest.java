package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SphereShadowTest {
    @ParameterizedTest
    @CsvSource({"0.01, 0.003, 0.02", "0.04, -0.3, 0.1", "0.5, 0.11, -0.23", "1.0, 0, 0"})
    void pixelsAddUpToTheBall(double radius, double x, double y) {
        double[] map = new double[64 * 64];
        new SphereShadow(64, 64, 0.05).add(x, y, radius, 3, map);
        double sum = RadiographScenario.sum(map) * 0.05 * 0.05;
        assertEquals(1, sum / (3 * 4 * Math.PI / 3 * radius * radius * radius), 1e-9);
    }

    /** Against the mean of 200 x 200 chords in each pixel. */
    @Test
    void aPixelHoldsTheMeanChord() {
        double[] map = new double[20 * 20];
        new SphereShadow(20, 20, 0.1).add(0.13, -0.07, 0.42, 1, map);
        for (int i = 0; i < map.length; i++) {
            double sum = 0;
            for (int ray = 0; ray < 40_000; ray++) {
                double dx = (i % 20 - 10 + (ray % 200 + 0.5) / 200) * 0.1 - 0.13;
                int row = i / 20;
                int down = ray / 200;
                double dy = (row - 10 + (down + 0.5) / 200) * 0.1 + 0.07;
                sum += 2 * Math.sqrt(Math.max(0, 0.42 * 0.42 - dx * dx - dy * dy));
            }
            assertEquals(sum / 40_000, map[i], 2e-5, "pixel=" + i);
        }
    }

    /** Half of a ball whose centre lies on the field's edge is outside. */
    @Test
    void whatLiesOutsideIsLeftOut() {
        double[] map = new double[20 * 20];
        new SphereShadow(20, 20, 0.1).add(1, 0.03, 0.3, 1, map);
        assertEquals(2 * Math.PI / 3 * 0.027, RadiographScenario.sum(map) * 0.01, 1e-12);
    }
}
