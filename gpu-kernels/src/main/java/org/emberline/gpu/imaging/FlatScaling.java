package org.emberline.gpu.imaging;

/**
 * How each frame's beam is matched to the flat's: the flat is multiplied by one number, which makes the optical density of a part of the
 * field without sample zero. It is found on the downsampled map, where it is an addend, so it costs next to nothing.
 */
public sealed interface FlatScaling {

    /** Flats are taken as they are. */
    FlatScaling NONE = new None();

    /** Flats are taken as they are. */
    record None() implements FlatScaling {}

    /**
     * The mean optical density of a rectangle that is known to be empty becomes zero. The choice where there is such a place: it uses
     * every pixel, so its noise is the least.
     *
     * @param firstRow first detector row of the rectangle
     * @param firstColumn first detector column
     * @param rows its height in detector pixels; only downsampled pixels that lie wholly inside count
     * @param columns its width
     */
    record Region(int firstRow, int firstColumn, int rows, int columns) implements FlatScaling {
        public Region {
            if (firstRow < 0 || firstColumn < 0 || rows < 1 || columns < 1) {
                throw new IllegalArgumentException("not a region of a frame first_row=" + firstRow + " first_column="
                        + firstColumn + " rows=" + rows + " columns=" + columns);
            }
        }
    }

    /**
     * The median optical density of the field's rim becomes zero. The choice where nobody can name an empty place: it holds as long as
     * the sample covers less than half of the rim, at the price of 1.25 times the noise.
     *
     * @param width width of the rim in downsampled pixels, 1 or more
     */
    record Rim(int width) implements FlatScaling {
        public Rim {
            if (width < 1) {
                throw new IllegalArgumentException("the rim has no width width=" + width);
            }
        }
    }
}
