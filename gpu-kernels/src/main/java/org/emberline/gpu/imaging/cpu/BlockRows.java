package org.emberline.gpu.imaging.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.emberline.gpu.imaging.ImageDetail;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.blocks.FlatLogarithms;
import org.emberline.gpu.imaging.blocks.Logarithm;
import org.emberline.gpu.imaging.blocks.UsablePixels;
import org.jspecify.annotations.Nullable;

/**
 * One thread's part of the frames: a run of rows of blocks. All blocks of a tile are done from its sums, as if every pixel were valid, as
 * nearly all are; those with others are done again pixel by pixel.
 */
final class BlockRows {
    /**
     * Pixels whose counts are multiplied before the logarithm is taken. A product whose logarithm is sound has kept its digits: had it been
     * rounded for want of exponents on the way, the rest of the factors would have had to make up for 2^500.
     */
    private static final int MOST_FACTORS = 64;

    private final boolean full;
    private final int factor;
    private final int parts;
    private final int columns;
    private final int smallColumns;
    private final int firstRow;
    private final int tileBlocks;
    private final int tiles;
    private final UsablePixels usable;
    private final FlatLogarithms flats;
    private final boolean[] plainTiles;
    private final double[] flatLogarithm;
    private final double[] logarithms;
    private final double[] logarithm;
    private final double[] ratio;
    private final double[] noise;
    private final TileSums tile;
    private final @Nullable SingleTile single;
    private final Logarithm logarithmOf = new Logarithm();
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
        this.usable = usable;
        this.flats = flats;
        tileBlocks = TileSums.width(plan) / factor;
        tiles = Math.ceilDiv(smallColumns, tileBlocks);
        plainTiles = new boolean[(endRow - firstRow) * tiles];
        for (int i = 0; i < plainTiles.length; i++) {
            plainTiles[i] = isPlain(firstRow + i / tiles, i % tiles * tileBlocks);
        }
        flatLogarithm = new double[tileBlocks];
        logarithms = new double[tileBlocks * parts];
        logarithm = parts > 1 ? new double[tileBlocks] : logarithms;
        ratio = new double[tileBlocks];
        noise = new double[tileBlocks];
        tile = new TileSums(plan, 1 / usable.typicalFlat());
        single = SingleTile.suits(plan) ? new SingleTile(plan, firstRow, endRow, 1 / usable.typicalFlat()) : null;
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
        for (int tileNumber = 0; tileNumber < plainTiles.length; tileNumber++) {
            int row = firstRow + tileNumber / tiles;
            int column = tileNumber % tiles * tileBlocks;
            int blocks = blocks(column);
            int first = row * smallColumns + column;
            boolean good = sum(frame, w, row, column, blocks) && plainTiles[tileNumber];
            store(w, first, blocks, into);
            for (int i = 0; i < blocks && !good; i++) {
                if (!isGood(i, first + i)) {
                    oddBlock(frame, w, row, column + i, into);
                }
            }
        }
    }

    /** Blocks of the tile that begins there. */
    private int blocks(int column) {
        return Math.min(tileBlocks, smallColumns - column);
    }

    private boolean isPlain(int row, int column) {
        boolean all = true;
        int first = row * smallColumns + column;
        for (int block = first; block < first + blocks(column); block++) {
            all &= isPlain(block);
        }
        return all;
    }

    private boolean isPlain(int block) {
        return full ? usable.plain(block) : flats.known(block);
    }

    /** Sums the blocks of a tile; returns whether every usable pixel is valid. */
    private boolean sum(MemorySegment frame, double w, int row, int column, int blocks) {
        int width = blocks * factor;
        if (single != null) {
            single.multiply(frame, row * factor, column * factor, width, tile.product);
        } else {
            tile.clear(width);
            for (int i = 0; i < factor; i++) {
                tile.add(frame, (row * factor + i) * columns + column * factor, width, w);
            }
        }
        int products = blocks * parts;
        multiply(tile.product, factor / parts, products, logarithms);
        boolean good = logarithmOf.replace(logarithms, products);
        if (parts > 1) {
            add(logarithms, parts, blocks, logarithm);
        }
        return good;
    }

    /** Whether a block of the tile consists of valid pixels. */
    private boolean isGood(int i, int block) {
        boolean good = isPlain(block);
        for (int part = i * parts; part < (i + 1) * parts; part++) {
            good &= Logarithm.isSound(logarithms[part]);
        }
        return good;
    }

    /** Products of {@code span} neighbours each; uses up what it multiplies. */
    private static void multiply(double[] from, int span, int count, double[] into) {
        int left = span;
        for (; left > 4 && left % 4 == 0; left /= 4) {
            multiplyFours(from, count * left / 4, from);
        }
        if (left == 4) {
            multiplyFours(from, count, into);
            return;
        }
        for (int i = 0; i < count; i++) {
            double product = from[i * left];
            for (int k = i * left + 1; k < (i + 1) * left; k++) {
                product *= from[k];
            }
            into[i] = product;
        }
    }

    /** With a known span there is no need to look after the array's end at every number. The arrays may be the same. */
    private static void multiplyFours(double[] from, int count, double[] into) {
        for (int i = 0; i < count; i++) {
            int j = 4 * i;
            into[i] = from[j] * from[j + 1] * (from[j + 2] * from[j + 3]);
        }
    }

    /** Sums of neighbours. */
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
