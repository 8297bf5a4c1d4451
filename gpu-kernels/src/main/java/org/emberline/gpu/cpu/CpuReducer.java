package org.emberline.gpu.cpu;

import java.lang.foreign.MemorySegment;
import org.emberline.gpu.BinMap;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.Reducer;
import org.emberline.gpu.Reduction;

/**
 * Integrates on the calling thread: each row is decoded, its invalid pixels are marked, the others are added to their bins.
 * Integer formats without splitting are summed in 64-bit integers, exactly; everything else in double precision.
 */
public final class CpuReducer implements Reducer {
    private final IntegrationPlan plan;
    private final FrameRows rows;
    private final BinSums sums;

    /**
     * Makes the bin map.
     *
     * @throws IllegalArgumentException when every pixel is masked
     */
    public CpuReducer(IntegrationPlan plan) {
        this.plan = plan;
        BinMap map = BinMap.of(plan);
        boolean exact = plan.format() != PixelFormat.F32 && !map.isSplit();
        rows = new FrameRows(plan, map);
        sums = exact
                ? new WholePixelSums(map, plan.corrections().dark())
                : new SharedPixelSums(map, plan.corrections().dark());
    }

    @Override
    public IntegrationPlan plan() {
        return plan;
    }

    @Override
    public String backend() {
        return "cpu";
    }

    @Override
    public String device() {
        return System.getProperty("os.arch") + ", Java " + System.getProperty("java.version");
    }

    @Override
    public void reduce(MemorySegment frame, Reduction into) {
        into.requireBins(plan.axis().bins());
        int columns = plan.geometry().detector().columns();
        rows.begin();
        sums.clear();
        for (int row = 0; row < plan.geometry().detector().rows(); row++) {
            rows.read(frame, row);
            sums.add(rows, row * columns, columns);
        }
        sums.finish(plan.errorModel(), into);
        into.frameTotals(rows.totalCounts(), rows.validPixels(), rows.saturatedPixels());
    }

    @Override
    public void close() {
        // Nothing but heap memory is held.
    }
}
