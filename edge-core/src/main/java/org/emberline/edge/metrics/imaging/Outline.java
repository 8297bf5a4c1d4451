package org.emberline.edge.metrics.imaging;

import java.util.Arrays;
import org.emberline.gpu.imaging.ImageShape;

/**
 * The sample's outline to parts of a pixel, and the convex hull of it. Along {@value #RAYS} rays from the centre the outermost crossing of a
 * threshold is found, against the empty field just outside, so that an uneven flat does not move it. The threshold is the height that the
 * edge of an even ball of this mass has after the blur exactly where it ends. Pieces of foreign matter that stick out are cut back to
 * three deviations beyond an ellipse-like curve. One thread; allocates nothing per map.
 */
final class Outline {
    private static final int RAYS = 256;
    /** Samples per pixel along a ray. */
    private static final int FINENESS = 4;
    /** Light smoothing before the threshold, pixels. */
    private static final double SMOOTHING = 0.8;
    /** Together with the smoothing, the camera's own pixel (0.29) and a point spread of about one pixel (0.37). */
    private static final double WHOLE_BLUR = Math.sqrt(SMOOTHING * SMOOTHING + 0.29 * 0.29 + 0.37 * 0.37);
    /** Mean of the square root of a standard normal variable's positive part. */
    private static final double ROOT_OF_BLUR = 0.411;
    /** Grains at the surface are smaller than the ball, and steeper at their edge: the threshold lies below the ball's. */
    private static final double BELOW_THE_BALL = 0.8;
    /** Smoothing along the outline, pixels of arc. */
    private static final double ARC = 3;

    private static final int PASSES = 4;
    private static final int CUTS = 10;

    private final ImageShape shape;
    private final GaussianMean mean;
    private final float[] smooth;
    private final double[][] rays;
    private final double[][] turned;
    private final double[] radius = new double[RAYS];
    private final double[] curve = new double[RAYS];
    private final double[] kept = new double[RAYS];
    private final double[] distances = new double[RAYS];
    private final double[] outside = new double[RAYS];
    private final ConvexHull hull = new ConvexHull(RAYS);
    private double equalRadius;

    Outline(ImageShape shape) {
        this.shape = shape;
        mean = new GaussianMean(shape, SMOOTHING);
        smooth = new float[shape.pixels()];
        int longest = FINENESS * (int) Math.ceil(Math.hypot(shape.rows(), shape.columns()));
        rays = new double[RAYS][longest];
        turned = new double[RAYS][longest];
    }

    /**
     * Measures the outline.
     *
     * @param map proportional to thickness, zero outside, no pixel unknown
     * @param mass sum of the map over the sample
     * @param row centre of the sample, pixels; a pixel's own middle is its index
     * @param first first guess of the radius, pixels
     */
    void measure(float[] map, double mass, double row, double column, double first) {
        mean.of(map, smooth);
        equalRadius = first;
        for (int pass = 0; pass < PASSES; pass++) {
            double perPath = mass / (4 * Math.PI / 3 * equalRadius * equalRadius * equalRadius);
            double threshold = BELOW_THE_BALL * perPath * 2 * Math.sqrt(2 * equalRadius * WHOLE_BLUR) * ROOT_OF_BLUR;
            double beyond = 1.06 * equalRadius;
            sample(row, column, (int) (FINENESS * (beyond + 15)));
            level((int) (FINENESS * (beyond + 3)), (int) (FINENESS * (beyond + 15)));
            for (int ray = 0; ray < RAYS; ray++) {
                radius[ray] = crossing(ray, threshold, (int) (FINENESS * (beyond + 4)));
            }
            cutBack();
            equalRadius = Math.sqrt(hull.area(radius) / Math.PI);
        }
    }

