package org.emberline.edge.pipeline;

import com.lmax.disruptor.EventHandler;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;

/** One stage in the ring. What it throws is noted and flagged on the frame; the ring goes on. */
final class Station implements EventHandler<FrameSlot> {
    private final String name;
    private final Stage stage;
    private final FaultLog faults;

    Station(String name, Stage stage, FaultLog faults) {
        this.name = name;
        this.stage = stage;
        this.faults = faults;
    }

    @Override
    public void onEvent(FrameSlot slot, long sequence, boolean endOfBatch) {
        try {
            stage.process(slot);
        } catch (RuntimeException | Error problem) {
            fail(slot, problem);
        }
        if (endOfBatch) {
            endBatch(slot);
        }
    }

    private void endBatch(FrameSlot last) {
        try {
            stage.endOfBatch();
        } catch (RuntimeException | Error problem) {
            fail(last, problem);
        }
    }

    /** The last line of defence: a defect in one stage must cost one frame, not the run. */
    private void fail(FrameSlot slot, Throwable problem) {
        slot.flag(FrameFlag.CORRUPT);
        faults.note(name, problem);
    }
}
