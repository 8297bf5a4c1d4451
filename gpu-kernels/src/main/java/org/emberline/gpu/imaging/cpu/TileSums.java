package org.emberline.gpu.imaging.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.emberline.gpu.imaging.Flatfield;
import org.emberline.gpu.imaging.ImageDetail;
import org.emberline.gpu.imaging.ImagingPlan;

/**
 * Sums down the columns of a tile, which is as high as one block and as wide as fits the first-level cache. With s = raw - dark, f = flat -
 * dark, u = 1/s and v = 1/f, per column over its rows:
 *
 * <pre>
 * product   prod(f / s), or prod(scale s) without detail       its logarithm is a sum: one logarithm for many pixels
 * margin    min(s, saturation - raw)                           positive when all are valid
 * ratio     sum(s / f)                                         transmissions
 * noise     sum(raw u^2 + dark/D (u - v)^2 + var(flat) v^2)    see PhotonNoise
 * </pre>
 *
 * u and v come from one division, u = f x and v = s x with x = 1/(s f). What is not valid spoils its own column only. The loops are
 * short and of few kinds of numbers each, because the compiler then makes vector instructions of them: in one loop it is 3 times slower.
 */
final class TileSums {
    static final int WIDTH = 512;

    final double[] product = new double[WIDTH];
    final double[] ratio = new double[WIDTH];
    final double[] noise = new double[WIDTH];
    final double[] margin = new double[WIDTH];
    private final double[] raw = new double[WIDTH];
    private final double[] sample = new double[WIDTH];
    private final double[] flat = new double[WIDTH];
    private final double[] flatVariance = new double[WIDTH];
    private final double[] inverse = new double[WIDTH];
    private final PixelRow pixels;
    private final boolean full;
    private final double scale;
    private final float[] dark;
    private final float[] before;
    private final float[] after;
    private final double saturation;
    private final double darkShare;
    private final double flatFrames;

    /** @param scale keeps products of many pixels within the range of numbers: one over a typical count */
    TileSums(ImagingPlan plan, double scale) {
        Flatfield flatfield = plan.flatfield();
        pixels = new PixelRow(plan.format(), WIDTH);
        full = plan.detail() == ImageDetail.FULL;
        this.scale = scale;
        dark = flatfield.dark();
        before = flatfield.before();
        after = flatfield.last();
        saturation = plan.saturationCounts();
        darkShare = 1 / plan.noise().darkFrames();
        flatFrames = plan.noise().flatFrames();
    }

    void clear(int count) {
        Arrays.fill(product, 0, count, 1);
        Arrays.fill(margin, 0, count, Double.POSITIVE_INFINITY);
        if (full) {
            Arrays.fill(ratio, 0, count, 0);
            Arrays.fill(noise, 0, count, 0);
        }
    }

    /** Adds {@code count} pixels of one row, from pixel {@code first} of the frame on. */
    void add(MemorySegment frame, int first, int count, double w) {
        pixels.read(frame, first, count, raw);
        addDark(first, count);
        if (full) {
            addFlat(first, count, w);
            divide(count);
            addNoise(count);
        } else {
            multiply(count);
        }
    }

    private void addDark(int first, int count) {
        float[] d = dark;
        for (int i = 0; i < count; i++) {
            sample[i] = raw[i] - d[first + i];
        }
        for (int i = 0; i < count; i++) {
            margin[i] = Math.min(margin[i], Math.min(sample[i], saturation - raw[i]));
        }
    }

    private void multiply(int count) {
        double by = scale;
        for (int i = 0; i < count; i++) {
            product[i] *= sample[i] * by;
        }
    }

    private void addFlat(int first, int count, double w) {
        float[] d = dark;
        float[] b = before;
        float[] a = after;
        for (int i = 0; i < count; i++) {
            double start = b[first + i];
            flat[i] = start - d[first + i] + w * (a[first + i] - start);
        }
        double ofBefore = (1 - w) * (1 - w) / flatFrames;
        double ofAfter = w * w / flatFrames;
        for (int i = 0; i < count; i++) {
            flatVariance[i] = ofBefore * b[first + i] + ofAfter * a[first + i];
        }
    }

    private void divide(int count) {
        for (int i = 0; i < count; i++) {
            double s = sample[i];
            double f = flat[i];
            double x = 1 / (s * f);
            inverse[i] = x;
            product[i] *= f * f * x;
            ratio[i] += s * s * x;
        }
    }

    private void addNoise(int count) {
        for (int i = 0; i < count; i++) {
            double s = sample[i];
            double x = inverse[i];
            double u = flat[i] * x;
            double v = s * x;
            double r = raw[i];
            noise[i] += r * u * u + darkShare * (r - s) * (u - v) * (u - v) + flatVariance[i] * v * v;
        }
    }
}
