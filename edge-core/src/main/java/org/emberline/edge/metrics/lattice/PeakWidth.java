package org.emberline.edge.metrics.lattice;

import org.emberline.edge.metrics.pattern.Pattern;

/** A first guess of a peak's width: walks down from the top to half of its height above the surroundings. */
final class PeakWidth {

    private PeakWidth() {}

    /** Full width at half maximum around a bin, 1/ångström, never below one bin. */
    static double guess(Pattern pattern, SignificanceMap map, int bin) {
        int reach = map.halfWidthAt(bin);
        int top = bin;
        double floor = Double.POSITIVE_INFINITY;
        for (int i = Math.max(0, bin - 3 * reach); i <= Math.min(pattern.bins - 1, bin + 3 * reach); i++) {
            if (pattern.usable[i]) {
                floor = Math.min(floor, pattern.intensity[i]);
                boolean near = Math.abs(i - bin) <= reach;
                top = near && !(pattern.intensity[i] <= pattern.intensity[top]) ? i : top;
            }
        }
        double half = 0.5 * (pattern.intensity[top] + floor);
        double bins = walk(pattern, top, half, 1) + walk(pattern, top, half, -1);
        return pattern.binWidth * Math.clamp(bins, 1.0, 2.0 * reach + 1);
    }

    private static double walk(Pattern pattern, int top, double half, int direction) {
        int i = top;
        while (i + direction >= 0 && i + direction < pattern.bins && pattern.intensity[i + direction] > half) {
            i += direction;
        }
        int beyond = i + direction;
        if (beyond < 0 || beyond >= pattern.bins) {
            return Math.abs(i - top);
        }
        double share = (pattern.intensity[i] - half) / (pattern.intensity[i] - pattern.intensity[beyond]);
        return Math.abs(i - top) + (share >= 0 && share <= 1 ? share : 0.5);
    }
}
