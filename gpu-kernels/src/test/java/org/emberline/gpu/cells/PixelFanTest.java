package org.emberline.gpu.cells;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Areas below a level, against closed forms and against counted points. */
final class PixelFanTest {
    private static final double TINY = 1e-13;

    private final Random random = new Random(17);

    /** Over a unit square the area below a level of a plane is a sum of squares cut off at 0: the corners' triangles. */
    private static double belowPlane(double level, double low, double along, double across) {
        double s = level - low;
        double sum = square(s) - square(s - along) - square(s - across) + square(s - along - across);
        return sum / (2 * along * across);
    }

    private static double square(double x) {
        return x > 0 ? x * x : 0;
    }

    private static PixelFan plane(double low, double along, double across) {
        PixelFan pixel = new PixelFan();
        pixel.set(low + (along + across) / 2, low, low + along, low + along + across, low + across);
        return pixel;
    }

    @Test
    void aPlaneIsCutAsItsClosedFormSays() {
        for (int i = 0; i < 2000; i++) {
            double low = random.nextDouble(-5, 5);
            double along = random.nextDouble(0.1, 3);
            double across = random.nextDouble(0.1, 3);
            double level = low + random.nextDouble(-0.2, 1.2) * (along + across);
            double expected = belowPlane(level, low, along, across);
            assertEquals(expected, plane(low, along, across).areaBelow(level), 100 * TINY, "level=" + level);
        }
    }

    @Test
    void levelsAlongAnEdgeCutStrips() {
        PixelFan pixel = plane(2, 4, 0);
        for (double level = 2; level <= 6; level += 0.125) {
            assertEquals((level - 2) / 4, pixel.areaBelow(level), TINY);
        }
        assertEquals(0, pixel.areaBelow(1.9));
        assertEquals(1, pixel.areaBelow(6.1));
    }

    @Test
    void aCoordinateThatIsTheSameAllOverIsAllBelowOrAllAbove() {
        PixelFan pixel = plane(3, 0, 0);
        assertEquals(0, pixel.areaBelow(3));
        assertEquals(1, pixel.areaBelow(Math.nextUp(3.0)));
    }

    @Test
    void equalCornersOfATriangleDivideNothingByZero() {
        double half = 0.5;
        assertEquals(half * half, PixelFan.triangleBelow(half, 0, 1, 1), TINY, "the two upper are equal");
        assertEquals(1 - half * half, PixelFan.triangleBelow(half, 0, 0, 1), TINY, "the two lower are equal");
        assertEquals(0, PixelFan.triangleBelow(0, 0, 0, 1));
        assertEquals(1, PixelFan.triangleBelow(1, 0, 1, 1));
        assertEquals(half, PixelFan.triangleBelow(1, 0, 1, 2), TINY, "through the middle corner");
    }

    @Test
    void theOrderOfTheCornersDoesNotMatter() {
        for (int i = 0; i < 200; i++) {
            double p = random.nextInt(4);
            double q = random.nextInt(4);
            double r = random.nextInt(4);
            double level = random.nextDouble(-0.5, 3.5);
            double area = PixelFan.triangleBelow(level, p, q, r);
            assertEquals(area, PixelFan.triangleBelow(level, q, r, p));
            assertEquals(area, PixelFan.triangleBelow(level, r, q, p));
        }
    }

    /** Levels of a cone with its tip in the centre are squares: their area is that of the ratio of the radii. */
    @Test
    void theBeamCentreIsNoSpecialPlace() {
        PixelFan pixel = new PixelFan();
        pixel.set(0, 2, 2, 2, 2);
        for (double level = 0; level <= 2; level += 0.1) {
            assertEquals(level * level / 4, pixel.areaBelow(level), TINY);
        }
    }

    /** A level line crosses each of n lines of points at most once per triangle, and each crossing is wrong by a point at most. */
    @Test
    void trianglesHoldTheCountedPoints() {
        int n = 200;
        for (int i = 0; i < 50; i++) {
            double p = random.nextDouble(5);
            double q = random.nextDouble(5);
            double r = random.nextDouble(5);
            double level = random.nextDouble(5);
            int below = 0;
            int points = 0;
            for (int u = 0; u < n; u++) {
                for (int v = 0; u + v < n; v++) {
                    double x = (u + 1 / 3.0) / n;
                    double y = (v + 1 / 3.0) / n;
                    points++;
                    below += p + x * (q - p) + y * (r - p) < level ? 1 : 0;
                }
            }
            double tolerance = 2.0 * n / points;
            assertEquals((double) below / points, PixelFan.triangleBelow(level, p, q, r), tolerance);
            assertTrue(tolerance < 0.03, "tolerance=" + tolerance);
        }
    }
}
