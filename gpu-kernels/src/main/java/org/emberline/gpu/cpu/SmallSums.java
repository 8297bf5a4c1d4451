package org.emberline.gpu.cpu;

import java.util.Arrays;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.cells.CellIndex;
import org.emberline.gpu.cells.CellMap;

/**
 * Unsigned pixels of up to 16 bits that count wholly in one cell, summed exactly in unsigned 32-bit integers: half the memory of
 * {@link WholeSums}, which matters for the many cells of a cake. Only for maps in which no sum can overflow.
 */
final class SmallSums implements LaneSums {
    private final CellMap map;
    private final int[] raw;

    SmallSums(CellMap map) {
        this.map = map;
        raw = new int[map.places()];
    }

    /** Whether no sum of a frame can reach 2^32. */
    static boolean fit(PixelFormat format, CellMap map) {
        boolean small = format == PixelFormat.U8 || format == PixelFormat.U16;
        return small && map.mostPixels() * format.maximum() < 0x1p32;
    }

    @Override
    public void clear() {
        Arrays.fill(raw, 0);
    }

    @Override
    public void add(PixelBlock block, int first, int from, int to) {
        if (!(block instanceof PixelBlock.Shorts shorts)) {
            throw new IllegalStateException("small sums are for small pixels");
        }
        switch (map.index()) {
            case CellIndex.Narrow(short[] narrow) -> addNarrow(shorts.values, narrow, first, from, to);
            case CellIndex.Wide(int[] wide) -> addWide(shorts.values, wide, first, from, to);
        }
    }

    /** The loop that matters: one pixel, one cell number, one sum. */
    private void addNarrow(short[] values, short[] narrow, int first, int from, int to) {
        int[] sums = raw;
        for (int i = from; i < to; i++) {
            sums[narrow[first + i] & 0xffff] += values[i] & 0xffff;
        }
    }

    private void addWide(short[] values, int[] wide, int first, int from, int to) {
        int[] sums = raw;
        for (int i = from; i < to; i++) {
            sums[wide[first + i]] += values[i] & 0xffff;
        }
    }

    @Override
    public void sector(LaneSums[] lanes, int sector, double[] into, double[] second, double[] cross) {
        int bins = map.bins();
        int first = sector * bins;
        set(((SmallSums) lanes[0]).raw, first, bins, into);
        for (int lane = 1; lane < lanes.length; lane++) {
            add(((SmallSums) lanes[lane]).raw, first, bins, into);
        }
        System.arraycopy(into, 0, second, 0, bins);
    }

    private static void set(int[] sums, int first, int bins, double[] into) {
        for (int b = 0; b < bins; b++) {
            into[b] = (double) (sums[first + b] & 0xffff_ffffL);
        }
    }

    private static void add(int[] sums, int first, int bins, double[] into) {
        for (int b = 0; b < bins; b++) {
            into[b] += (double) (sums[first + b] & 0xffff_ffffL);
        }
    }

    @Override
    public double total(LaneSums[] lanes, double inCells) {
        long outside = 0;
        for (LaneSums lane : lanes) {
            outside += ((SmallSums) lane).raw[map.outside()] & 0xffff_ffffL;
        }
        return inCells + outside;
    }
}
