package org.emberline.gpu;

/**
 * Which pixels of a frame count, decided frame by frame from their raw values; what is masked in every frame belongs into
 * {@link Corrections#mask}. A pixel that is not a finite number never counts.
 *
 * @param keepNegative whether negative pixels of signed formats count; otherwise they are invalid in that frame (detector gaps)
 * @param saturationCounts raw value at and above which a pixel is saturated; infinity for never
 * @param dropSaturated whether saturated pixels are invalid in their frame; otherwise they count, and are counted
 * @param dummy raw value of pixels that do not count, or NaN for none (pyFAI's {@code dummy})
 * @param dummyTolerance how far from {@code dummy} a raw value may lie to be taken for it, 0 or more (pyFAI's
 *     {@code delta_dummy}); with 0 it must be equal
 */
public record PixelRules(
        boolean keepNegative, double saturationCounts, boolean dropSaturated, double dummy, double dummyTolerance) {

    /** Negative pixels are gaps; nothing else is special. */
    public static final PixelRules GAPS_NEGATIVE =
            new PixelRules(false, Double.POSITIVE_INFINITY, false, Double.NaN, 0);

    public PixelRules {
        if (Double.isNaN(saturationCounts)) {
            throw new IllegalArgumentException("the saturation value is not a number saturation=" + saturationCounts);
        }
        if (Double.isInfinite(dummy)) {
            throw new IllegalArgumentException("the dummy value must be finite dummy=" + dummy);
        }
        if (!(dummyTolerance >= 0) || Double.isInfinite(dummyTolerance)) {
            throw new IllegalArgumentException(
                    "the tolerance of the dummy value must be 0 or more delta_dummy=" + dummyTolerance);
        }
    }

    /** These rules with other values for negative and saturated pixels. */
    public static PixelRules of(boolean keepNegative, double saturationCounts) {
        return new PixelRules(keepNegative, saturationCounts, false, Double.NaN, 0);
    }

    /** Whether a raw value counts. */
    public boolean valid(double raw) {
        return Math.abs(raw) <= Double.MAX_VALUE
                && (keepNegative || raw >= 0)
                && !(dropSaturated && raw >= saturationCounts)
                && !(Math.abs(raw - dummy) <= dummyTolerance);
    }

    /** Whether a raw value is saturated; gaps and dummies are not. */
    public boolean saturated(double raw) {
        return raw >= saturationCounts
                && Math.abs(raw) <= Double.MAX_VALUE
                && (keepNegative || raw >= 0)
                && !(Math.abs(raw - dummy) <= dummyTolerance);
    }

    /** Whether a raw value of this format can be invalid at all. */
    public boolean canDrop(PixelFormat format) {
        return format == PixelFormat.F32
                || (format.signed() && !keepNegative)
                || (dropSaturated && saturationCounts <= format.maximum())
                || (dummy + dummyTolerance >= format.minimum() && dummy - dummyTolerance <= format.maximum());
    }

    /** Whether a raw value of this format can be saturated. */
    public boolean canSaturate(PixelFormat format) {
        return saturationCounts <= format.maximum();
    }
}
