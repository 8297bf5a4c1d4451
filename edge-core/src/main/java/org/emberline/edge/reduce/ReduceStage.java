package org.emberline.edge.reduce;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;
import org.emberline.gpu.Reducer;

/** Hands the pixels to the reducer and flags what the reduction found. Owns the reducer for the length of the run. */
public final class ReduceStage implements Stage {
    private final Reducer reducer;

    public ReduceStage(Reducer reducer) {
        this.reducer = reducer;
    }

    @Override
    public void process(FrameSlot slot) {
        if (slot.has(FrameFlag.CORRUPT)) {
            return;
        }
        reducer.reduce(slot.pixels(), slot.reduction());
        if (slot.reduction().saturatedPixels() > 0) {
            slot.flag(FrameFlag.SATURATED);
        }
    }
}
