package org.emberline.gpu;

import java.util.stream.IntStream;

/**
 * The bins and shares of one row of split pixels.
 *
 * @param firstBin per pixel: its first bin, or {@link BinMap#OUTSIDE}, or {@link BinMap#MASKED}
 * @param sharesOfPixel per pixel: number of shares
 * @param share the shares of all pixels, one pixel after the other; more room than needed
 * @param shares number of entries of {@code share} in use
 */
record SplitRow(int[] firstBin, int[] sharesOfPixel, double[] share, int shares) {
    private static final int ROWS_PER_TASK = 32;

    /** One row by itself; for all of them, {@link #all} is faster. */
    static SplitRow of(IntegrationPlan plan, int row, double[] normalisation) {
        return new RowSplitter(plan, normalisation).split(row);
    }

    /** The rows of the frame in memory order, computed on the common pool; corners between two rows are computed once. */
    static SplitRow[] all(IntegrationPlan plan, double[] normalisation) {
        SplitRow[] all = new SplitRow[plan.geometry().detector().rows()];
        int tasks = Math.ceilDiv(all.length, ROWS_PER_TASK);
        IntStream.range(0, tasks).parallel().forEach(task -> {
            RowSplitter splitter = new RowSplitter(plan, normalisation);
            int end = Math.min(all.length, (task + 1) * ROWS_PER_TASK);
            for (int row = task * ROWS_PER_TASK; row < end; row++) {
                all[row] = splitter.split(row);
            }
        });
        return all;
    }
}
