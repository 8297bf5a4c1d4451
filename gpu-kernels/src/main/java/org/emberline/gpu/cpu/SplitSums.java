package org.emberline.gpu.cpu;

import java.util.Arrays;
import org.emberline.gpu.cells.CellIndex;
import org.emberline.gpu.cells.CellMap;
import org.emberline.gpu.cells.ExtraShares;

/**
 * Pixels that are shared among bins. A pixel of raw count r gives w to its first cell c and 1 - w to the next. So three sums suffice,
 * all in one place: R = sum(r), T = sum(r w), Q = sum(r w^2) over the pixels whose first cell is c. Then
 *
 * <pre>
 * sum(w r)   of cell c = T[c] + R[c-1] - T[c-1]
 * sum(w^2 r) of cell c = Q[c] + R[c-1] - 2 T[c-1] + Q[c-1]
 * </pre>
 *
 * and what pixels over more than two bins add to that is summed apart. The last cell of a sector gives nothing to the next.
 */
final class SplitSums implements LaneSums {
    private static final int STRIDE = 4;

    private final CellMap map;
    private final double[] firstShare;
    private final ExtraShares extras;
    private final double[] sums;
    private final double[] extraRaw;
    private final double[] extraSecond;
    private final int[] cells = new int[PixelBlock.SIZE];

    SplitSums(CellMap map) {
        this.map = map;
        firstShare = map.firstShare();
        extras = map.extras();
        sums = new double[STRIDE * map.places()];
        extraRaw = new double[extras.count() > 0 ? map.places() : 0];
        extraSecond = new double[extraRaw.length];
    }

    @Override
    public void clear() {
        Arrays.fill(sums, 0);
        Arrays.fill(extraRaw, 0);
        Arrays.fill(extraSecond, 0);
    }

    @Override
    public void add(PixelBlock block, int first, int from, int to) {
        if (block instanceof PixelBlock.Shorts shorts && map.index() instanceof CellIndex.Narrow(short[] narrow)) {
            addNarrow(shorts.values, shorts.mask, narrow, first, from, to);
        } else {
            map.index().read(first + from, to - from, cells);
            switch (block) {
                case PixelBlock.Shorts shorts -> addShorts(shorts.values, shorts.mask, first, from, to);
                case PixelBlock.Ints ints -> addInts(ints.values, ints.mask, first, from, to);
                case PixelBlock.Floats floats -> addFloats(floats.values, first, from, to);
            }
        }
        if (extras.count() > 0) {
            addExtras(block, first, from, to);
        }
    }

    private void addNarrow(short[] values, int mask, short[] narrow, int first, int from, int to) {
        double[] into = sums;
        for (int i = from; i < to; i++) {
            int place = (narrow[first + i] & 0xffff) * STRIDE;
            double raw = (double) (values[i] & mask);
            double share = firstShare[first + i];
            double part = raw * share;
            into[place] += raw;
            into[place + 1] += part;
            into[place + 2] += part * share;
        }
    }

    private void addShorts(short[] values, int mask, int first, int from, int to) {
        for (int i = from; i < to; i++) {
            add(cells[i - from], (double) (values[i] & mask), firstShare[first + i]);
        }
    }

    private void addInts(int[] values, long mask, int first, int from, int to) {
        for (int i = from; i < to; i++) {
            add(cells[i - from], (double) (values[i] & mask), firstShare[first + i]);
        }
    }

    private void addFloats(float[] values, int first, int from, int to) {
        for (int i = from; i < to; i++) {
            add(cells[i - from], values[i], firstShare[first + i]);
        }
    }

    private void add(int cell, double raw, double share) {
        int place = cell * STRIDE;
        double part = raw * share;
        sums[place] += raw;
        sums[place + 1] += part;
        sums[place + 2] += part * share;
    }

    private void addExtras(PixelBlock block, int first, int from, int to) {
        int[] pixel = extras.pixel();
        for (int e = extras.firstOf(first + from); e < pixel.length && pixel[e] < first + to; e++) {
            double raw = block.value(pixel[e] - first);
            extraRaw[extras.cell()[e]] += extras.share()[e] * raw;
            extraSecond[extras.cell()[e]] += extras.square()[e] * raw;
        }
    }

    @Override
    public void sector(LaneSums[] lanes, int sector, double[] raw, double[] second, double[] cross) {
        int bins = map.bins();
        Arrays.fill(raw, 0, bins, 0);
        Arrays.fill(second, 0, bins, 0);
        for (LaneSums lane : lanes) {
            ((SplitSums) lane).addTo(sector * bins, raw, second);
        }
    }

    private void addTo(int first, double[] raw, double[] second) {
        double restRaw = 0;
        double restSecond = 0;
        for (int b = 0; b < map.bins(); b++) {
            int place = (first + b) * STRIDE;
            double r = sums[place];
            double t = sums[place + 1];
            double q = sums[place + 2];
            raw[b] += t + restRaw;
            second[b] += q + restSecond;
            restRaw = r - t;
            restSecond = r - 2 * t + q;
        }
        if (extraRaw.length > 0) {
            for (int b = 0; b < map.bins(); b++) {
                raw[b] += extraRaw[first + b];
                second[b] += extraSecond[first + b];
            }
        }
    }

    @Override
    public double total(LaneSums[] lanes, double inCells) {
        double total = 0;
        for (LaneSums lane : lanes) {
            double[] of = ((SplitSums) lane).sums;
            for (int place = 0; place < map.masked(); place++) {
                total += of[place * STRIDE];
            }
        }
        return total;
    }
}
