package org.emberline.gpu.imaging.maps;

import java.util.Arrays;
import org.emberline.gpu.imaging.ImageShape;

/**
 * Sizes of bright things by openings with discs of growing radius (Matheron 1975): what an opening takes away was too small for the disc. The
 * share of the map's sum that is gone after radius r is the distribution of sizes at d(r), the diameter of a circle with the area of
 * the digital disc; between the radii it is taken to be linear. So sizes are weighted by the sum they carry, and for things darker than their
 * surroundings give the map with the other sign. Values below {@code base} count as {@code base}.
 */
public final class Granulometry {
    private final ImageShape shape;
    private final DiscOpening opening;
    private final float[] opened;
    private final double[] diameters;
    private final double[] gone;

    /** @param maximumRadius radius of the largest disc, pixels, 1 or more; the time grows with its square */
    public Granulometry(ImageShape shape, int maximumRadius) {
        if (maximumRadius < 1 || maximumRadius > Math.min(shape.rows(), shape.columns())) {
            throw new IllegalArgumentException("the radius must be 1 or more and fit into the map of " + shape.rows()
                    + "x" + shape.columns() + " maximum_radius=" + maximumRadius);
        }
        this.shape = shape;
        opening = new DiscOpening(shape, maximumRadius);
        opened = new float[shape.pixels()];
        diameters = new double[maximumRadius + 1];
        gone = new double[maximumRadius + 1];
        for (int radius = 0; radius <= maximumRadius; radius++) {
            diameters[radius] = Math.sqrt(4 / Math.PI * pixelsOfDisc(radius));
        }
    }

    private static long pixelsOfDisc(int radius) {
        long pixels = 0;
        for (int y = -radius; y <= radius; y++) {
            pixels += 2 * (long) Math.sqrt((double) radius * radius - (double) y * y) + 1;
        }
        return pixels;
    }

    /** Opens the map by every disc; the distribution is NaN throughout when nothing of the map is above {@code base}. */
    public void compute(float[] map, double base) {
        shape.require("map", map.length);
        opening.load(map);
        double all = sumAbove(map, base);
        if (!(all > 0)) {
            Arrays.fill(gone, Double.NaN);
            return;
        }
        double least = 1;
        for (int radius = gone.length - 1; radius > 0; radius--) {
            opening.open(radius, opened);
            // A digital disc is no union of smaller ones, which nibble at its edge: what a larger disc leaves is not
            // gone.
            least = Math.min(least, 1 - sumAbove(opened, base) / all);
            gone[radius] = least;
        }
        gone[0] = 0;
    }

    private static double sumAbove(float[] map, double base) {
        double sum = 0;
        for (float value : map) {
            if (value > base) {
                sum += value - base;
            }
        }
        return sum;
    }

    /** Diameter of each disc, pixels; entry 0 is a single pixel. */
    public double[] diameters() {
        return diameters;
    }

    /** Which part of the map's sum is smaller than each disc; the rest after the last is larger than all. The live array. */
    public double[] distribution() {
        return gone;
    }

    /**
     * The diameter below which that part of the sum lies, pixels; NaN when the largest disc does not get so far.
     *
     * @param part in (0, 1): 0.1, 0.5, 0.9 for D10, D50, D90
     */
    public double quantile(double part) {
        for (int radius = 1; radius < gone.length; radius++) {
            if (gone[radius] >= part) {
                double share = (part - gone[radius - 1]) / (gone[radius] - gone[radius - 1]);
                return diameters[radius - 1] + share * (diameters[radius] - diameters[radius - 1]);
            }
        }
        return Double.NaN;
    }

    /** Mean diameter of what the discs took away, pixels; NaN when they took nothing. */
    public double mean() {
        double sum = 0;
        for (int radius = 1; radius < gone.length; radius++) {
            sum += (gone[radius] - gone[radius - 1]) * (diameters[radius] + diameters[radius - 1]) / 2;
        }
        return sum / gone[gone.length - 1];
    }
}
