package org.emberline.gpu.imaging.blocks;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.emberline.gpu.imaging.FlatScaling;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.PreviewLevel;

/**
 * Turns the unscaled maps of a frame into the finished result: the scale, then in any number of parts the maps, their histogram and the
 * previews, then the sums over the parts. Parts may run on threads of their own; the other steps not.
 */
public final class ImageFinisher {
    private final FieldScale fieldScale;
    private final boolean scales;
    private final BinCounts[] counts;
    private final int[] firstRows;

    /** @param most in how many parts the maps are finished at most */
    public ImageFinisher(ImagingPlan plan, int most) {
        fieldScale = new FieldScale(plan);
        scales = !(plan.scaling() instanceof FlatScaling.None);
        // Parts end where pixels of every preview do.
        int rows = plan.smallShape().rows();
        int step = 1 << ImageReduction.of(plan).previews().size();
        int steps = Math.ceilDiv(rows, step);
        int parts = Math.min(most, steps);
        firstRows = new int[parts + 1];
        Arrays.setAll(firstRows, part -> Math.min((int) ((long) steps * part / parts) * step, rows));
        counts = IntStream.range(0, parts)
                .mapToObj(part -> new BinCounts(plan.histogram()))
                .toArray(BinCounts[]::new);
    }

    /** In how many parts the maps are finished. */
    public int parts() {
        return counts.length;
    }

    /** The first row of the maps that belongs to a part; of the number of parts, the number of rows. */
    public int firstRow(int part) {
        return firstRows[part];
    }

    /** Whether the maps must be filled before {@link #begin}; otherwise a part's rows need only be filled before the part. */
    public boolean scales() {
        return scales;
    }

    /** Finds the scale. */
    public void begin(ImageReduction into) {
        fieldScale.find(into);
    }

    /** Scales one part of the maps, counts it and makes its part of the previews. */
    public void part(int part, ImageReduction into) {
        int first = firstRows[part] * into.shape().columns();
        int end = firstRows[part + 1] * into.shape().columns();
        scale(first, end, into);
        counts[part].clear();
        counts[part].add(into.opticalDensity(), first, end);
        previews(firstRows[part], firstRows[part + 1], into);
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

    /** Gathers what the parts have counted. */
    public void conclude(ImageReduction into) {
        Arrays.fill(into.histogram(), 0);
        long below = 0;
        long above = 0;
        for (BinCounts part : counts) {
            part.addTo(into.histogram());
            below += part.below();
            above += part.above();
        }
        into.beside(below, above);
    }

    private static void previews(int firstRow, int endRow, ImageReduction into) {
        float[] density = into.opticalDensity();
        int[] valid = into.validPixels();
        ImageShape shape = into.shape();
        for (int i = 0; i < into.previews().size(); i++) {
            PreviewLevel level = into.previews().get(i);
            int end = Math.ceilDiv(endRow, level.factor());
            for (int row = firstRow / level.factor(); row < end; row++) {
                halve(density, valid, shape, row, level);
            }
            density = level.opticalDensity();
            valid = level.validPixels();
            shape = level.shape();
        }
    }

    /** Makes one row of a level from two rows, or at the end one, of the map above it. */
    private static void halve(float[] density, int[] valid, ImageShape shape, int row, PreviewLevel into) {
        int columns = shape.columns();
        int first = 2 * row * columns;
        int pixel = row * into.shape().columns();
        boolean two = 2 * row + 1 < shape.rows();
        int squares = two ? columns / 2 : 0;
        for (int i = 0; i < squares; i++) {
            halve(density, valid, first + 2 * i, first + 2 * i + columns, into, pixel + i);
        }
        for (int i = squares; i < into.shape().columns(); i++) {
            double sum = 0;
            int count = 0;
            for (int j = 2 * i; j < Math.min(2 * i + 2, columns); j++) {
                int below = two ? first + columns + j : first + j;
                sum += sum(density, valid, first + j) + (two ? sum(density, valid, below) : 0);
                count += valid[first + j] + (two ? valid[below] : 0);
            }
            into.opticalDensity()[pixel + i] = (float) (sum / count);
            into.validPixels()[pixel + i] = count;
        }
    }

    /** Makes one pixel of a level from a whole square, whose pixels mostly weigh the same. */
    private static void halve(float[] density, int[] valid, int above, int below, PreviewLevel into, int pixel) {
        int n = valid[above];
        int count = n + valid[above + 1] + valid[below] + valid[below + 1];
        double mean;
        if (n == valid[above + 1] && n == valid[below] && n == valid[below + 1]) {
            mean = 0.25 * ((double) density[above] + density[above + 1] + density[below] + density[below + 1]);
        } else {
            mean = (sum(density, valid, above)
                            + sum(density, valid, above + 1)
                            + sum(density, valid, below)
                            + sum(density, valid, below + 1))
                    / count;
        }
        into.opticalDensity()[pixel] = (float) mean;
        into.validPixels()[pixel] = count;
    }

    private static double sum(float[] density, int[] valid, int pixel) {
        return valid[pixel] > 0 ? valid[pixel] * (double) density[pixel] : 0;
    }
}
