package org.emberline.gpu.cells;

/** The cell of each pixel, in the memory order of the frame; in 16 bits where that is enough, because it is read for every frame. */
public sealed interface CellIndex {

    /** Number of pixels. */
    int pixels();

    /** The cell of a pixel. */
    int at(int pixel);

    /** Reads the cells of {@code count} pixels from {@code first} on. */
    void read(int first, int count, int[] into);

    /** Cells below 65536, unsigned. */
    record Narrow(short[] cells) implements CellIndex {
        @Override
        public int pixels() {
            return cells.length;
        }

        @Override
        public int at(int pixel) {
            return cells[pixel] & 0xffff;
        }

        @Override
        public void read(int first, int count, int[] into) {
            for (int i = 0; i < count; i++) {
                into[i] = cells[first + i] & 0xffff;
            }
        }
    }

    /** Any cells. */
    record Wide(int[] cells) implements CellIndex {
        @Override
        public int pixels() {
            return cells.length;
        }

        @Override
        public int at(int pixel) {
            return cells[pixel];
        }

        @Override
        public void read(int first, int count, int[] into) {
            System.arraycopy(cells, first, into, 0, count);
        }
    }

    /** The narrowest index for cells below {@code limit}. */
    static CellIndex of(int[] cells, int limit) {
        if (limit > 1 << Short.SIZE) {
            return new Wide(cells);
        }
        short[] narrow = new short[cells.length];
        for (int i = 0; i < cells.length; i++) {
            narrow[i] = (short) cells[i];
        }
        return new Narrow(narrow);
    }
}
