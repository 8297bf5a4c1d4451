package org.emberline.edge.app.bench;

/**
 * What radiographs are reduced, and to what.
 *
 * @param size rows and columns of the detector
 * @param factor detector pixels per downsampled pixel along each axis, 1 to 64 and at most {@code size}
 */
public record ImageSettings(int size, int factor) {

    /** Number of pixels of a frame. */
    public int pixels() {
        return Math.multiplyExact(size, size);
    }

    /** Rows and columns of the downsampled map. */
    public int smallSize() {
        return size / factor;
    }
}
