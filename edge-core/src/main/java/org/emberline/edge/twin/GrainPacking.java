package org.emberline.edge.twin;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Where the grains of an agglomerate sit in its envelope, taken as the unit ball, and how they differ. The places are Mitchell's
 * best candidates (Computer Graphics 25 (1991) 157), so that the first n of them fill the ball evenly for every n: coarsening can
 * then take grains away from the end. Sorted by z. Immutable.
 */
final class GrainPacking {
    /** Stream of {@link Noise}, of this class only. */
    private static final long PLACES = 40;

    private static final int CANDIDATES_PER_GRAIN = 12;
    /** Standard deviation of the logarithm of a grain's relative radius. */
    private static final double SPREAD = 0.25;

    private final double[][] place;
    private final int[] rank;
    private final double[] relativeRadius;
    private final double[] phase;

    GrainPacking(int grains, long seed) {
        Noise noise = new Noise(seed);
        noise.restart(PLACES, 0);
        double[][] ranked = new double[grains][];
        for (int i = 0; i < grains; i++) {
            ranked[i] = best(ranked, i, noise);
        }
        Integer[] order = new Integer[grains];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> ranked[i][2]));
        place = new double[grains][];
        rank = new int[grains];
        relativeRadius = new double[grains];
        phase = new double[grains];
        for (int i = 0; i < grains; i++) {
            rank[i] = order[i];
            place[i] = ranked[order[i]];
            relativeRadius[i] = Math.exp(SPREAD * noise.gaussian());
            phase[i] = noise.uniform();
        }
    }

    private static double[] best(double[][] placed, int count, Noise noise) {
        double[] best = {0, 0, 0};
        double farthest = -1;
        for (int c = 0; c < CANDIDATES_PER_GRAIN + count / 4; c++) {
            double[] candidate = inBall(noise);
            double distance = clearance(placed, count, candidate);
            if (distance > farthest) {
                farthest = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** A place near the surface has its own mirror image for a neighbour: else grains would crowd there. */
    private static double clearance(double[][] placed, int count, double[] candidate) {
        double nearest = 2 * (1 - Math.sqrt(square(candidate, 0, 0, 0)));
        nearest *= nearest;
        for (int i = 0; i < count; i++) {
            nearest = Math.min(nearest, square(candidate, placed[i][0], placed[i][1], placed[i][2]));
        }
        return nearest;
    }

    private static double square(double[] a, double x, double y, double z) {
        return (a[0] - x) * (a[0] - x) + (a[1] - y) * (a[1] - y) + (a[2] - z) * (a[2] - z);
    }

    /** A place drawn evenly from the unit ball. */
    static double[] inBall(Noise noise) {
        while (true) {
            double[] place = {2 * noise.uniform() - 1, 2 * noise.uniform() - 1, 2 * noise.uniform() - 1};
            if (square(place, 0, 0, 0) <= 1) {
                return place;
            }
        }
    }

    int grains() {
        return rank.length;
    }

    double x(int grain) {
        return place[grain][0];
    }

    double y(int grain) {
        return place[grain][1];
    }

    double z(int grain) {
        return place[grain][2];
    }

    /** 0 for the grain that lives longest. */
    int rank(int grain) {
        return rank[grain];
    }

    /** Lognormal, median 1. */
    double relativeRadius(int grain) {
        return relativeRadius[grain];
    }

    /** Uniform in [0, 1): decides which boundaries barium wets first. */
    double phase(int grain) {
        return phase[grain];
    }
}
