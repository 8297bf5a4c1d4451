package org.emberline.edge.sync;

import java.util.function.Consumer;
import org.emberline.edge.frame.FrameGate;
import org.emberline.edge.frame.FrameSlot;

/** Another gate, and an eye on the numbers of the frames that it admits. */
public final class ShareGate implements FrameGate {
    private final FrameGate gate;
    private final Consumer<ShareDetector.Share> told;
    private final ShareDetector detector = new ShareDetector();

    /** @param told is told once of every share, on the acquisition thread, which it must not hold up */
    public ShareGate(FrameGate gate, Consumer<ShareDetector.Share> told) {
        this.gate = gate;
        this.told = told;
    }

    @Override
    public Verdict admit(FrameSlot slot) {
        Verdict verdict = gate.admit(slot);
        if (verdict == Verdict.ADMITTED && slot.hardwareId != FrameSlot.UNKNOWN) {
            ShareDetector.Share share = detector.saw(slot.seriesId, slot.hardwareId);
            if (share != null) {
                told.accept(share);
            }
        }
        return verdict;
    }

    @Override
    public void missing(FrameSlot slot) {
        gate.missing(slot);
    }

    @Override
    public void end(EdgeFate fate) {
        gate.end(fate);
    }
}
