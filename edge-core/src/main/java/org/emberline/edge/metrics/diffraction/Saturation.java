package org.emberline.edge.metrics.diffraction;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.gpu.Reduction;

/** What the pixel totals of a frame say about the rest of it. */
final class Saturation {
    /** From this share of saturated pixels on, rings may be clipped. */
    static final double TOLERATED_FRACTION = 1e-4;

    private Saturation() {}

    /** Whether the frame was read and reduced and has valid pixels, of which no more than all are saturated. */
    static boolean isReadable(FrameSlot slot) {
        Reduction reduction = slot.reduction();
        return !slot.has(FrameFlag.CORRUPT)
                && reduction.validPixels() > 0
                && reduction.saturatedPixels() >= 0
                && reduction.saturatedPixels() <= reduction.validPixels();
    }

    /** Saturated over valid pixels of a readable frame. */
    static double fraction(FrameSlot slot) {
        return slot.reduction().saturatedPixels() / (double) slot.reduction().validPixels();
    }

    /** The flag for which rings must not be looked at; 0 when they may. A few hot pixels cannot move rings that thousands share. */
    static long unusable(FrameSlot slot) {
        if (!isReadable(slot)) {
            return FrameFlag.CORRUPT.bit();
        }
        return fraction(slot) >= TOLERATED_FRACTION ? flags(slot) : 0;
    }

    /** {@link FrameFlag#SATURATED} or nothing, from the frame's flag and from its count alike. */
    static long flags(FrameSlot slot) {
        boolean saturated = slot.has(FrameFlag.SATURATED) || slot.reduction().saturatedPixels() > 0;
        return saturated ? FrameFlag.SATURATED.bit() : 0;
    }
}
