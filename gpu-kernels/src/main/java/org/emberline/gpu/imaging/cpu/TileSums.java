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
 * ratio     sum(s / f)                                         transmissions
 * noise     sum(raw u^2 + dark/D (u - v)^2 + var(flat) v^2)    see PhotonNoise
 * </pre>
 *
 * u and v come from one division, u = f x and v = s x with x = 1/(s f). A pixel that is not valid makes the product of its column 0,
 * infinite or no number, and spoils nothing else. The loops are short and of few kinds of numbers each, because the compiler then makes
 * vector instructions of them: in one loop, or with a branch, it is several times slower.
 */
final class TileSums {
    /** Columns for which all arrays fit into the first-level cache; rows that are read in long stretches are fetched ahead. */
    private static final int DENSITY_WIDTH = 2048;

    private static final int FULL_WIDTH = 512;

    final double[] product;
    final double[] ratio;
    final double[] noise;
    private final double[] raw;
    private final double[] sample;
    private final double[] flat;
    private final double[] flatVariance;
    private final double[] inverse;
    private final PixelRow pixels;
    private final boolean full;
    private final double halfScale;
    private final float[] dark;
    private final float[] before;
    private final float[] after;
    private final boolean saturates;
    private final double mostCounts;
    private final double darkShare;
    private final double flatFrames;

    /** @param scale keeps products of many pixels within the range of numbers: one over a typical count */
    TileSums(ImagingPlan plan, double scale) {
        Flatfield flatfield = plan.flatfield();
        full = plan.detail() == ImageDetail.FULL;
        int width = width(plan);
        product = new double[width];
        int detail = full ? width : 0;
        raw = new double[detail];
        ratio = new double[detail];
        noise = new double[detail];
        sample = new double[detail];
        flat = new double[detail];
        flatVariance = new double[detail];
        inverse = new double[detail];
        pixels = PixelRow.of(plan.format(), width);
        halfScale = scale / 2;
        dark = flatfield.dark();
        before = flatfield.before();
        after = flatfield.last();
        saturates = plan.saturationCounts() <= plan.format().maximum();
        mostCounts = Math.nextDown(plan.saturationCounts());
        darkShare = 1 / plan.noise().darkFrames();
        flatFrames = plan.noise().flatFrames();
    }

    /** The most columns of a tile. */
    static int width(ImagingPlan plan) {
        return plan.detail() == ImageDetail.FULL ? FULL_WIDTH : DENSITY_WIDTH;
    }

    void clear(int count) {
        Arrays.fill(product, 0, count, 1);
        if (full) {
            Arrays.fill(ratio, 0, count, 0);
            Arrays.fill(noise, 0, count, 0);
        }
    }

    /** Adds {@code count} pixels of one row, from pixel {@code first} of the frame on. */
    void add(MemorySegment frame, int first, int count, double w) {
        pixels.read(frame, first, count);
        if (full) {
            pixels.copyTo(raw, count);
            subtractDark(first, count);
            addFlat(first, count, w);
            divide(count);
            addNoise(count);
        } else if (saturates) {
            pixels.multiplyInto(product, dark, first, count, halfScale, mostCounts);
        } else {
            pixels.multiplyInto(product, dark, first, count, halfScale);
        }
    }

    /** Puts saturated pixels far below their dark. */
    private void subtractDark(int first, int count) {
        float[] d = dark;
        double most = saturates ? mostCounts : Double.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            double excess = raw[i] - most;
            sample[i] = raw[i] - d[first + i] - PixelRow.ABYSS * (excess + Math.abs(excess));
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
            ratio[i] += s * s * x;
            product[i] *= Math.max(f * f * x, 0);
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
