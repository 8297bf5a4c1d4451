package org.emberline.gpu;

import java.lang.foreign.MemorySegment;
import java.util.Set;

/**
 * Less than any reducer has to do with a frame, by the same means: what the speed of a reducer is compared with. Belongs to
 * one thread at a time, and allocates nothing per frame.
 */
public interface Ceiling extends AutoCloseable {

    /** What is done with a frame. */
    enum Measure {
        /** Brings the frame to a device with memory of its own, and nothing else. */
        TRANSFER,
        /** Adds up all pixels, each as a number of its own. */
        SUM,
        /** Reads the frame's memory, eight bytes at a time, whatever the pixels are. */
        READ
    }

    /** What can be measured here, in the order in which a round does it. */
    Set<Measure> measures();

    /** Where it is measured, for people. */
    String device();

    /**
     * Does it once.
     *
     * @param frame a frame in native memory that every thread may touch; where {@link Measure#TRANSFER} is among the
     *     measures, the others use the frame that was transferred last
     * @return with {@link Measure#SUM} the sum of the pixels, rounded to double; otherwise of no meaning
     * @throws ReducerException when the device fails
     * @throws IllegalArgumentException when the measure is none of {@link #measures}
     */
    double run(Measure measure, MemorySegment frame);

    /** Frees device memory and threads; idempotent. */
    @Override
    void close();
}
