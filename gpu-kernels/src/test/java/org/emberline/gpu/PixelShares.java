package org.emberline.gpu;

import java.util.Arrays;
import org.emberline.gpu.cells.CellMap;

/** The map of a plan without sectors, pixel by pixel: its first bin, and the shares of that and the following ones. */
final class PixelShares {
    static final int OUTSIDE = -1;
    static final int MASKED = -2;

    private final CellMap map;
    private final int[] firstBin;
    private final int[] shareStart;
    private double[] share = new double[16];

    private PixelShares(CellMap map) {
        this.map = map;
        firstBin = new int[map.pixels()];
        shareStart = new int[map.pixels() + 1];
        int next = 0;
        for (int p = 0; p < map.pixels(); p++) {
            int cell = map.index().at(p);
            firstBin[p] = cell == map.masked() ? MASKED : cell == map.outside() ? OUTSIDE : cell;
            next = firstBin[p] < 0 ? next : add(p, next);
            shareStart[p + 1] = next;
        }
        share = Arrays.copyOf(share, next);
    }

    static PixelShares of(IntegrationPlan plan) {
        return new PixelShares(CellMap.of(plan));
    }

    private int add(int pixel, int from) {
        double first = map.isSplit() ? map.firstShare()[pixel] : 1;
        int next = append(from, first);
        int e = map.extras().firstOf(pixel);
        boolean more = e < map.extras().count() && map.extras().pixel()[e] == pixel;
        if (first < 1) {
            next = append(next, 1 - first + (more ? map.extras().share()[e] : 0));
        }
        for (e++; more && e < map.extras().count() && map.extras().pixel()[e] == pixel; e++) {
            next = append(next, map.extras().share()[e]);
        }
        return next;
    }

    private int append(int index, double value) {
        if (index == share.length) {
            share = Arrays.copyOf(share, 2 * index);
        }
        share[index] = value;
        return index + 1;
    }

    int bins() {
        return map.bins();
    }

    int pixels() {
        return map.pixels();
    }

    int[] firstBin() {
        return firstBin;
    }

    int[] shareStart() {
        return shareStart;
    }

    double[] share() {
        return share;
    }
}
