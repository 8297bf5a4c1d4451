package org.emberline.gpu;

import java.lang.foreign.MemorySegment;
import org.emberline.gpu.bslz4.CorruptChunkException;

/**
 * Reduces frames after one {@link IntegrationPlan}. A reducer belongs to one thread at a time, but may use others and the device
 * behind the scenes. It allocates nothing per frame.
 */
public interface Reducer extends Arithmetic {

    /** The plan it was opened with. */
    IntegrationPlan plan();

    /**
     * Integrates one frame.
     *
     * @param frame at least {@link IntegrationPlan#frameBytes()} bytes, native memory, any alignment
     * @param monitor what intensities and sigmas are divided by, for example the incident intensity of the exposure (pyFAI's
     *     normalization_factor); finite and positive
     * @param into overwritten entirely; must have room for what the plan asks for
     * @throws ReducerException when the device fails; {@code into} is then undefined
     * @throws IllegalArgumentException when an argument is not as said above; {@code into} is then untouched
     */
    void reduce(MemorySegment frame, double monitor, Reduction into);

    /** As {@link #reduce(MemorySegment, double, Reduction)}, with a monitor of 1. */
    default void reduce(MemorySegment frame, Reduction into) {
        reduce(frame, 1, into);
    }

    /**
     * Integrates one frame that is still compressed by bitshuffle with LZ4, laid out as {@link org.emberline.gpu.bslz4.BlockTable}
     * says; the result is that of {@link #reduce} with the decoded frame, bit for bit. The first frame may take longer than the
     * others and allocate, and so may one with larger or more blocks than any before.
     *
     * @param chunk exactly the stored bytes, native memory, any alignment
     * @param monitor as with {@link #reduce}
     * @param into as with {@link #reduce}
     * @throws CorruptChunkException when the chunk is no frame of the plan; {@code into} is then untouched, and the reducer ready for
     *     the next frame
     * @throws ReducerException when the device fails; {@code into} is then undefined
     * @throws IllegalArgumentException when an argument is not as said above, or the plan's frames have 2 GiB or more; {@code into} is
     *     then untouched
     */
    void reduceCompressed(MemorySegment chunk, double monitor, Reduction into) throws CorruptChunkException;

    /**
     * Begins a frame and may return before it is done, so that copying to the device, computing there and the caller's own work
     * overlap. Frame and result belong to the reducer until {@link #finish}. May wait for frames begun earlier.
     *
     * @throws ReducerException when the device fails; which frames are done is then unknown: reduce all again that were begun
     *     since the last {@link #finish}
     */
    default void begin(MemorySegment frame, double monitor, Reduction into) {
        reduce(frame, monitor, into);
    }

    /**
     * Completes all frames begun.
     *
     * @throws ReducerException as {@link #begin}
     */
    default void finish() {}

    /**
     * Checks the arguments of {@link #reduce}.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    static void requireArguments(IntegrationPlan plan, MemorySegment frame, double monitor, Reduction into) {
        requireCompressedArguments(plan, frame, monitor, into);
        if (frame.byteSize() < plan.frameBytes()) {
            throw new IllegalArgumentException(
                    "the frame is too short bytes=" + frame.byteSize() + ", needed " + plan.frameBytes());
        }
    }

    /**
     * Checks the arguments of {@link #reduceCompressed}, but for what is in the chunk.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    static void requireCompressedArguments(IntegrationPlan plan, MemorySegment chunk, double monitor, Reduction into) {
        into.requireRoomFor(plan);
        if (!(monitor > 0) || Double.isInfinite(monitor)) {
            throw new IllegalArgumentException("the monitor must be finite and positive monitor=" + monitor);
        }
        if (!chunk.isNative()) {
            throw new IllegalArgumentException("the frame does not lie in native memory");
        }
    }
}
