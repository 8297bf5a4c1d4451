package org.emberline.edge.acquire;

import java.nio.ByteOrder;

/**
 * Where the pixels of one page lie and how they are written.
 *
 * @param differenced whether each sample of a row is written as the difference to its left neighbour (predictor 2)
 * @param rowsPerStrip rows in each strip but the last, which may have fewer
 * @param offsets begin of each strip in the file, bytes
 * @param lengths stored bytes of each strip
 */
record TiffPage(
        ImageStack.Shape shape,
        ByteOrder order,
        TiffCompression compression,
        boolean differenced,
        long rowsPerStrip,
        long[] offsets,
        long[] lengths) {

    int strips() {
        return offsets.length;
    }

    /** Bytes of strip {@code strip} once decoded. */
    long decodedBytes(int strip) {
        long firstRow = strip * rowsPerStrip;
        return Math.min(rowsPerStrip, shape.rows() - firstRow) * shape.rowBytes();
    }
}
