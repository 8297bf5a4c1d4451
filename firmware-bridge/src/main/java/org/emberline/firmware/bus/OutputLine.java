package org.emberline.firmware.bus;

import java.io.IOException;

/** One GPIO line that is driven. One thread at a time. */
public interface OutputLine extends AutoCloseable {

    /**
     * @param active drives the line to its active level (which level that is belongs to the line's settings)
     * @throws IOException when the kernel refuses it; the message names chip and line
     */
    void set(boolean active) throws IOException;

    /** Lets go of the line, inactive. Idempotent. */
    @Override
    void close();
}
