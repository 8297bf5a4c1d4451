package org.emberline.firmware.bus;

import java.io.IOException;

/** One chip at its address. One thread at a time. */
public interface I2cDevice extends AutoCloseable {

    /**
     * Reads successive bytes from a register on.
     *
     * @param register 0 to 255
     * @param into filled; 1 to 32 bytes
     * @throws IOException when the chip does not acknowledge or the kernel refuses; the message names bus, address and register
     */
    void read(int register, byte[] into) throws IOException;

    /**
     * Writes successive bytes from a register on.
     *
     * @param register 0 to 255
     * @param bytes 1 to 32 bytes
     * @throws IOException as {@link #read}
     */
    void write(int register, byte[] bytes) throws IOException;

    /** Idempotent. */
    @Override
    void close();
}
