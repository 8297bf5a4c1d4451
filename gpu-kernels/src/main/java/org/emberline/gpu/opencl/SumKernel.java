package org.emberline.gpu.opencl;

import org.jocl.Pointer;

/** A way to sum the pixels of a frame on a device, and to read its sums. Knows nothing of when. */
sealed interface SumKernel permits Scatter, Gather {

    /** Room for the results of a frame. */
    FrameResult newResult();

    /** What a frame needs, given the kernel argument that stands for it, and where the results go. */
    Launch bind(Pointer frame, FrameResult into);

    /** As {@link org.emberline.gpu.cells.CellSums#sector}. */
    void sector(FrameResult from, int sector, double[] raw, double[] second, double[] cross);

    /** As {@link org.emberline.gpu.cells.CellSums#totalCounts}. */
    double totalCounts(FrameResult from, double inCells);
}
