package org.emberline.gpu.imaging;

import java.lang.foreign.MemorySegment;
import org.emberline.gpu.Arithmetic;

/**
 * Reduces radiographs after one {@link ImagingPlan}. A reducer belongs to one thread at a time, but may use others and the device behind
 * the scenes. It allocates nothing per frame.
 *
 * <pre>
 * T = (raw - dark) / (scale (flat - dark)),   OD = -ln T,   flat = (1 - w) before + w after
 * </pre>
 */
public interface ImageReducer extends Arithmetic {

    /** The plan it was opened with. */
    ImagingPlan plan();

    /**
     * Reduces one frame.
     *
     * @param frame at least {@link ImagingPlan#frameBytes()} bytes, native memory, any alignment
     * @param flatFraction w above, in [0, 1]: {@link Flatfield#fraction} of the middle of the exposure
     * @param into overwritten entirely; made for an equal plan
     * @throws org.emberline.gpu.ReducerException when the device fails; {@code into} is then undefined
     * @throws IllegalArgumentException when an argument is not as said above; {@code into} is then untouched
     */
    void reduce(MemorySegment frame, double flatFraction, ImageReduction into);

    /**
     * Checks the arguments of {@link #reduce}.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    static void requireArguments(ImagingPlan plan, MemorySegment frame, double flatFraction, ImageReduction into) {
        into.requireRoomFor(plan);
        if (!(flatFraction >= 0 && flatFraction <= 1)) {
            throw new IllegalArgumentException(
                    "the fraction between the flats must lie in [0, 1] flat_fraction=" + flatFraction);
        }
        if (!frame.isNative()) {
            throw new IllegalArgumentException("the frame does not lie in native memory");
        }
        if (frame.byteSize() < plan.frameBytes()) {
            throw new IllegalArgumentException(
                    "the frame is too short bytes=" + frame.byteSize() + ", needed " + plan.frameBytes());
        }
    }
}
