package org.emberline.gpu.imaging.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.emberline.gpu.imaging.ImageDetail;
import org.emberline.gpu.imaging.ImagingPlan;

/**
 * Products of the scaled counts down the columns of a tile, {@code prod(scale (raw - dark))}, for pixels of at most 16 bits. Four rows are
 * multiplied in single precision, twice as many pixels an instruction, before they enter a product in double precision.
 *
 * <p><b>Range.</b> Of a usable pixel with a dark that is not negative, {@code raw - dark} is 0 or less, or else between 2^-24, the distance
 * of floats just below 1, and 2^16. Four of them, doubled as they come from the row, lie between 2^-92 and 2^68: no product can lose digits
 * for want of exponents. Only the product in double precision is scaled. Other pixels spoil their own column and nothing else; none of
 * their blocks is plain.
 *
 * <p><b>Error.</b> A pixel's count and dark are exact, their difference is rounded once, and four differences are multiplied with three
 * roundings: each by at most 2^-24 of its value. For roundings that know nothing of each other, the mean density of n pixels is off by at
 * most {@code 2^-24 sqrt(1.75 / (3 n))} in the mean square, 1.1e-8 for 16 pixels and 6e-9 for 64, and for whatever roundings by 1.75 2^-24 =
 * 1.05e-7. That does not become less with the density: below 0.5 it can be more than the rounding of the result.
 */
final class SingleTile {
    /** Rows whose product is in range; see above. */
    private static final int ROWS = 4;

    private final int rows;
    private final int columns;
    private final int firstRow;
    private final int width;
    private final int tiles;
    private final ShortRow pixels;
    /** Of every row of every tile, in an array of its own: with the place of the product the compiler makes vector instructions. */
    private final float[][] dark;

    private final float[] single;
    private final double scale;
    private final boolean saturates;
    private final float mostCounts;

    /**
     * Holds a copy of its rows' darks.
     *
     * @param firstRow of the blocks
     * @param endRow of the blocks
     * @param scale keeps products of many pixels within the range of numbers: one over a typical count
     */
    SingleTile(ImagingPlan plan, int firstRow, int endRow, double scale) {
        rows = plan.factor();
        columns = plan.shape().columns();
        this.firstRow = firstRow * rows;
        int used = plan.smallShape().columns() * rows;
        width = TileSums.width(plan) / rows * rows;
        tiles = Math.ceilDiv(used, width);
        pixels = new ShortRow(plan.format(), width);
        dark = new float[(endRow - firstRow) * rows * tiles][];
        for (int i = 0; i < dark.length; i++) {
            int column = i % tiles * width;
            int first = (this.firstRow + i / tiles) * columns + column;
            dark[i] = Arrays.copyOfRange(plan.flatfield().dark(), first, first + Math.min(width, used - column));
        }
        single = new float[width];
        this.scale = Math.pow(scale / 2, ROWS);
        saturates = plan.saturationCounts() <= plan.format().maximum();
        mostCounts = (float) (Math.ceil(plan.saturationCounts()) - 1);
    }

    /** Whether it can do a plan, and with an error that is small beside that of a result in single precision. */
    static boolean suits(ImagingPlan plan) {
        boolean small = plan.format().bytes() <= Short.BYTES;
        return small && plan.detail() == ImageDetail.DENSITY && plan.factor() % ROWS == 0;
    }

    /** Multiplies all rows of a tile into a product for each column. */
    void multiply(MemorySegment frame, int row, int column, int count, double[] product) {
        for (int i = 0; i < rows; i += ROWS) {
            Arrays.fill(single, 0, count, 1);
            for (int k = i; k < i + ROWS; k++) {
                multiply(frame, row + k, column, count);
            }
            if (i == 0) {
                begin(product, count);
            } else {
                proceed(product, count);
            }
        }
    }

    private void multiply(MemorySegment frame, int row, int column, int count) {
        pixels.read(frame, row * columns + column, count);
        float[] darks = dark[(row - firstRow) * tiles + column / width];
        if (saturates) {
            pixels.multiplyInto(single, darks, count, mostCounts);
        } else {
            pixels.multiplyInto(single, darks, count);
        }
    }

    private void begin(double[] product, int count) {
        for (int i = 0; i < count; i++) {
            product[i] = single[i] * scale;
        }
    }

    private void proceed(double[] product, int count) {
        for (int i = 0; i < count; i++) {
            product[i] *= single[i] * scale;
        }
    }
}
