package org.emberline.gpu.imaging.maps;

import org.emberline.gpu.imaging.HistogramBins;

/**
 * Otsu's threshold (1979) of a histogram: the edge between bins that makes the variance between the two classes largest. Of several as good, as
 * where the classes are far apart, it is the middle one.
 *
 * @param threshold values at and above it are the upper class
 * @param separability eta, variance between the classes over all variance, in [0, 1]; below about 0.7 the threshold decides what is measured
 * @param upperShare part of the pixels in the upper class
 * @param deviation standard deviation of the values within the classes
 */
public record Otsu(double threshold, double separability, double upperShare, double deviation) {
    private static final double AS_GOOD = 1e-12;

    /** Of the pixels in the bins; all NaN when they fill less than two bins. One small object per call. */
    public static Otsu of(long[] counts, HistogramBins bins) {
        long pixels = 0;
        double sum = 0;
        double squares = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            double value = bins.centre(bin);
            pixels += counts[bin];
            sum += counts[bin] * value;
            squares += counts[bin] * value * value;
        }
        double mean = sum / pixels;
        double variance = squares / pixels - mean * mean;
        double best = 0;
        double low = Double.NaN;
        double high = Double.NaN;
        long below = 0;
        double sumBelow = 0;
        long belowBest = 0;
        for (int bin = 0; bin + 1 < counts.length; bin++) {
            below += counts[bin];
            sumBelow += counts[bin] * bins.centre(bin);
            double between = between(below, pixels, sumBelow, sum);
            double edge = bins.lower() + (bin + 1) * bins.width();
            if (between > best * (1 + AS_GOOD)) {
                best = between;
                low = edge;
                belowBest = below;
            }
            if (between >= best * (1 - AS_GOOD) && between > 0) {
                high = edge;
            }
        }
        if (Double.isNaN(low)) {
            return new Otsu(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        return new Otsu(
                (low + high) / 2,
                Math.min(best / variance, 1),
                1 - (double) belowBest / pixels,
                Math.sqrt(Math.max(variance - best, 0)));
    }

    /** w0 w1 (m0 - m1)^2. */
    private static double between(long below, long pixels, double sumBelow, double sum) {
        long above = pixels - below;
        if (below == 0 || above == 0) {
            return 0;
        }
        double difference = sumBelow / below - (sum - sumBelow) / above;
        return (double) below / pixels * ((double) above / pixels) * difference * difference;
    }
}
