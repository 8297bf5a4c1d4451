package org.emberline.gpu.imaging.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.emberline.gpu.imaging.ImageDetail;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.blocks.FlatLogarithms;
import org.emberline.gpu.imaging.blocks.Logarithm;
import org.emberline.gpu.imaging.blocks.UsablePixels;

/**
 * One thread's part of the frames: a run of rows of blocks. All blocks of a tile are done from its sums, as if every pixel were valid, as
 * nearly all are; those with others are done again pixel by pixel.
 */
final class BlockRows {
    /** Pixels whose counts are multiplied before the logarithm is taken. */
    private static final int MOST_FACTORS = 64;
    /**
     * Products between this and its inverse have kept their digits: to have been rounded for want of exponents in between, the rest of
     * the factors would have to make up for 2^500.
     */
    private static final double LARGEST = 0x1p500;

    private final boolean full;
    private final int factor;
    private final int parts;
    private final int columns;
    private final int smallColumns;
    private final int firstRow;
    private final int endRow;
    private final int tileBlocks;
    private final boolean[] plain;
    private final FlatLogarithms flats;
    private final double[] flatLogarithm;
    private final double[] product;
    private final double[] logarithm;
    private final double[] ratio;
    private final double[] noise;
    private final TileSums tile;
    private final OddBlock odd;
    private final double countsPerPhoton;
    private final double logarithmOfScale;
    private long valid;
    private long saturated;
    private long unlit;

    /** For the rows of blocks from {@code firstRow} to before {@code endRow}. */
    BlockRows(ImagingPlan plan, UsablePixels usable, FlatLogarithms flats, int firstRow, int endRow) {
        full = plan.detail() == ImageDetail.FULL;
        factor = plan.factor();
        parts = factor * factor <= MOST_FACTORS ? 1 : factor;
        columns = plan.shape().columns();
        smallColumns = plan.smallShape().columns();
        this.firstRow = firstRow;
        this.endRow = endRow;
        this.flats = flats;
        plain = new boolean[plan.smallShape().pixels()];
        for (int block = 0; block < plain.length; block++) {
            plain[block] = full ? usable.plain(block) : flats.known(block);
        }
        tileBlocks = TileSums.WIDTH / factor;
        flatLogarithm = new double[tileBlocks];
        product = new double[tileBlocks * parts];
        logarithm = new double[tileBlocks * parts];
        ratio = new double[tileBlocks];
        noise = new double[tileBlocks];
        tile = new TileSums(plan, 1 / usable.typicalFlat());
        odd = new OddBlock(plan, usable);
        countsPerPhoton = plan.noise().countsPerPhoton();
        logarithmOfScale = Math.log(1 / usable.typicalFlat());
    }

    long valid() {
        return valid;
    }

    long saturated() {
        return saturated;
    }

    long unlit() {
        return unlit;
    }

    /** Fills this part of the maps, unscaled. */
    void run(MemorySegment frame, double w, ImageReduction into) {
        valid = 0;
        saturated = 0;
        unlit = 0;
        for (int row = firstRow; row < endRow; row++) {
            for (int column = 0; column < smallColumns; column += tileBlocks) {
                int blocks = Math.min(tileBlocks, smallColumns - column);
                int first = row * smallColumns + column;
                boolean good = sum(frame, w, row, column, blocks);
                store(w, first, blocks, into);
                for (int i = 0; i < blocks && !good; i++) {
                    if (!isGood(i, first + i)) {
                        oddBlock(frame, w, row, column + i, into);
                    }
                }
            }
        }
    }

    /** Sums the blocks of a tile; returns whether every pixel is valid. */
    private boolean sum(MemorySegment frame, double w, int row, int column, int blocks) {
        int width = blocks * factor;
        tile.clear(width);
        for (int i = 0; i < factor; i++) {
            tile.add(frame, (row * factor + i) * columns + column * factor, width, w);
        }
        int products = blocks * parts;
        multiply(tile.product, factor / parts, products, product);
        System.arraycopy(product, 0, logarithm, 0, products);
        Logarithm.replace(logarithm, products);
        if (parts > 1) {
            add(logarithm, parts, blocks, logarithm);
        }
        boolean good = true;
        for (int i = 0; i < products; i++) {
            good &= isWithin(product[i]);
        }
        int first = row * smallColumns + column;
        for (int i = first; i < first + blocks; i++) {
            good &= plain[i];
        }
        return good;
    }

    private static boolean isWithin(double product) {
        return product >= 1 / LARGEST && product <= LARGEST;
    }

    /** Whether a block of the tile consists of valid pixels. */
    private boolean isGood(int i, int block) {
        boolean good = plain[block];
        for (int part = i * parts; part < (i + 1) * parts; part++) {
            good &= isWithin(product[part]);
        }
        return good;
    }

    /** Products of neighbours. */
    private static void multiply(double[] from, int span, int count, double[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = from[i * span];
        }
        for (int k = 1; k < span; k++) {
            for (int i = 0; i < count; i++) {
                into[i] *= from[i * span + k];
            }
        }
    }

    /** Sums of neighbours; {@code into} may be {@code from}. */
    private static void add(double[] from, int span, int count, double[] into) {
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int k = i * span; k < (i + 1) * span; k++) {
                sum += from[k];
            }
            into[i] = sum;
        }
    }

    private void store(double w, int first, int blocks, ImageReduction into) {
        int n = factor * factor;
        float[] density = into.opticalDensity();
        if (full) {
            for (int i = 0; i < blocks; i++) {
                density[first + i] = (float) (logarithm[i] / n);
            }
            add(tile.ratio, factor, blocks, ratio);
            add(tile.noise, factor, blocks, noise);
            for (int i = 0; i < blocks; i++) {
                storeDetail(first + i, n, ratio[i], noise[i], into);
            }
        } else {
            flats.means(first, blocks, w, flatLogarithm);
            for (int i = 0; i < blocks; i++) {
                density[first + i] = (float) (flatLogarithm[i] + logarithmOfScale - logarithm[i] / n);
            }
        }
        Arrays.fill(into.validPixels(), first, first + blocks, n);
        valid += (long) n * blocks;
    }

    private void oddBlock(MemorySegment frame, double w, int row, int column, ImageReduction into) {
        odd.sum(frame, w, row * factor, column * factor);
        int n = odd.valid();
        int block = row * smallColumns + column;
        valid += n - factor * factor;
        saturated += odd.saturated();
        unlit += odd.unlit();
        into.validPixels()[block] = n;
        into.opticalDensity()[block] = (float) (odd.density() / n);
        if (full) {
            storeDetail(block, n, odd.ratio(), odd.noise(), into);
        }
    }

    private void storeDetail(int block, int n, double ratios, double noises, ImageReduction into) {
        into.transmission()[block] = (float) (ratios / n);
        into.variance()[block] = (float) (countsPerPhoton * noises / ((double) n * n));
    }
}
