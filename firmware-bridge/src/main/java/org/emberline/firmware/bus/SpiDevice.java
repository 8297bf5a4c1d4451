package org.emberline.firmware.bus;

import java.io.IOException;

/** One chip behind its chip select. One thread at a time. */
public interface SpiDevice extends AutoCloseable {

    /**
     * One transfer in both directions under one chip select.
     *
     * @param bytes sent, and replaced by what came back
     * @throws IOException when the kernel refuses it; the message names the device
     */
    void transfer(byte[] bytes) throws IOException;

    /** Idempotent. */
    @Override
    void close();
}