    /** Values along the rays, smoothed from ray to ray. */
    private void sample(double row, double column, int length) {
        int n = Math.min(length + 1, rays[0].length);
        for (int ray = 0; ray < RAYS; ray++) {
            double down = Math.sin(2 * Math.PI * ray / RAYS) / FINENESS;
            double right = Math.cos(2 * Math.PI * ray / RAYS) / FINENESS;
            for (int i = 0; i < n; i++) {
                rays[ray][i] = at(row + i * down, column + i * right);
            }
        }
        double sigma = ARC / (2 * Math.PI * equalRadius) * RAYS;
        int reach = (int) Math.ceil(3 * sigma);
        double whole = 0;
        for (int j = -reach; j <= reach; j++) {
            whole += Math.exp(-0.5 * j * j / (sigma * sigma));
        }
        for (int ray = 0; ray < RAYS; ray++) {
            Arrays.fill(turned[ray], 0, n, 0);
            for (int j = -reach; j <= reach; j++) {
                double weight = Math.exp(-0.5 * j * j / (sigma * sigma)) / whole;
                double[] other = rays[Math.floorMod(ray + j, RAYS)];
                for (int i = 0; i < n; i++) {
                    turned[ray][i] += weight * other[i];
                }
            }
        }
    }

    /** Between the pixels by straight lines; beyond the field its edge goes on. */
    private double at(double row, double column) {
        double r = Math.clamp(row, 0.0, shape.rows() - 1.0);
        double c = Math.clamp(column, 0.0, shape.columns() - 1.0);
        int top = Math.min((int) r, shape.rows() - 2);
        int left = Math.min((int) c, shape.columns() - 2);
        double v = r - top;
        double u = c - left;
        int i = top * shape.columns() + left;
        int j = i + shape.columns();
        return (1 - v) * ((1 - u) * smooth[i] + u * smooth[i + 1]) + v * ((1 - u) * smooth[j] + u * smooth[j + 1]);
    }

    /** Takes off each ray what the field just outside has, averaged over a sixth of the turn. */
    private void level(int from, int to) {
        for (int ray = 0; ray < RAYS; ray++) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += turned[ray][i];
            }
            outside[ray] = sum / (to - from);
        }
        int half = RAYS / 12;
        for (int ray = 0; ray < RAYS; ray++) {
            double sum = 0;
            for (int j = -half; j <= half; j++) {
                sum += outside[Math.floorMod(ray + j, RAYS)];
            }
            double zero = sum / (2 * half + 1);
            for (int i = 0; i < to; i++) {
                turned[ray][i] -= zero;
            }
        }
    }

    /** Inwards from just outside to the first sample above the threshold; pixels. */
    private double crossing(int ray, double threshold, int from) {
        double[] values = turned[ray];
        int i = from;
        while (i > 0 && values[i] < threshold) {
            i--;
        }
        double part = values[i] < threshold || i == from ? 0 : (values[i] - threshold) / (values[i] - values[i + 1]);
        return (i + part) / FINENESS;
    }

    /** Fits a curve of second order, leaving out what lies beyond three deviations, and cuts the outline back to that. */
    private void cutBack() {
        System.arraycopy(radius, 0, kept, 0, RAYS);
        double limit = Double.POSITIVE_INFINITY;
        for (int cut = 0; cut < CUTS; cut++) {
            fitCurve();
            for (int ray = 0; ray < RAYS; ray++) {
                distances[ray] = Math.abs(radius[ray] - curve[ray]);
            }
            limit = Math.max(3 * 1.4826 * Median.of(distances, RAYS), 0.7);
            for (int ray = 0; ray < RAYS; ray++) {
                double excess = radius[ray] - curve[ray];
                kept[ray] = excess > limit || excess < -3 * limit ? curve[ray] : radius[ray];
            }
        }
        for (int ray = 0; ray < RAYS; ray++) {
            radius[ray] = Math.min(radius[ray], curve[ray] + limit);
        }
    }

    /** Fourier's series to the second order: on evenly spaced rays its coefficients are plain means. */
    private void fitCurve() {
        Arrays.fill(curve, 0);
        for (int order = 0; order <= 2; order++) {
            double cosine = 0;
            double sine = 0;
            for (int ray = 0; ray < RAYS; ray++) {
                double angle = 2 * Math.PI * order * ray / RAYS;
                cosine += kept[ray] * Math.cos(angle);
                sine += kept[ray] * Math.sin(angle);
            }
            double scale = order == 0 ? 1.0 / RAYS : 2.0 / RAYS;
            for (int ray = 0; ray < RAYS; ray++) {
                double angle = 2 * Math.PI * order * ray / RAYS;
                curve[ray] += scale * (cosine * Math.cos(angle) + sine * Math.sin(angle));
            }
        }
    }

    /** Radius of the circle with the area of the convex hull, pixels. */
    double equalRadius() {
        return equalRadius;
    }
}
