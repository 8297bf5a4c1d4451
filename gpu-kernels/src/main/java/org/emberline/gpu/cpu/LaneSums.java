package org.emberline.gpu.cpu;

import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.cells.CellConstants;
import org.emberline.gpu.cells.CellMap;

/** The sums that one thread makes of its part of a frame. */
interface LaneSums {

    void clear();

    /**
     * Adds valid pixels.
     *
     * @param block holds them
     * @param first the pixel of the frame that is the block's first
     * @param from first to add, counted within the block
     * @param to one beyond the last
     */
    void add(PixelBlock block, int first, int from, int to);

    /** What {@link org.emberline.gpu.cells.CellSums#sector} asks for, over all lanes; they are of this one's kind. */
    void sector(LaneSums[] lanes, int sector, double[] raw, double[] second, double[] cross);

    /** As {@link org.emberline.gpu.cells.CellSums#totalCounts}, over all lanes. */
    double total(LaneSums[] lanes, double inCells);

    /** The sums that a plan needs. */
    static LaneSums of(IntegrationPlan plan, CellMap map, CellConstants constants) {
        if (plan.errorModel() == ErrorModel.AZIMUTHAL) {
            return new ScatterSums(map, constants);
        }
        if (map.isSplit()) {
            return new SplitSums(map);
        }
        if (SmallSums.fit(plan.format(), map)) {
            return new SmallSums(map);
        }
        return plan.format() == PixelFormat.F32 ? new RealSums(map) : new WholeSums(map);
    }
}
