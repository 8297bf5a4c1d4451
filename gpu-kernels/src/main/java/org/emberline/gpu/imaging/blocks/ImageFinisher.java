package org.emberline.gpu.imaging.blocks;

import java.util.Arrays;
import org.emberline.gpu.imaging.HistogramBins;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.PreviewLevel;

/**
 * Turns the unscaled maps of a frame into the finished result: scale, then in any number of parts the maps and their histogram, then
 * previews. Parts may run on threads of their own; the other steps not.
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

    /** Scales one part of the maps and counts it. */
    public void part(int part, ImageReduction into) {
        int pixels = into.shape().pixels();
        int first = (int) ((long) pixels * part / parts);
        int end = (int) ((long) pixels * (part + 1) / parts);
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
        count(into.opticalDensity(), first, end, histograms[part]);
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

    /** Gathers what the parts have counted and makes the previews. */
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

    private static void previews(ImageReduction into) {
        float[] density = into.opticalDensity();
        int[] valid = into.validPixels();
        int rows = into.shape().rows();
        int columns = into.shape().columns();
        for (int i = 0; i < into.previews().size(); i++) {
            PreviewLevel level = into.previews().get(i);
            halve(density, valid, rows, columns, level);
            density = level.opticalDensity();
            valid = level.validPixels();
            rows = level.shape().rows();
            columns = level.shape().columns();
        }
    }

    private static void halve(float[] density, int[] valid, int rows, int columns, PreviewLevel into) {
        int small = into.shape().columns();
        for (int row = 0; row < into.shape().rows(); row++) {
            boolean two = 2 * row + 1 < rows;
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
    }

    private static double sum(float[] density, int[] valid, int pixel) {
        return valid[pixel] > 0 ? valid[pixel] * (double) density[pixel] : 0;
    }
}
