package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.emberline.gpu.Geometry;
import org.junit.jupiter.api.Test;

class PixelMapTest {
    private static final int NODES = 4096;

    private static PixelMap map(SimulationSettings settings) {
        return new PixelMap(
                PanelGeometry.of(settings.detector()),
                settings.detector(),
                settings.beam().polarizationFactor(),
                settings.seed(),
                NODES);
    }

    /** Angles, solid angle and polarisation of a tilted panel, from its axes turned one after the other as 3 x 3 matrices. */
    @Test
    void aTiltedPanelIsSeenUnderTheRightAngles() {
        SimulationSettings settings = Scenario.small()
                .with("detector.rot1_radians", 0.21)
                .with("detector.rot2_radians", -0.13)
                .with("detector.rot3_radians", 0.7)
                .with("detector.poni1_metres", 0.031)
                .with("beam.polarization_factor", 0.8)
                .settings();
        Geometry geometry = PanelGeometry.of(settings.detector());
        PixelMap map = map(settings);
        double[] ones = new double[NODES];
        Arrays.fill(ones, 1);
        double[] angles = new double[NODES];
        Arrays.setAll(angles, node -> node * map.stepRadians());
        for (int pixel = 0; pixel < map.pixels(); pixel++) {
            double p1 = (Math.floorDiv(pixel, 64) + 0.5) * 1.6e-3 - 0.031;
            double p2 = (pixel % 64 + 0.5) * 1.6e-3 - 0.0051;
            double[] at = turned(geometry, new double[] {p1, p2, 0.7});
            double length = Math.sqrt(at[0] * at[0] + at[1] * at[1] + at[2] * at[2]);
            double twoTheta = Math.acos(at[2] / length);
            double azimuth = Math.atan2(at[0], at[1]);
            double polarized = 0.5
                    * (1
                            + Math.pow(Math.cos(twoTheta), 2)
                            - 0.8 * Math.cos(2 * azimuth) * Math.pow(Math.sin(twoTheta), 2));
            double weight = Math.pow(0.7 / length, 3) * polarized;
            assertEquals(weight, map.expected(pixel, ones), 1e-6, "weight of pixel=" + pixel);
            assertEquals(twoTheta, map.expected(pixel, angles) / weight, 1e-6, "2theta of pixel=" + pixel);
        }
    }

    private static double[] turned(Geometry geometry, double[] point) {
        double a = geometry.rot1Radians();
        double b = geometry.rot2Radians();
        double c = geometry.rot3Radians();
        double[][] rot1 = {{1, 0, 0}, {0, Math.cos(a), Math.sin(a)}, {0, -Math.sin(a), Math.cos(a)}};
        double[][] rot2 = {{Math.cos(b), 0, -Math.sin(b)}, {0, 1, 0}, {Math.sin(b), 0, Math.cos(b)}};
        double[][] rot3 = {{Math.cos(c), -Math.sin(c), 0}, {Math.sin(c), Math.cos(c), 0}, {0, 0, 1}};
        return times(rot3, times(rot2, times(rot1, point)));
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[3];
        for (int i = 0; i < 3; i++) {
            product[i] = matrix[i][0] * vector[0] + matrix[i][1] * vector[1] + matrix[i][2] * vector[2];
        }
        return product;
    }

    @Test
    void theShippedPanelHasTheStatedGapsAndDeadPixels() {
        PixelMap map = map(Scenario.calcination().settings());
        int gaps = 0;
        int dead = 0;
        for (int pixel = 0; pixel < map.pixels(); pixel++) {
            gaps += map.mark(pixel) == PixelMap.GAP ? 1 : 0;
            dead += map.mark(pixel) == PixelMap.DEAD ? 1 : 0;
        }
        // Three modules of 166 rows, two of 252 columns.
        int live = 3 * 166 * 2 * 252;
        assertEquals(512 * 512 - live, gaps);
        assertEquals(0, (dead - 0.001 * live) / Math.sqrt(0.001 * live), 4, "dead=" + dead);
        assertEquals(0, map.mark(165 * 512));
        assertEquals(PixelMap.GAP, map.mark(166 * 512));
        assertEquals(PixelMap.GAP, map.mark(172 * 512));
        assertEquals(0, map.mark(173 * 512));
        assertEquals(0, map.mark(251));
        assertEquals(PixelMap.GAP, map.mark(252));
        assertEquals(PixelMap.GAP, map.mark(259));
        assertEquals(0, map.mark(260));
    }

    @Test
    void aPanelCanBeAllDead() {
        PixelMap map = map(Scenario.small().with("detector.dead_fraction", 1).settings());
        for (int pixel = 0; pixel < map.pixels(); pixel++) {
            assertEquals(PixelMap.DEAD, map.mark(pixel));
        }
    }
}
