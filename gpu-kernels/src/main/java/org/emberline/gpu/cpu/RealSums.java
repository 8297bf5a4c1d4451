package org.emberline.gpu.cpu;

import java.util.Arrays;
import org.emberline.gpu.cells.CellMap;

/** Floating-point pixels that count wholly in one cell. */
final class RealSums implements LaneSums {
    private final CellMap map;
    private final double[] raw;
    private final int[] cells = new int[PixelBlock.SIZE];

    RealSums(CellMap map) {
        this.map = map;
        raw = new double[map.places()];
    }

    @Override
    public void clear() {
        Arrays.fill(raw, 0);
    }

    @Override
    public void add(PixelBlock block, int first, int from, int to) {
        map.index().read(first + from, to - from, cells);
        double[] sums = raw;
        for (int i = from; i < to; i++) {
            // A masked pixel may hold anything, also what is no number; its place is never read.
            sums[cells[i - from]] += block.value(i);
        }
    }

    @Override
    public void sector(LaneSums[] lanes, int sector, double[] into, double[] second, double[] cross) {
        int bins = map.bins();
        Arrays.fill(into, 0, bins, 0);
        for (LaneSums lane : lanes) {
            double[] sums = ((RealSums) lane).raw;
            for (int b = 0; b < bins; b++) {
                into[b] += sums[sector * bins + b];
            }
        }
        System.arraycopy(into, 0, second, 0, bins);
    }

    @Override
    public double total(LaneSums[] lanes, double inCells) {
        double total = 0;
        for (LaneSums lane : lanes) {
            double[] sums = ((RealSums) lane).raw;
            for (int place = 0; place < map.masked(); place++) {
                total += sums[place];
            }
        }
        return total;
    }
}
