package org.emberline.gpu.cpu;

import java.util.Arrays;
import org.emberline.gpu.cells.CellConstants;
import org.emberline.gpu.cells.CellMap;
import org.emberline.gpu.cells.ExtraShares;

/**
 * The sums behind {@link org.emberline.gpu.ErrorModel#AZIMUTHAL}: with share w, raw count r, dark-corrected count s and normalisation
 * n, sum(w r), sum(w^2 s^2) and sum(w^2 s n), share by share.
 */
final class ScatterSums implements LaneSums {
    private final CellMap map;
    private final CellConstants constants;
    private final ExtraShares extras;
    private final double[] raws;
    private final double[] squares;
    private final double[] crosses;
    private double total;

    ScatterSums(CellMap map, CellConstants constants) {
        this.map = map;
        this.constants = constants;
        extras = map.extras();
        raws = new double[map.places()];
        squares = new double[map.places()];
        crosses = new double[map.places()];
    }

    @Override
    public void clear() {
        Arrays.fill(raws, 0);
        Arrays.fill(squares, 0);
        Arrays.fill(crosses, 0);
        total = 0;
    }

    @Override
    public void add(PixelBlock block, int first, int from, int to) {
        int e = extras.firstOf(first + from);
        for (int i = from; i < to; i++) {
            int pixel = first + i;
            int cell = map.index().at(pixel);
            if (cell == map.masked()) {
                continue;
            }
            double raw = block.value(i);
            total += raw;
            double share = map.isSplit() ? map.firstShare()[pixel] : 1;
            add(cell, share, raw, pixel);
            if (share < 1) {
                boolean more = e < extras.count() && extras.pixel()[e] == pixel;
                add(cell + 1, 1 - share + (more ? extras.share()[e++] : 0), raw, pixel);
                while (e < extras.count() && extras.pixel()[e] == pixel) {
                    add(extras.cell()[e], extras.share()[e++], raw, pixel);
                }
            }
        }
    }

    private void add(int cell, double share, double raw, int pixel) {
        double signal = raw - constants.dark(pixel);
        double weighted = share * share * signal;
        raws[cell] += share * raw;
        squares[cell] += weighted * signal;
        crosses[cell] += weighted * map.normalisation()[pixel];
    }

    @Override
    public void sector(LaneSums[] lanes, int sector, double[] raw, double[] second, double[] cross) {
        int bins = map.bins();
        Arrays.fill(raw, 0, bins, 0);
        Arrays.fill(second, 0, bins, 0);
        Arrays.fill(cross, 0, bins, 0);
        for (LaneSums lane : lanes) {
            ScatterSums sums = (ScatterSums) lane;
            for (int b = 0; b < bins; b++) {
                raw[b] += sums.raws[sector * bins + b];
                second[b] += sums.squares[sector * bins + b];
                cross[b] += sums.crosses[sector * bins + b];
            }
        }
    }

    @Override
    public double total(LaneSums[] lanes, double inCells) {
        double sum = 0;
        for (LaneSums lane : lanes) {
            sum += ((ScatterSums) lane).total;
        }
        return sum;
    }
}
