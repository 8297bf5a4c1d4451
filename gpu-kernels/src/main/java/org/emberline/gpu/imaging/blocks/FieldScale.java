package org.emberline.gpu.imaging.blocks;

import java.util.Arrays;
import org.emberline.gpu.imaging.BlockRange;
import org.emberline.gpu.imaging.FlatScaling;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.ImagingPlan;

/** Finds what the flat of a frame is multiplied by, from the unscaled optical density of the part of the field that is empty. */
final class FieldScale {
    /** Standard error of a median over that of a mean, for a normal distribution: sqrt(pi / 2). */
    private static final double MEDIAN_NOISE = Math.sqrt(Math.PI / 2);

    private final BlockRange region;
    private final int[] rim;
    private final float[] values;

    FieldScale(ImagingPlan plan) {
        FlatScaling scaling = plan.scaling();
        region = scaling instanceof FlatScaling.Region of
                ? BlockRange.inside(of, plan.factor())
                : new BlockRange(0, 0, 0, 0);
        rim = scaling instanceof FlatScaling.Rim of ? rim(plan.smallShape(), of.width()) : new int[0];
        values = new float[rim.length];
    }

    private static int[] rim(ImageShape shape, int width) {
        int[] blocks = new int[shape.pixels()];
        int count = 0;
        for (int block = 0; block < blocks.length; block++) {
            int row = block / shape.columns();
            int column = block % shape.columns();
            int depth = Math.min(Math.min(row, shape.rows() - 1 - row), Math.min(column, shape.columns() - 1 - column));
            if (depth < width) {
                blocks[count++] = block;
            }
        }
        return Arrays.copyOf(blocks, count);
    }

    /** Sets the scale of the result; its maps are not scaled yet. */
    void find(ImageReduction into) {
        // Told by what there is to look at: the first thousands of pattern switches over the kind of scaling cost heap
        // memory.
        if (rim.length > 0) {
            median(into);
        } else if (region.isEmpty()) {
            into.scale(1, 0);
        } else {
            mean(into);
        }
    }

    private void mean(ImageReduction into) {
        long pixels = 0;
        double sum = 0;
        double variance = 0;
        for (int row = region.firstRow(); row < region.endRow(); row++) {
            for (int column = region.firstColumn(); column < region.endColumn(); column++) {
                int block = row * into.shape().columns() + column;
                long n = into.validPixels()[block];
                if (n > 0) {
                    pixels += n;
                    sum += n * (double) into.opticalDensity()[block];
                    variance += (double) (n * n) * varianceOf(into, block);
                }
            }
        }
        into.scale(Math.exp(-sum / pixels), Math.sqrt(variance) / pixels);
    }

    private void median(ImageReduction into) {
        int count = 0;
        double variance = 0;
        for (int block : rim) {
            if (into.validPixels()[block] > 0) {
                values[count++] = into.opticalDensity()[block];
                variance += varianceOf(into, block);
            }
        }
        double median = count == 0 ? Double.NaN : Selection.median(values, count);
        into.scale(Math.exp(-median), MEDIAN_NOISE * Math.sqrt(variance) / count);
    }

    private static double varianceOf(ImageReduction into, int block) {
        return into.variance().length == 0 ? Double.NaN : into.variance()[block];
    }
}
