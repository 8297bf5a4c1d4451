package org.emberline.gpu.imaging;

/**
 * A rectangle of downsampled pixels; the ends do not belong to it.
 *
 * @param firstRow first row
 * @param endRow one beyond the last row
 * @param firstColumn first column
 * @param endColumn one beyond the last column
 */
public record BlockRange(int firstRow, int endRow, int firstColumn, int endColumn) {

    /** The downsampled pixels that lie wholly inside a region. */
    public static BlockRange inside(FlatScaling.Region region, int factor) {
        return new BlockRange(
                Math.ceilDiv(region.firstRow(), factor),
                (int) (((long) region.firstRow() + region.rows()) / factor),
                Math.ceilDiv(region.firstColumn(), factor),
                (int) (((long) region.firstColumn() + region.columns()) / factor));
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return firstRow >= endRow || firstColumn >= endColumn;
    }
}
