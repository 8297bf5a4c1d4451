package org.emberline.edge.pipeline;

import com.lmax.disruptor.EventHandler;
import java.util.function.LongPredicate;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;

/** One stage in the ring. What it throws is noted and flagged on the frame; the ring goes on. */
final class Station implements EventHandler<FrameSlot> {
    private final String name;
    private final Stage stage;
    private final LongPredicate wanted;
    private final FaultLog faults;

    /** @param wanted which frames, by their sequence in the ring, to work on */
    Station(String name, Stage stage, LongPredicate wanted, FaultLog faults) {
        this.name = name;
        this.stage = stage;
        this.wanted = wanted;
        this.faults = faults;
    }

    @Override
    public void onEvent(FrameSlot slot, long sequence, boolean endOfBatch) {
        if (wanted.test(sequence)) {
            try {
                stage.process(slot);
            } catch (RuntimeException | Error problem) {
                fail(slot, problem);
            }
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
