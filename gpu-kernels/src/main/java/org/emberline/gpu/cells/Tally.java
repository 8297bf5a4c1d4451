package org.emberline.gpu.cells;

import java.util.Arrays;

/**
 * For a number of places the sums of w, w^2, w n, (w n)^2, w d, w^2 v over the pixels in them (share w, normalisation n, dark d and
 * its variance v), as integers of a fixed scale, so that what is taken away again leaves no trace and order does not matter. The
 * scales leave 61 bits to the sum over all pixels: some 11 decimal places to one pixel among four million, more to a place. The
 * arrays of doubles follow by {@link #refresh}.
 */
final class Tally {
    private static final int ROOM = 61;
    private static final int SUMS = 6;

    private final int[] pixels;
    private final long[][] sums;
    private final double[] scales = new double[SUMS];
    final double[] count;
    final double[] normalisation;
    /** 1 / normalisation; NaN where no pixel is. */
    final double[] inverse;

    final double[] normalisationSquare;
    final double[] dark;
    final double[] darkVariance;
    /** The variance of one count in a pixel of typical share. */
    final double[] oneCount;

    /** @param largest upper bounds of the magnitudes of the six sums over all pixels */
    Tally(int places, double[] largest) {
        pixels = new int[places];
        sums = new long[SUMS][places];
        for (int i = 0; i < SUMS; i++) {
            scales[i] = largest[i] > 0 ? Math.scalb(1.0, ROOM - 1 - Math.getExponent(largest[i])) : 1;
        }
        count = new double[places];
        normalisation = new double[places];
        inverse = new double[places];
        normalisationSquare = new double[places];
        dark = new double[places];
        darkVariance = new double[places];
        oneCount = new double[places];
        Arrays.fill(inverse, Double.NaN);
    }

    /** Adds a pixel's part, or takes it away with {@code sign} -1. */
    void add(int place, double w, double n, double d, double v, int sign) {
        pixels[place] += sign;
        sum(0, place, w, sign);
        sum(1, place, w * w, sign);
        sum(2, place, w * n, sign);
        sum(3, place, w * n * (w * n), sign);
        sum(4, place, w * d, sign);
        sum(5, place, w * w * v, sign);
    }

    private void sum(int what, int place, double value, int sign) {
        sums[what][place] += sign * Math.round(value * scales[what]);
    }

    void refresh(int place) {
        boolean empty = pixels[place] == 0;
        count[place] = value(0, place);
        normalisation[place] = value(2, place);
        inverse[place] = empty ? Double.NaN : 1 / value(2, place);
        normalisationSquare[place] = value(3, place);
        dark[place] = value(4, place);
        darkVariance[place] = value(5, place);
        double typical = empty ? 0 : value(1, place) / value(0, place);
        oneCount[place] = typical * typical;
    }

    private double value(int what, int place) {
        return (double) sums[what][place] / scales[what];
    }
}
