package org.emberline.gpu;

import java.lang.foreign.MemorySegment;

/**
 * Reduces frames after one {@link IntegrationPlan}. A reducer belongs to one thread at a time. It allocates nothing per frame.
 */
public interface Reducer extends AutoCloseable {

    /** The plan it was opened with. */
    IntegrationPlan plan();

    /** {@code "cpu"} or {@code "opencl"}. */
    String backend();

    /** The device in words, for people and for the archive. */
    String device();

    /**
     * Integrates one frame.
     *
     * @param frame at least {@link IntegrationPlan#frameBytes()} bytes, native memory, any alignment
     * @param into overwritten entirely; must have the plan's number of bins
     * @throws ReducerException when the device fails; {@code into} is then undefined
     */
    void reduce(MemorySegment frame, Reduction into);

    /** Frees device memory and threads; idempotent. */
    @Override
    void close();
}
