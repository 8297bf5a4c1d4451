package org.emberline.gpu.cells;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.emberline.gpu.IntegrationPlan;

/**
 * The bins and shares of one row of split pixels.
 *
 * @param row the memory row
 * @param firstBin per pixel: its first bin, or {@link #OUTSIDE}, or {@link #MASKED}
 * @param sharesOfPixel per pixel: number of shares
 * @param share the shares of all pixels, one pixel after the other; more room than needed
 * @param shares number of entries of {@code share} in use
 */
record SplitRow(int row, int[] firstBin, int[] sharesOfPixel, double[] share, int shares) {
    /** In place of a bin: a valid pixel outside the radial range. */
    static final int OUTSIDE = -1;
    /** In place of a bin: a pixel that never counts. */
    static final int MASKED = -2;

    private static final int ROWS_PER_TASK = 32;

    /** Hands on the rows of the frame, computed on the common pool and in any order; corners between two rows are computed once. */
    static void all(IntegrationPlan plan, double[] normalisation, Consumer<SplitRow> consumer) {
        int rows = plan.geometry().detector().rows();
        IntStream.range(0, Math.ceilDiv(rows, ROWS_PER_TASK)).parallel().forEach(task -> {
            RowSplitter splitter = new RowSplitter(plan, normalisation);
            int end = Math.min(rows, (task + 1) * ROWS_PER_TASK);
            for (int row = task * ROWS_PER_TASK; row < end; row++) {
                consumer.accept(splitter.split(row));
            }
        });
    }
}
