package org.emberline.gpu.imaging;

import org.emberline.gpu.PixelFormat;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is fixed for a run of radiographs.
 *
 * <p>A pixel is <em>usable</em> when it is not masked, its dark and flats are finite and both flats are above the dark. A usable pixel is
 * <em>valid</em> in a frame when {@code dark < raw < saturationCounts}. Only valid pixels enter any number, so one pixel that is dead,
 * hot or saturated changes no neighbour but by its absence.
 *
 * @param shape of the frames; rows and columns that fill no whole downsampled pixel, at the far edges, are left out
 * @param format how the frame's pixels lie in memory
 * @param flatfield dark and flats, of the frame's shape
 * @param mask true = masked, or null; not copied
 * @param saturationCounts raw value at and above which a pixel is saturated; positive, infinity for never
 * @param factor detector pixels per downsampled pixel along each axis, 1 to 64
 * @param scaling how the flat is matched to the frame's beam
 * @param histogram the bins of the histogram
 * @param noise what the variance is made of
 * @param detail what is wanted
 */
public record ImagingPlan(
        ImageShape shape,
        PixelFormat format,
        Flatfield flatfield,
        boolean @Nullable [] mask,
        double saturationCounts,
        int factor,
        FlatScaling scaling,
        HistogramBins histogram,
        PhotonNoise noise,
        ImageDetail detail) {
    private static final int LARGEST_FACTOR = 64;

    // Written out, because checkers see the nullness of a compact constructor's arrays only within this module.
    public ImagingPlan(
            ImageShape shape,
            PixelFormat format,
            Flatfield flatfield,
            boolean @Nullable [] mask,
            double saturationCounts,
            int factor,
            FlatScaling scaling,
            HistogramBins histogram,
            PhotonNoise noise,
            ImageDetail detail) {
        shape.require("dark", flatfield.dark().length);
        shape.require("flat", flatfield.before().length);
        shape.require("second flat", flatfield.last().length);
        shape.require("mask", mask == null ? shape.pixels() : mask.length);
        if (!(saturationCounts > 0)) {
            throw new IllegalArgumentException("the saturation value must be positive saturation=" + saturationCounts);
        }
        if (factor < 1 || factor > Math.min(LARGEST_FACTOR, Math.min(shape.rows(), shape.columns()))) {
            throw new IllegalArgumentException("a frame of " + shape.rows() + "x" + shape.columns()
                    + " cannot be downsampled (at most " + LARGEST_FACTOR + ") factor=" + factor);
        }
        this.shape = shape;
        this.format = format;
        this.flatfield = flatfield;
        this.mask = mask;
        this.saturationCounts = saturationCounts;
        this.factor = factor;
        this.scaling = scaling;
        this.histogram = histogram;
        this.noise = noise;
        this.detail = detail;
        requireField(this);
    }

    private static void requireField(ImagingPlan plan) {
        ImageShape small = plan.smallShape();
        switch (plan.scaling) {
            case FlatScaling.None none -> {}
            case FlatScaling.Region region -> {
                BlockRange range = BlockRange.inside(region, plan.factor);
                if (range.endRow() > small.rows() || range.endColumn() > small.columns() || range.isEmpty()) {
                    throw new IllegalArgumentException(
                            "the empty region must hold a whole downsampled pixel and lie inside the field region="
                                    + region + " factor=" + plan.factor + " frame=" + plan.shape);
                }
            }
            case FlatScaling.Rim rim -> {
                if (2L * rim.width() > Math.min(small.rows(), small.columns())) {
                    throw new IllegalArgumentException("the rim leaves no field width=" + rim.width() + " downsampled="
                            + small.rows() + "x" + small.columns());
                }
            }
        }
    }

    /** Shape of the downsampled map. */
    public ImageShape smallShape() {
        return new ImageShape(shape.rows() / factor, shape.columns() / factor);
    }

    /** Bytes of one frame. */
    public long frameBytes() {
        return (long) shape.pixels() * format.bytes();
    }

    /** Whether a pixel can be valid in any frame. */
    public boolean usable(int pixel) {
        float dark = flatfield.dark()[pixel];
        float before = flatfield.before()[pixel];
        float after = flatfield.last()[pixel];
        boolean masked = mask != null && mask[pixel];
        return !masked
                && Float.isFinite(dark)
                && Float.isFinite(before)
                && Float.isFinite(after)
                && before > dark
                && after > dark;
    }
}
