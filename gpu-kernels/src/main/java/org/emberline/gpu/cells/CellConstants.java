package org.emberline.gpu.cells;

import java.util.concurrent.atomic.AtomicLong;
import org.emberline.gpu.Corrections;
import org.emberline.gpu.IntegrationPlan;
import org.jspecify.annotations.Nullable;

/**
 * What the raw sums of cells and bins are set against, over the pixels that count at the moment. Pixels that become invalid are taken
 * out by {@link #change}, and put back when they are valid again.
 */
public final class CellConstants {
    private static final AtomicLong STAMPS = new AtomicLong();

    private final CellMap map;
    private final float @Nullable [] darkCounts;
    private final float @Nullable [] darkVariances;
    private final double[] normalisations;
    private final Tally cells;
    private final Tally bins;
    private long validPixels;
    private long stamp = STAMPS.incrementAndGet();

    /** Sums over all pixels that are not masked. */
    public CellConstants(IntegrationPlan plan, CellMap map) {
        this.map = map;
        Corrections corrections = plan.corrections();
        darkCounts = corrections.dark();
        darkVariances = corrections.darkVariance();
        normalisations = map.normalisation();
        double[] largest = new double[6];
        for (int p = 0; p < map.pixels(); p++) {
            if (normalisations[p] > 0) {
                validPixels++;
                largest[0] += 1;
                largest[1] += 1;
                largest[2] += normalisations[p];
                largest[3] += normalisations[p] * normalisations[p];
                largest[4] += Math.abs(dark(p));
                largest[5] += darkVariance(p);
            }
        }
        cells = new Tally(map.places(), largest);
        bins = map.sectors() == 1 ? cells : new Tally(map.bins() + CellMap.EXTRA_PLACES, largest);
        for (int p = 0; p < map.pixels(); p++) {
            if (normalisations[p] > 0) {
                apply(p, 1, false);
            }
        }
        for (int place = 0; place < map.places(); place++) {
            cells.refresh(place);
        }
        for (int bin = 0; bin < map.bins(); bin++) {
            bins.refresh(bin);
        }
    }

    /**
     * Takes note of pixels that became invalid or valid again.
     *
     * @param firstPixel pixel of the lowest bit
     * @param changed bits of the pixels that changed
     * @param invalid bits of the pixels that are invalid now; others than the changed ones do not matter
     */
    public void change(int firstPixel, long changed, long invalid) {
        stamp = STAMPS.incrementAndGet();
        for (long left = changed; left != 0; left &= left - 1) {
            int bit = Long.numberOfTrailingZeros(left);
            int sign = ((invalid >>> bit) & 1) == 0 ? 1 : -1;
            validPixels += sign;
            apply(firstPixel + bit, sign, true);
        }
    }

    /** Changes whenever the pixels that count do; different for every object; never 0. */
    long stamp() {
        return stamp;
    }

    /** Pixels that are neither masked nor invalid at the moment, in cells or not. */
    public long validPixels() {
        return validPixels;
    }

    Tally cells() {
        return cells;
    }

    Tally bins() {
        return bins;
    }

    private void apply(int pixel, int sign, boolean refresh) {
        int cell = map.index().at(pixel);
        if (cell >= map.cells()) {
            return;
        }
        double first = map.isSplit() ? map.firstShare()[pixel] : 1;
        share(cell, first, pixel, sign, refresh);
        if (first == 1) {
            return;
        }
        ExtraShares extras = map.extras();
        int e = extras.firstOf(pixel);
        boolean simple = e == extras.count() || extras.pixel()[e] != pixel;
        share(cell + 1, 1 - first + (simple ? 0 : extras.share()[e]), pixel, sign, refresh);
        if (!simple) {
            for (e++; e < extras.count() && extras.pixel()[e] == pixel; e++) {
                share(extras.cell()[e], extras.share()[e], pixel, sign, refresh);
            }
        }
    }

    private void share(int cell, double w, int pixel, int sign, boolean refresh) {
        double n = normalisations[pixel];
        double d = dark(pixel);
        double v = darkVariance(pixel);
        cells.add(cell, w, n, d, v, sign);
        int bin = cell % map.bins();
        if (bins != cells) {
            bins.add(bin, w, n, d, v, sign);
        }
        if (refresh) {
            cells.refresh(cell);
            bins.refresh(bin);
        }
    }

    /** Dark counts of a pixel. */
    public double dark(int pixel) {
        return darkCounts == null ? 0 : darkCounts[pixel];
    }

    private double darkVariance(int pixel) {
        return darkVariances == null ? Math.max(dark(pixel), 0) : darkVariances[pixel];
    }
}
