package org.emberline.firmware.output;

import java.io.IOException;

/** A line whose level depends on time or health; somebody calls {@link #tick} often. One thread at a time. */
public interface TimedOutput extends AutoCloseable {

    /**
     * Looks and switches where something has to change.
     *
     * @param nowNanos on the scale of {@link System#nanoTime()}
     * @throws IOException when the line refuses; the next tick tries again
     */
    void tick(long nowNanos) throws IOException;

    /** Lets go of the line, inactive. Idempotent. */
    @Override
    void close();
}
