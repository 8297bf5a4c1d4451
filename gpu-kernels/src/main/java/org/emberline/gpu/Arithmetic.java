package org.emberline.gpu;

/** Arithmetic on frames that some device does: what reducers of every kind have in common. */
public interface Arithmetic extends AutoCloseable {

    /** {@code "cpu"} or {@code "opencl"}. */
    String backend();

    /** The device in words, for people and for the archive. */
    String device();

    /** Frees device memory and threads; idempotent. */
    @Override
    void close();
}
