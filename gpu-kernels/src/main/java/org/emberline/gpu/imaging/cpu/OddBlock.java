package org.emberline.gpu.imaging.cpu;

import java.lang.foreign.MemorySegment;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.blocks.UsablePixels;

/** The sums of one block, pixel by pixel, over its valid pixels only. */
final class OddBlock {
    /** Where a product is turned into its logarithm; far enough from the end that one more factor cannot pass it. */
    private static final double LARGE = 1e150;

    private final PixelFormat format;
    private final int factor;
    private final int columns;
    private final float[] dark;
    private final float[] before;
    private final float[] after;
    private final byte[] usable;
    private final double saturation;
    private final double darkShare;
    private final double flatFrames;
    private int valid;
    private int saturated;
    private int unlit;
    private double density;
    private double product;
    private double ratio;
    private double noise;

    OddBlock(ImagingPlan plan, UsablePixels usable) {
        format = plan.format();
        factor = plan.factor();
        columns = plan.shape().columns();
        dark = plan.flatfield().dark();
        before = plan.flatfield().before();
        after = plan.flatfield().last();
        this.usable = usable.usable();
        saturation = plan.saturationCounts();
        darkShare = 1 / plan.noise().darkFrames();
        flatFrames = plan.noise().flatFrames();
    }

    int valid() {
        return valid;
    }

    int saturated() {
        return saturated;
    }

    int unlit() {
        return unlit;
    }

    /** Sum of the optical densities. */
    double density() {
        return density;
    }

    /** Sum of the transmissions. */
    double ratio() {
        return ratio;
    }

    /** Sum of the variances of the optical densities, in units of counts per photon. */
    double noise() {
        return noise;
    }

    /** Sums the block whose first pixel is in that row and column of the frame. */
    void sum(MemorySegment frame, double w, int row, int column) {
        valid = 0;
        saturated = 0;
        unlit = 0;
        density = 0;
        product = 1;
        ratio = 0;
        noise = 0;
        for (int i = row; i < row + factor; i++) {
            for (int j = column; j < column + factor; j++) {
                int pixel = i * columns + j;
                if (usable[pixel] != 0) {
                    look(pixel, format.read(frame, pixel), w);
                }
            }
        }
        density += Math.log(product);
    }

    private void look(int pixel, double raw, double w) {
        double s = raw - dark[pixel];
        if (raw >= saturation) {
            saturated++;
        } else if (s > 0 && s <= Double.MAX_VALUE) {
            add(pixel, raw, s, w);
        } else {
            unlit++;
        }
    }

    private void add(int pixel, double raw, double s, double w) {
        double start = before[pixel];
        double end = after[pixel];
        double f = start - dark[pixel] + w * (end - start);
        valid++;
        product *= f / s;
        if (!(product < LARGE && product > 1 / LARGE)) {
            density += Math.log(product);
            product = 1;
        }
        ratio += s / f;
        double u = 1 / s;
        double v = 1 / f;
        double flatVariance = ((1 - w) * (1 - w) * Math.max(start, 0) + w * w * Math.max(end, 0)) / flatFrames;
        noise += Math.max(raw, 0) * u * u
                + darkShare * Math.max(dark[pixel], 0) * (u - v) * (u - v)
                + flatVariance * v * v;
    }
}
