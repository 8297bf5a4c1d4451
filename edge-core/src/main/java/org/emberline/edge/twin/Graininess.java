package org.emberline.edge.twin;

import java.util.Arrays;

/**
 * Theory and measurement of the excess variance epsilon^2 of azimuth bins of one degree: kappa / n, n grains in a bin, times what the
 * spots' width takes away. Immutable, any thread.
 */
final class Graininess {
    private static final int PER_DEGREE = GrainRing.BINS / 360;

    private final GrainField field;
    private final SamplePattern pattern;
    private final double[] sigmaDegrees;
    private final boolean[][] seen;

    /** @param pointSpreadPixels the panel's blur, standard deviation */
    Graininess(GrainField field, SamplePattern pattern, PixelMap map, double pointSpreadPixels, RingPlaces places) {
        this.field = field;
        this.pattern = pattern;
        int rings = pattern.grainedRings();
        sigmaDegrees = new double[rings];
        seen = new boolean[rings][360];
        for (int i = 0; i < rings; i++) {
            double twoTheta = 2 * pattern.theta(pattern.ring(i));
            double blur = Math.toDegrees(pointSpreadPixels / places.radiusPixels(twoTheta));
            sigmaDegrees[i] = Math.hypot(field.settings().spotSigmaDegrees(), blur);
            look(map, twoTheta, places.widthRadians(), seen[i]);
        }
    }

    /** How far apart things on the panel are. */
    record RingPlaces(double distancePixels, double widthRadians) {
        double radiusPixels(double twoTheta) {
            return distancePixels * Math.tan(twoTheta);
        }
    }

    private static void look(PixelMap map, double twoTheta, double width, boolean[] seen) {
        for (int i = 0; i < map.pixels(); i++) {
            boolean onRing = Math.abs(map.place(i) * map.stepRadians() - twoTheta) < width;
            if (onRing && map.mark(i) == 0) {
                seen[(int) (map.azimuth(i) * 360) % 360] = true;
            }
        }
    }

    /**
     * Var / mean^2 of the mean over a bin of a Poisson process smoothed by a Gaussian, relative to that without smoothing:
     * erf(b / 2s) - 2s / (b sqrt(pi)) (1 - exp(-(b / 2s)^2)).
     */
    static double kept(double sigma, double bin) {
        double x = bin / (2 * sigma);
        return erf(x) - (1 - Math.exp(-x * x)) / (x * Math.sqrt(Math.PI));
    }

    /** The series for the middle of the curve; beyond 5 the function is 1 to 2e-12. */
    private static double erf(double x) {
        if (x > 5) {
            return 1;
        }
        double term = x;
        double sum = x;
        for (int n = 1; n < 120; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    /** What is true of one ring; allocates. */
    RingTruth.Ring ring(int ring, SampleState state, FrameConditions conditions) {
        double grains = field.grains(ring, state, conditions);
        double kappa = field.settings().kappa();
        double diameter = state.grainMicrometres();
        double weighted = kappa * Math.PI / 6 * diameter * diameter * diameter;
        float[] around = new float[GrainRing.BINS];
        field.around(ring, grains, state.seconds(), new GrainField.Scratch(field), around);
        double[] bins = seenBins(around, seen[ring]);
        double mean = mean(bins);
        Reflection family = pattern.ring(ring);
        return new RingTruth.Ring(
                family.h(),
                family.k(),
                family.l(),
                grains,
                weighted,
                kappa * 360 / grains * kept(sigmaDegrees[ring], 1),
                relativeVariance(bins, mean),
                mean,
                pattern.texture(ring));
    }

    private static double[] seenBins(float[] around, boolean[] seen) {
        double[] bins = new double[360];
        int count = 0;
        for (int degree = 0; degree < 360; degree++) {
            if (seen[degree]) {
                double sum = 0;
                for (int i = 0; i < PER_DEGREE; i++) {
                    sum += around[degree * PER_DEGREE + i];
                }
                bins[count++] = sum / PER_DEGREE;
            }
        }
        return Arrays.copyOf(bins, count);
    }

    private static double mean(double[] bins) {
        double sum = 0;
        for (double bin : bins) {
            sum += bin;
        }
        return sum / bins.length;
    }

    private static double relativeVariance(double[] bins, double mean) {
        double sum = 0;
        for (double bin : bins) {
            sum += (bin - mean) * (bin - mean);
        }
        return bins.length < 2 ? Double.NaN : sum / (bins.length - 1) / (mean * mean);
    }
}
