package org.emberline.gpu.imaging.cpu;

import java.lang.foreign.MemorySegment;
import org.emberline.gpu.imaging.ImageDetail;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.blocks.FlatLogarithms;
import org.emberline.gpu.imaging.blocks.UsablePixels;

/**
 * One thread's part of the frames: a run of rows of blocks. Blocks in which every pixel is valid, nearly all, are done from the sums of a
 * tile; the others are done again pixel by pixel.
 */
final class BlockRows {
    /** Beyond this or its inverse the product of a column is not trusted to have kept its digits. */
    private static final double LARGEST_COLUMN = 1e200;
    /** Beyond this or its inverse a product is turned into its logarithm, so that one more column cannot spoil it. */
    private static final double LARGE = 1e100;

    private final boolean full;
    private final int factor;
    private final int columns;
    private final int smallColumns;
    private final int firstRow;
    private final int endRow;
    private final int tileBlocks;
    private final UsablePixels usable;
    private final FlatLogarithms flats;
    private final double[] flatLogarithm;
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
        columns = plan.shape().columns();
        smallColumns = plan.smallShape().columns();
        this.firstRow = firstRow;
        this.endRow = endRow;
        this.usable = usable;
        this.flats = flats;
        tileBlocks = TileSums.WIDTH / factor;
        flatLogarithm = new double[tileBlocks];
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
                tile(frame, w, row, column, into);
            }
        }
    }

    private void tile(MemorySegment frame, double w, int row, int column, ImageReduction into) {
        int blocks = Math.min(tileBlocks, smallColumns - column);
        int width = blocks * factor;
        int first = row * smallColumns + column;
        tile.clear(width);
        for (int i = 0; i < factor; i++) {
            tile.add(frame, (row * factor + i) * columns + column * factor, width, w);
        }
        if (!full) {
            flats.means(first, blocks, w, flatLogarithm);
        }
        for (int i = 0; i < blocks; i++) {
            boolean plain = full ? usable.plain(first + i) : flats.known(first + i);
            if (!(plain && (full ? fullBlock(i, first + i, into) : densityBlock(i, first + i, into)))) {
                oddBlock(frame, w, row, column + i, into);
            }
        }
    }

    /** The logarithm of the product of a block's columns; NaN when a pixel is not valid or digits were lost. */
    private double logarithm(int from) {
        double sum = 0;
        double product = 1;
        boolean good = true;
        for (int i = from; i < from + factor; i++) {
            double column = tile.product[i];
            good &= tile.margin[i] > 0 && column < LARGEST_COLUMN && column > 1 / LARGEST_COLUMN;
            product *= column;
            if (product > LARGE || product < 1 / LARGE) {
                sum += Math.log(product);
                product = 1;
            }
        }
        return good ? sum + Math.log(product) : Double.NaN;
    }

    /** Whether the block could be done from the tile's sums. */
    private boolean fullBlock(int i, int block, ImageReduction into) {
        double density = logarithm(i * factor);
        if (Double.isNaN(density)) {
            return false;
        }
        double ratio = 0;
        double noise = 0;
        for (int column = i * factor; column < (i + 1) * factor; column++) {
            ratio += tile.ratio[column];
            noise += tile.noise[column];
        }
        int n = factor * factor;
        storeDensity(block, n, density / n, into);
        storeDetail(block, n, ratio, noise, into);
        return true;
    }

    /** Whether the block could be done from the tile's products. */
    private boolean densityBlock(int i, int block, ImageReduction into) {
        double logarithm = logarithm(i * factor);
        int n = factor * factor;
        if (Double.isNaN(logarithm)) {
            return false;
        }
        storeDensity(block, n, flatLogarithm[i] + logarithmOfScale - logarithm / n, into);
        return true;
    }

    private void oddBlock(MemorySegment frame, double w, int row, int column, ImageReduction into) {
        odd.sum(frame, w, row * factor, column * factor);
        saturated += odd.saturated();
        unlit += odd.unlit();
        int block = row * smallColumns + column;
        storeDensity(block, odd.valid(), odd.density() / odd.valid(), into);
        if (full) {
            storeDetail(block, odd.valid(), odd.ratio(), odd.noise(), into);
        }
    }

    private void storeDensity(int block, int n, double density, ImageReduction into) {
        valid += n;
        into.validPixels()[block] = n;
        into.opticalDensity()[block] = (float) density;
    }

    private void storeDetail(int block, int n, double ratio, double noise, ImageReduction into) {
        into.transmission()[block] = (float) (ratio / n);
        into.variance()[block] = (float) (countsPerPhoton * noise / ((double) n * n));
    }
}
