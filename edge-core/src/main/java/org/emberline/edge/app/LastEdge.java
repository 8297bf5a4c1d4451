package org.emberline.edge.app;

import org.emberline.edge.frame.FrameGate;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.firmware.TriggerInput;

/** A gate that closes its trigger line before it ends: an edge that came afterwards would be in the books with nobody to say its fate. */
record LastEdge(FrameGate gate, TriggerInput line) implements FrameGate {

    @Override
    public Verdict admit(FrameSlot slot) {
        return gate.admit(slot);
    }

    @Override
    public void missing(FrameSlot slot) {
        gate.missing(slot);
    }

    @Override
    public void end(EdgeFate fate) {
        line.close();
        gate.end(fate);
    }
}
