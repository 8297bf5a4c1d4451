package org.emberline.firmware.sampling;

import java.io.IOException;
import org.emberline.firmware.chip.Conversion;

/** One thermocouple channel that answers when it is asked. One thread at a time. */
public interface Probe extends AutoCloseable {

    /**
     * One conversion that has not been read before.
     *
     * @throws IOException when the device could not be asked; a fault that the chip itself reports is a {@link Conversion.Faulty}
     */
    Sample read() throws IOException;

    /**
     * Opens the device, forgets what it was told and tells it again: before the first reading, after a failure, or when it was plugged in
     * again. A chip that does not take what it is told is no failure: the next reading says so.
     *
     * @throws IOException when the device could not be reached; the message names it
     */
    void restart() throws IOException;

    /** Idempotent. */
    @Override
    void close();

    /**
     * @param centreNanos centre of the conversion's window on the scale of {@link System#nanoTime()}, which is CLOCK_MONOTONIC
     * @param conversion what it gave
     */
    record Sample(long centreNanos, Conversion conversion) {}
}
