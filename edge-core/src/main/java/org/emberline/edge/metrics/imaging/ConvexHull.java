package org.emberline.edge.metrics.imaging;

/**
 * Area of the convex hull of an outline that is given by its distance from a point inside, on evenly spaced rays. The rays are in order of
 * their angle already, so Graham's scan (1972) needs no sorting. One thread; allocates nothing per outline.
 */
final class ConvexHull {
    private final int rays;
    private final double[] x;
    private final double[] y;

    ConvexHull(int rays) {
        this.rays = rays;
        x = new double[rays + 1];
        y = new double[rays + 1];
    }

    double area(double[] radius) {
        int farthest = 0;
        for (int ray = 1; ray < rays; ray++) {
            farthest = radius[ray] > radius[farthest] ? ray : farthest;
        }
        int corners = 0;
        for (int step = 0; step <= rays; step++) {
            int ray = (farthest + step) % rays;
            double angle = 2 * Math.PI * ray / rays;
            double px = radius[ray] * Math.cos(angle);
            double py = radius[ray] * Math.sin(angle);
            while (corners >= 2 && turn(corners, px, py) <= 0) {
                corners--;
            }
            x[corners] = px;
            y[corners] = py;
            corners++;
        }
        double twice = 0;
        for (int i = 0; i + 1 < corners; i++) {
            twice += x[i] * y[i + 1] - x[i + 1] * y[i];
        }
        return twice / 2;
    }

    /** Positive when the way over the last two corners to the point turns left. */
    private double turn(int corners, double px, double py) {
        double ax = x[corners - 1] - x[corners - 2];
        double ay = y[corners - 1] - y[corners - 2];
        return ax * (py - y[corners - 2]) - ay * (px - x[corners - 2]);
    }
}
