package org.emberline.gpu.imaging.blocks;

import java.util.Arrays;
import org.emberline.gpu.imaging.HistogramBins;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.PreviewLevel;

/**
 * Turns the unscaled maps of a frame into the finished result: scale, then in any number of parts the maps, their histogram and the first
 * preview, then the other previews. Parts may run on threads of their own; the other steps not.
 */
public final class ImageFinisher {
    private final HistogramBins bins;
    private final FieldScale fieldScale;
    private final long[][] histograms;
    private final int parts;

    /** @param parts in how many parts the maps are finished */
    public ImageFinisher(ImagingPlan plan, int parts) {
        this.parts = parts;
        bins = plan.histogram();
        fieldScale = new FieldScale(plan);
        histograms = new long[parts][bins.bins() + 2];
    }

    /** Finds the scale, once the maps are filled: optical density, transmission, variance and counts. */
    public void begin(ImageReduction into) {
        fieldScale.find(into);
    }

    /** Scales one part of the maps, counts it and halves it for the first preview. */
    public void part(int part, ImageReduction into) {
        int rows = into.shape().rows();
        int columns = into.shape().columns();
        int pairs = Math.ceilDiv(rows, 2);
        int firstPair = (int) ((long) pairs * part / parts);
        int endPair = (int) ((long) pairs * (part + 1) / parts);
        int first = 2 * firstPair * columns;
        int end = Math.min(2 * endPair, rows) * columns;
        scale(first, end, into);
        count(into.opticalDensity(), first, end, histograms[part]);
        if (!into.previews().isEmpty()) {
            PreviewLevel level = into.previews().getFirst();
            for (int row = firstPair; row < endPair; row++) {
                halve(into.opticalDensity(), into.validPixels(), into.shape(), row, level);
            }
        }
    }

    private static void scale(int first, int end, ImageReduction into) {
        double scale = into.flatScale();
        if (scale != 1) {
            float addend = (float) Math.log(scale);
            float factor = (float) (1 / scale);
            float[] density = into.opticalDensity();
            float[] transmission = into.transmission();
            for (int i = first; i < end; i++) {
                density[i] += addend;
            }
            for (int i = first; i < Math.min(end, transmission.length); i++) {
                transmission[i] *= factor;
            }
        }
    }

    /** Places 0 and last are for what lies beside the bins. */
    private void count(float[] density, int first, int end, long[] counts) {
        Arrays.fill(counts, 0);
        double lower = bins.lower();
        double perWidth = bins.bins() / (bins.upper() - lower);
        for (int i = first; i < end; i++) {
            double value = density[i];
            if (value >= lower && value < bins.upper()) {
                counts[Math.min((int) ((value - lower) * perWidth), bins.bins() - 1) + 1]++;
            } else if (value < lower) {
                counts[0]++;
            } else if (value >= bins.upper()) {
                counts[counts.length - 1]++;
            }
        }
    }

    /** Gathers what the parts have counted and makes the other previews. */
    public void conclude(ImageReduction into) {
        long[] total = into.histogram();
        Arrays.fill(total, 0);
        long under = 0;
        long over = 0;
        for (long[] counts : histograms) {
            for (int bin = 0; bin < total.length; bin++) {
                total[bin] += counts[bin + 1];
            }
            under += counts[0];
            over += counts[counts.length - 1];
        }
        into.beside(under, over);
        previews(into);
    }

    /** Every level but the first, which the parts have made. */
    private static void previews(ImageReduction into) {
        for (int i = 1; i < into.previews().size(); i++) {
            PreviewLevel above = into.previews().get(i - 1);
            PreviewLevel level = into.previews().get(i);
            for (int row = 0; row < level.shape().rows(); row++) {
                halve(above.opticalDensity(), above.validPixels(), above.shape(), row, level);
            }
        }
    }

    /** Makes one row of a level from two rows, or at the end one, of the map above it. */
    private static void halve(float[] density, int[] valid, ImageShape shape, int row, PreviewLevel into) {
        int columns = shape.columns();
        int small = into.shape().columns();
        boolean two = 2 * row + 1 < shape.rows();
        int pixel = 2 * row * columns;
        for (int column = 0; column < small; column++, pixel += 2) {
            boolean pair = 2 * column + 1 < columns;
            double sum = sum(density, valid, pixel) + (pair ? sum(density, valid, pixel + 1) : 0);
            int count = valid[pixel] + (pair ? valid[pixel + 1] : 0);
            if (two) {
                int below = pixel + columns;
                sum += sum(density, valid, below) + (pair ? sum(density, valid, below + 1) : 0);
                count += valid[below] + (pair ? valid[below + 1] : 0);
            }
            into.opticalDensity()[row * small + column] = (float) (sum / count);
            into.validPixels()[row * small + column] = count;
        }
    }

    private static double sum(float[] density, int[] valid, int pixel) {
        return valid[pixel] > 0 ? valid[pixel] * (double) density[pixel] : 0;
    }
}
