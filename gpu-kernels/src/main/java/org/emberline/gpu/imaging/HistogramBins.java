package org.emberline.gpu.imaging;

/**
 * Equal bins of optical density. Bin i holds {@code lower + i width <= OD < lower + (i + 1) width}.
 *
 * @param lower lower edge of the first bin; finite
 * @param upper upper edge of the last bin, which does not belong to it; finite, above {@code lower}
 * @param bins number of bins, 1 to 65536
 */
public record HistogramBins(double lower, double upper, int bins) {
    private static final int MOST = 1 << 16;

    public HistogramBins {
        if (!(lower < upper) || Double.isInfinite(lower) || Double.isInfinite(upper)) {
            throw new IllegalArgumentException(
                    "the histogram's range must be finite and not empty lower=" + lower + " upper=" + upper);
        }
        if (bins < 1 || bins > MOST) {
            throw new IllegalArgumentException("the histogram must have 1 to " + MOST + " bins bins=" + bins);
        }
    }

    /** Width of a bin. */
    public double width() {
        return (upper - lower) / bins;
    }

    /** The value in the middle of a bin. */
    public double centre(int bin) {
        return lower + (bin + 0.5) * width();
    }
}
