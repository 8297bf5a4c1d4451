package org.emberline.gpu.imaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The result of one radiograph, written over and over by an {@link ImageReducer}. Maps have one entry per downsampled pixel, row by row.
 * One thread at a time; whoever wants to keep values copies them.
 */
public final class ImageReduction {
    private static final int LARGEST_PREVIEW = 64;

    private final ImageShape shape;
    private final float[] opticalDensity;
    private final float[] transmission;
    private final float[] variance;
    private final int[] validPixels;
    private final long[] histogram;
    private final List<PreviewLevel> previews;
    private long underflow;
    private long overflow;
    private long valid;
    private long saturated;
    private long unlit;
    private double flatScale;
    private double flatScaleSigma;

    private ImageReduction(ImageShape shape, int bins, ImageDetail detail) {
        this.shape = shape;
        opticalDensity = new float[shape.pixels()];
        transmission = new float[detail == ImageDetail.FULL ? shape.pixels() : 0];
        variance = new float[transmission.length];
        validPixels = new int[shape.pixels()];
        histogram = new long[bins];
        previews = List.copyOf(pyramid(shape));
        Arrays.fill(opticalDensity, Float.NaN);
        Arrays.fill(transmission, Float.NaN);
        Arrays.fill(variance, Float.NaN);
        previews.forEach(level -> Arrays.fill(level.opticalDensity(), Float.NaN));
    }

    /** Room for all that the plan asks for; no pixel is valid yet. */
    public static ImageReduction of(ImagingPlan plan) {
        return new ImageReduction(plan.smallShape(), plan.histogram().bins(), plan.detail());
    }

    private static List<PreviewLevel> pyramid(ImageShape of) {
        List<PreviewLevel> levels = new ArrayList<>();
        ImageShape shape = of;
        for (int factor = 2; Math.max(shape.rows(), shape.columns()) > LARGEST_PREVIEW; factor *= 2) {
            shape = new ImageShape(Math.ceilDiv(shape.rows(), 2), Math.ceilDiv(shape.columns(), 2));
            levels.add(new PreviewLevel(shape, factor));
        }
        return levels;
    }

    /** Shape of the maps. */
    public ImageShape shape() {
        return shape;
    }

    /**
     * Mean of the optical density over the valid detector pixels of each downsampled pixel, NaN where there is none. This, not the
     * logarithm of the mean transmission, is proportional to mass where the thickness varies inside the pixel: absorption is linear in
     * it, and minus the logarithm of a mean is always less than the mean of minus the logarithms. Photon noise raises it by half a
     * pixel's variance. The live array, not a copy.
     */
    public float[] opticalDensity() {
        return opticalDensity;
    }

    /**
     * Mean of the transmission over the same pixels, NaN where there is none; free of that bias. Empty without
     * {@link ImageDetail#FULL}. The live array.
     */
    public float[] transmission() {
        return transmission;
    }

    /**
     * Variance of {@link #opticalDensity} by {@link PhotonNoise}, NaN where there is no valid pixel. Empty without
     * {@link ImageDetail#FULL}. The live array.
     */
    public float[] variance() {
        return variance;
    }

    /** Valid detector pixels of each downsampled pixel. The live array. */
    public int[] validPixels() {
        return validPixels;
    }

    /** Downsampled pixels per bin of {@link #opticalDensity}, those without valid pixels left out. The live array. */
    public long[] histogram() {
        return histogram;
    }

    /** Downsampled pixels below the histogram. */
    public long underflow() {
        return underflow;
    }

    /** Downsampled pixels at or above the histogram's upper edge. */
    public long overflow() {
        return overflow;
    }

    /** Halvings of the map until both its sides are at most 64; empty when they are from the start. */
    public List<PreviewLevel> previews() {
        return previews;
    }

    /** Valid detector pixels of the frame. */
    public long totalValidPixels() {
        return valid;
    }

    /** Usable detector pixels at or above the saturation value. */
    public long saturatedPixels() {
        return saturated;
    }

    /** Usable detector pixels not above their dark, or no numbers: where the transmission is not positive. */
    public long unlitPixels() {
        return unlit;
    }

    /**
     * What the flat was multiplied by: the frame's beam over the flat's; 1 when it is not asked for. NaN when the empty part of the
     * field holds no valid pixel: then optical density, transmission and previews are NaN throughout and the histogram is empty.
     */
    public double flatScale() {
        return flatScale;
    }

    /**
     * Standard error of the logarithm of {@link #flatScale} by photon noise; shared by all pixels and not in their variance. NaN when it
     * is asked for without {@link ImageDetail#FULL}.
     */
    public double flatScaleSigma() {
        return flatScaleSigma;
    }

    /** Sets the number of pixels of each kind. */
    public void pixelTotals(long newValid, long newSaturated, long newUnlit) {
        valid = newValid;
        saturated = newSaturated;
        unlit = newUnlit;
    }

    /** Sets the scale of the flat. */
    public void scale(double newScale, double newSigma) {
        flatScale = newScale;
        flatScaleSigma = newSigma;
    }

    /** Sets the counts beside the histogram. */
    public void beside(long newUnderflow, long newOverflow) {
        underflow = newUnderflow;
        overflow = newOverflow;
    }

    /**
     * Checks that this was made for such a plan.
     *
     * @throws IllegalArgumentException otherwise
     */
    public void requireRoomFor(ImagingPlan plan) {
        // No objects here: this runs with every frame.
        int rows = plan.shape().rows() / plan.factor();
        int columns = plan.shape().columns() / plan.factor();
        boolean full = plan.detail() == ImageDetail.FULL;
        if (shape.rows() != rows
                || shape.columns() != columns
                || histogram.length != plan.histogram().bins()
                || transmission.length > 0 != full) {
            throw new IllegalArgumentException("the image reduction was made for another plan rows=" + shape.rows()
                    + " columns=" + shape.columns() + " bins=" + histogram.length + " full=" + (transmission.length > 0)
                    + ", needed " + rows + ", " + columns + ", "
                    + plan.histogram().bins() + ", " + full);
        }
    }
}
