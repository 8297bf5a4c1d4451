package org.emberline.gpu;

/**
 * The sensor plane in the terms of the PONI format: axis 1 is slow (rows), axis 2 is fast (columns).
 *
 * @param name the name given in the PONI file; free text
 * @param rows number of rows, or 0 when the PONI file names no shape and the image decides
 * @param columns number of columns, or 0 likewise
 * @param pixel1Metres pixel height (slow axis), metres, positive
 * @param pixel2Metres pixel width (fast axis), metres, positive
 * @param orientation 1 top-left, 2 top-right, 3 bottom-right (pyFAI's default), 4 bottom-left: where pixel (0,0) lies as seen
 *     from the sample
 */
public record Detector(String name, int rows, int columns, double pixel1Metres, double pixel2Metres, int orientation) {

    public Detector {
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException("negative detector shape rows=" + rows + " columns=" + columns);
        }
        if (!(pixel1Metres > 0) || !(pixel2Metres > 0)) {
            throw new IllegalArgumentException(
                    "pixel size must be positive pixel1=" + pixel1Metres + " pixel2=" + pixel2Metres);
        }
        if (orientation < 1 || orientation > 4) {
            throw new IllegalArgumentException("orientation must be 1..4 orientation=" + orientation);
        }
    }

    /** Number of pixels; 0 when the shape is open. */
    public int pixels() {
        return Math.multiplyExact(rows, columns);
    }

    /** The same sensor with the shape of the image at hand. */
    public Detector withShape(int newRows, int newColumns) {
        return new Detector(name, newRows, newColumns, pixel1Metres, pixel2Metres, orientation);
    }
}
