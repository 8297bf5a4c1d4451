package org.emberline.gpu.imaging;

/**
 * Rows and columns of an image that lies in memory row by row.
 *
 * @param rows 1 or more
 * @param columns 1 or more
 */
public record ImageShape(int rows, int columns) {

    public ImageShape {
        if (rows < 1 || columns < 1 || (long) rows * columns > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("no image has this shape rows=" + rows + " columns=" + columns);
        }
    }

    /** Number of pixels. */
    public int pixels() {
        return rows * columns;
    }

    /**
     * Checks that an array has one entry per pixel.
     *
     * @throws IllegalArgumentException naming {@code what} and both sizes otherwise
     */
    public void require(String what, int length) {
        if (length != pixels()) {
            throw new IllegalArgumentException(
                    what + " has " + length + " pixels, the image " + rows + "x" + columns + " = " + pixels());
        }
    }
}
