package org.emberline.edge.reduce;

import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;
import org.emberline.gpu.Reducer;
import org.emberline.gpu.bslz4.CorruptChunkException;

/**
 * Hands the pixels to the reducer and flags what the reduction found. Within a batch frames are only begun, so that copying to the
 * device and computing there overlap. Owns the reducer for the length of the run.
 */
public final class ReduceStage implements Stage {
    private static final double NO_MONITOR = 1;

    private final Reducer reducer;
    private final List<FrameSlot> begun = new ArrayList<>();

    public ReduceStage(Reducer reducer) {
        this.reducer = reducer;
    }

    @Override
    public void process(FrameSlot slot) {
        if (slot.has(FrameFlag.CORRUPT)) {
            return;
        }
        if (slot.compressedBytes > 0) {
            reduceCompressed(slot);
            return;
        }
        begun.add(slot);
        reducer.begin(slot.pixels(), NO_MONITOR, slot.reduction());
    }

    private void reduceCompressed(FrameSlot slot) {
        boolean reduced = false;
        try {
            reducer.reduceCompressed(slot.pixels().asSlice(0, slot.compressedBytes), NO_MONITOR, slot.reduction());
            reduced = true;
        } catch (CorruptChunkException e) {
            // The flag says it: a source that wants to say more looks at what it passes on.
        } finally {
            flag(slot, reduced);
        }
    }

    @Override
    public void endOfBatch() {
        boolean finished = false;
        try {
            reducer.finish();
            finished = true;
        } finally {
            for (int i = 0; i < begun.size(); i++) {
                flag(begun.get(i), finished);
            }
            begun.clear();
        }
    }

    private static void flag(FrameSlot slot, boolean finished) {
        if (!finished) {
            slot.flag(FrameFlag.CORRUPT);
        } else if (slot.reduction().saturatedPixels() > 0) {
            slot.flag(FrameFlag.SATURATED);
        }
    }
}
