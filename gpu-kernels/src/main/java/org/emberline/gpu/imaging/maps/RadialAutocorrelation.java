package org.emberline.gpu.imaging.maps;

import java.util.Arrays;
import org.emberline.gpu.imaging.ImageShape;

/**
 * How alike a map is to itself at a distance. With the mean taken off, the covariance of all pairs of known pixels that lie r apart, r
 * in rings one pixel wide, over the covariance at distance 0. That one is not measured but extrapolated from the first three rings by a
 * parabola, because at 0 the noise of every pixel is added. Zeros around the map keep its far edges apart; each ring is divided by its
 * own number of pairs, so neither edges nor unknown pixels bias it.
 *
 * <p>Grains of mean diameter D have {@code D = 2.55 r_half}: Voronoi mosaics r_half / D = 0.388 +- 0.010 with D the diameter of a disc of the
 * grains' mean area, projected overlapping spheres 0.396 +- 0.006.
 */
public final class RadialAutocorrelation {
    /** Grain diameter over the radius of half correlation. */
    public static final double DIAMETER_PER_HALF_RADIUS = 2.55;

    private final ImageShape shape;
    private final int maximumRadius;
    private final int columns;
    private final Fourier fourier;
    private final double[] re;
    private final double[] im;
    private final double[] radii;
    private final double[] correlation;
    private final double[] pairs;
    private double halfRadius = Double.NaN;
    private double noiseShare = Double.NaN;
    private double covariance = Double.NaN;

    /** @param maximumRadius largest distance, pixels; 3 or more, below the map's shorter side */
    public RadialAutocorrelation(ImageShape shape, int maximumRadius) {
        if (maximumRadius < 3 || maximumRadius >= Math.min(shape.rows(), shape.columns())) {
            throw new IllegalArgumentException("the distance must be 3 or more and fit into the map of " + shape.rows()
                    + "x" + shape.columns() + " maximum_radius=" + maximumRadius);
        }
        this.shape = shape;
        this.maximumRadius = maximumRadius;
        int rows = Fourier.fastLength(shape.rows() + maximumRadius);
        columns = Fourier.fastLength(shape.columns() + maximumRadius);
        fourier = new Fourier(rows, columns);
        re = new double[rows * columns];
        im = new double[rows * columns];
        radii = new double[maximumRadius + 1];
        correlation = new double[maximumRadius + 1];
        pairs = new double[maximumRadius + 1];
    }

    /** Computes everything below anew. */
    public void compute(float[] map) {
        shape.require("map", map.length);
        load(map);
        fourier.forward(re, im);
        power();
        fourier.inverse(re, im);
        rings();
        extrapolate();
    }

    /** The map less its mean as real part, 1 where it is known as imaginary part: two transforms for one. */
    private void load(float[] map) {
        double mean = Sums.mean(map);
        Arrays.fill(re, 0);
        Arrays.fill(im, 0);
        for (int row = 0; row < shape.rows(); row++) {
            for (int column = 0; column < shape.columns(); column++) {
                float value = map[row * shape.columns() + column];
                if (!Float.isNaN(value)) {
                    re[row * columns + column] = value - mean;
                    im[row * columns + column] = 1;
                }
            }
        }
    }

    /** Puts |F|^2 and |G|^2 in the place of Z = F + i G: F = (Z(k) + Z*(-k)) / 2 and i G = (Z(k) - Z*(-k)) / 2. */
    private void power() {
        int rows = re.length / columns;
        for (int row = 0; row < rows; row++) {
            int mirrorRow = (rows - row) % rows * columns;
            for (int column = 0; column < columns; column++) {
                int k = row * columns + column;
                int l = mirrorRow + (columns - column) % columns;
                if (k <= l) {
                    double ofMap = square(re[k] + re[l]) + square(im[k] - im[l]);
                    double ofKnown = square(re[k] - re[l]) + square(im[k] + im[l]);
                    re[k] = ofMap / 4;
                    re[l] = ofMap / 4;
                    im[k] = ofKnown / 4;
                    im[l] = ofKnown / 4;
                }
            }
        }
    }

    private static double square(double x) {
        return x * x;
    }

    /** Mean covariance and mean distance of each ring; a lag and its opposite are the same, so half of the plane is enough. */
    private void rings() {
        int rows = re.length / columns;
        Arrays.fill(radii, 0);
        Arrays.fill(correlation, 0);
        Arrays.fill(pairs, 0);
        for (int y = 0; y <= maximumRadius; y++) {
            for (int x = y == 0 ? 0 : -maximumRadius; x <= maximumRadius; x++) {
                double distance = Math.sqrt((double) x * x + (double) y * y);
                int ring = (int) (distance + 0.5);
                if (ring <= maximumRadius) {
                    int lag = y % rows * columns + Math.floorMod(x, columns);
                    double count = Math.rint(im[lag]);
                    pairs[ring] += count;
                    correlation[ring] += re[lag];
                    radii[ring] += count * distance;
                }
            }
        }
        for (int ring = 0; ring <= maximumRadius; ring++) {
            correlation[ring] /= pairs[ring];
            radii[ring] /= pairs[ring];
        }
    }

    private void extrapolate() {
        double measured = correlation[0];
        covariance = parabolaAtZero();
        noiseShare = (measured - covariance) / measured;
        halfRadius = Double.NaN;
        if (!(covariance > 0)) {
            Arrays.fill(correlation, Double.NaN);
            return;
        }
        for (int ring = 0; ring <= maximumRadius; ring++) {
            correlation[ring] = ring == 0 ? 1 : correlation[ring] / covariance;
        }
        for (int ring = 1; ring <= maximumRadius && Double.isNaN(halfRadius); ring++) {
            if (correlation[ring] < 0.5) {
                double above = correlation[ring - 1] - 0.5;
                double part = above / (above + 0.5 - correlation[ring]);
                halfRadius = radii[ring - 1] + part * (radii[ring] - radii[ring - 1]);
            }
        }
    }

    /** Lagrange's formula through rings 1, 2 and 3. */
    private double parabolaAtZero() {
        double sum = 0;
        for (int i = 1; i <= 3; i++) {
            double weight = 1;
            for (int j = 1; j <= 3; j++) {
                weight *= i == j ? 1 : radii[j] / (radii[j] - radii[i]);
            }
            sum += weight * correlation[i];
        }
        return sum;
    }

    /** Mean distance of the pairs in each ring, pixels; entry 0 is 0. The live array. */
    public double[] radii() {
        return radii;
    }

    /** Correlation in each ring; 1 at 0, NaN throughout when nothing but noise was found. The live array. */
    public double[] correlation() {
        return correlation;
    }

    /** Where the correlation first falls to a half, pixels; NaN when it does not within the largest distance. */
    public double halfRadius() {
        return halfRadius;
    }

    /** Which part of the map's variance is noise that no two pixels share; near 0 also by chance below 0. */
    public double noiseShare() {
        return noiseShare;
    }

    /** The extrapolated covariance at distance 0: the map's variance without the noise, in squares of the map's unit. */
    public double covariance() {
        return covariance;
    }
}
