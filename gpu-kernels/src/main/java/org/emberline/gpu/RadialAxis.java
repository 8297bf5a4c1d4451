package org.emberline.gpu;

/**
 * Equal bins over {@code [lower, upper]}; a pixel exactly on {@code upper} belongs to the last bin, pixels outside to none.
 *
 * @param unit unit of {@code lower} and {@code upper}
 * @param bins number of bins, at least 1
 * @param lower lower edge of the first bin
 * @param upper upper edge of the last bin, above {@code lower}
 */
public record RadialAxis(RadialUnit unit, int bins, double lower, double upper) {

    public RadialAxis {
        if (bins < 1) {
            throw new IllegalArgumentException("at least one bin is needed npt=" + bins);
        }
        if (!(upper > lower) || Double.isInfinite(upper - lower)) {
            throw new IllegalArgumentException("radial range is empty or inverted range=" + lower + "," + upper);
        }
    }

    /** Width of one bin, in {@link #unit}. */
    public double binWidth() {
        return (upper - lower) / bins;
    }

    /** Centre of bin {@code index}, in {@link #unit}. */
    public double centre(int index) {
        return lower + (index + 0.5) * binWidth();
    }
}
