package org.emberline.gpu.cpu;

import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.Reduction;

/** The sums of one frame in every bin. */
interface BinSums {

    void clear();

    /** Adds the {@code count} pixels that {@code rows} holds, the first of which is pixel {@code firstPixel} of the frame. */
    void add(FrameRows rows, int firstPixel, int count);

    /** Writes all bins. */
    void finish(ErrorModel errorModel, Reduction into);
}
