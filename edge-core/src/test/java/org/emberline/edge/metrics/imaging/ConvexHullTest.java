package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConvexHullTest {
    private static final int RAYS = 256;

    private final ConvexHull hull = new ConvexHull(RAYS);
    private final double[] radius = new double[RAYS];

    @Test
    void aCircleIsItsPolygon() {
        Arrays.fill(radius, 7);
        assertEquals(RAYS / 2.0 * 49 * Math.sin(2 * Math.PI / RAYS), hull.area(radius), 1e-9);
    }

    @Test
    void theDentsOfAStarAreBridged() {
        for (int ray = 0; ray < RAYS; ray++) {
            radius[ray] = ray % 32 == 5 ? 10 : 4 + ray % 3;
        }
        // Eight tips; the dents are within 10 cos(22.5 degrees) = 9.2.
        assertEquals(8 / 2.0 * 100 * Math.sin(2 * Math.PI / 8), hull.area(radius), 1e-9);
    }

    @Test
    void anEllipseIsItsOwnHull() {
        for (int ray = 0; ray < RAYS; ray++) {
            double angle = 2 * Math.PI * ray / RAYS;
            radius[ray] = 1 / Math.hypot(Math.cos(angle) / 20, Math.sin(angle) / 12);
        }
        double polygon = 0;
        for (int ray = 0; ray < RAYS; ray++) {
            polygon += radius[ray] * radius[(ray + 1) % RAYS] * Math.sin(2 * Math.PI / RAYS) / 2;
        }
        assertEquals(polygon, hull.area(radius), 1e-9);
        assertEquals(Math.PI * 240, hull.area(radius), 0.001 * Math.PI * 240);
    }

    @Test
    void anyOutlineHasTheHullThatSortedPointsGive() {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 200; trial++) {
            Arrays.setAll(radius, ray -> random.nextDouble(1, 10));
            assertEquals(monotoneChain(), hull.area(radius), 1e-9);
        }
    }

    /** Andrew's way: over the points from left to right below, and back above. */
    private double monotoneChain() {
        double[][] points = new double[RAYS][];
        Arrays.setAll(points, ray -> new double[] {
            radius[ray] * Math.cos(2 * Math.PI * ray / RAYS), radius[ray] * Math.sin(2 * Math.PI * ray / RAYS)
        });
        Arrays.sort(points, Comparator.comparingDouble(point -> point[0]));
        return half(points, 1) + half(points, -1);
    }

    /** Area between the axis and one of the two chains, positive. */
    private static double half(double[][] points, int sign) {
        double[][] chain = new double[points.length][];
        int n = 0;
        for (double[] point : points) {
            while (n >= 2 && sign * cross(chain[n - 2], chain[n - 1], point) >= 0) {
                n--;
            }
            chain[n++] = point;
        }
        double area = 0;
        for (int i = 0; i + 1 < n; i++) {
            area += sign * (chain[i + 1][0] - chain[i][0]) * (chain[i][1] + chain[i + 1][1]) / 2;
        }
        return area;
    }

    private static double cross(double[] a, double[] b, double[] c) {
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    }
}
