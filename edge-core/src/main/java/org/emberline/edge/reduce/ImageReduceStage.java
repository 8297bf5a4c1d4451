package org.emberline.edge.reduce;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;
import org.emberline.gpu.imaging.Flatfield;
import org.emberline.gpu.imaging.ImageReducer;

/**
 * Reduces radiographs and flags what the reduction found. Where the source does not say the photon energy, it is the plan's: one entry per
 * announced frame, in turn, so that a lost frame does not shift it.
 */
public final class ImageReduceStage implements Stage {
    private final ImageReducer reducer;
    private final Flatfield flatfield;
    private final double[] energiesKev;

    /** @param energiesKev the plan, keV; empty when there is none */
    public ImageReduceStage(ImageReducer reducer, double[] energiesKev) {
        this.reducer = reducer;
        this.energiesKev = energiesKev.clone();
        flatfield = reducer.plan().flatfield();
    }

    @Override
    public void process(FrameSlot slot) {
        if (Double.isNaN(slot.energyKev) && energiesKev.length > 0 && slot.triggerIndex >= 0) {
            slot.energyKev = energiesKev[(int) (slot.triggerIndex % energiesKev.length)];
        }
        if (Double.isNaN(slot.energyKev)) {
            slot.flag(FrameFlag.ENERGY_UNKNOWN);
        }
        if (slot.has(FrameFlag.CORRUPT)) {
            return;
        }
        reducer.reduce(slot.pixels(), flatfield.fraction(slot.midNanos()), slot.image());
        if (slot.image().saturatedPixels() > 0) {
            slot.flag(FrameFlag.SATURATED);
        }
    }
}
