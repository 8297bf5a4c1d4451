package org.emberline.gpu.imaging.blocks;

import java.util.Arrays;
import org.emberline.gpu.imaging.HistogramBins;

/** How many values lie in each bin of a histogram and beside it. One thread at a time. */
final class BinCounts {
    /** Values whose places are found before they are counted: finding them is then done many at once. */
    private static final int STRETCH = 512;

    private final double lower;
    private final double upper;
    private final double perWidth;
    private final int[] places = new int[STRETCH];
    private final long[] inside;
    private long below;
    private long above;

    BinCounts(HistogramBins bins) {
        lower = bins.lower();
        upper = bins.upper();
        perWidth = bins.bins() / (upper - lower);
        inside = new long[bins.bins()];
    }

    void clear() {
        Arrays.fill(inside, 0);
        below = 0;
        above = 0;
    }

    /** Counts the values from {@code first} to before {@code end}; what is no number is not counted. */
    void add(float[] values, int first, int end) {
        for (int i = first; i < end; i += STRETCH) {
            addStretch(values, i, Math.min(STRETCH, end - i));
        }
    }

    private void addStretch(float[] values, int first, int count) {
        for (int i = 0; i < count; i++) {
            places[i] = (int) ((values[first + i] - lower) * perWidth);
        }
        int last = inside.length - 1;
        for (int i = 0; i < count; i++) {
            int place = places[i];
            if (place > 0 && place < last) {
                inside[place]++;
            } else {
                addNearEdge(values[first + i], place);
            }
        }
    }

    /** Place 0 is also that of what lies a little below the bins, or is no number; rounding may move a value across the upper edge. */
    private void addNearEdge(double value, int place) {
        if (value >= lower && value < upper) {
            inside[Math.min(place, inside.length - 1)]++;
        } else if (value < lower) {
            below++;
        } else if (value >= upper) {
            above++;
        }
    }

    /** Adds the counts of the bins to a total. */
    void addTo(long[] total) {
        for (int bin = 0; bin < total.length; bin++) {
            total[bin] += inside[bin];
        }
    }

    /** Values below the first bin. */
    long below() {
        return below;
    }

    /** Values at or above the upper edge of the last bin. */
    long above() {
        return above;
    }
}
