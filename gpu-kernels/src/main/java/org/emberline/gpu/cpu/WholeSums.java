package org.emberline.gpu.cpu;

import java.util.Arrays;
import org.emberline.gpu.cells.CellIndex;
import org.emberline.gpu.cells.CellMap;

/** Integer pixels that count wholly in one cell, summed exactly. */
final class WholeSums implements LaneSums {
    private final CellMap map;
    private final long[] raw;
    private final int[] cells = new int[PixelBlock.SIZE];

    WholeSums(CellMap map) {
        this.map = map;
        raw = new long[map.places()];
    }

    @Override
    public void clear() {
        Arrays.fill(raw, 0);
    }

    @Override
    public void add(PixelBlock block, int first, int from, int to) {
        switch (block) {
            case PixelBlock.Shorts shorts -> addShorts(shorts, first, from, to);
            case PixelBlock.Ints ints -> {
                map.index().read(first + from, to - from, cells);
                addInts(ints.values, ints.mask, from, to);
            }
            case PixelBlock.Floats floats -> throw new IllegalStateException("floats are no integers");
        }
    }

    private void addShorts(PixelBlock.Shorts block, int first, int from, int to) {
        switch (map.index()) {
            case CellIndex.Narrow(short[] narrow) -> addNarrow(block.values, block.mask, narrow, first, from, to);
            case CellIndex.Wide(int[] wide) -> addWide(block.values, block.mask, wide, first, from, to);
        }
    }

    /** The loop that matters: one pixel, one cell number, one sum. */
    private void addNarrow(short[] values, int mask, short[] narrow, int first, int from, int to) {
        long[] sums = raw;
        for (int i = from; i < to; i++) {
            sums[narrow[first + i] & 0xffff] += values[i] & mask;
        }
    }

    private void addWide(short[] values, int mask, int[] wide, int first, int from, int to) {
        long[] sums = raw;
        for (int i = from; i < to; i++) {
            sums[wide[first + i]] += values[i] & mask;
        }
    }

    private void addInts(int[] values, long mask, int from, int to) {
        long[] sums = raw;
        for (int i = from; i < to; i++) {
            sums[cells[i - from]] += values[i] & mask;
        }
    }

    @Override
    public void sector(LaneSums[] lanes, int sector, double[] into, double[] second, double[] cross) {
        int bins = map.bins();
        int first = sector * bins;
        if (lanes.length == 2) { // worth its own loop, which runs in vectors
            long[] other = ((WholeSums) lanes[1]).raw;
            long[] own = ((WholeSums) lanes[0]).raw;
            for (int b = 0; b < bins; b++) {
                into[b] = (double) (own[first + b] + other[first + b]);
            }
        } else {
            for (int b = 0; b < bins; b++) {
                into[b] = (double) sum(lanes, first + b);
            }
        }
        System.arraycopy(into, 0, second, 0, bins);
    }

    private static long sum(LaneSums[] lanes, int place) {
        long sum = 0;
        for (LaneSums lane : lanes) {
            sum += ((WholeSums) lane).raw[place];
        }
        return sum;
    }

    @Override
    public double total(LaneSums[] lanes, double inCells) {
        long total = 0;
        for (LaneSums lane : lanes) {
            long[] sums = ((WholeSums) lane).raw;
            for (int place = 0; place < map.masked(); place++) {
                total += sums[place];
            }
        }
        return (double) total;
    }
}
