package org.emberline.firmware.sampling;

import java.io.IOException;

/**
 * How a device is opened, each time its probe restarts: what was unplugged and plugged in again is another device to the kernel.
 *
 * @param <D> such as {@link org.emberline.firmware.bus.SpiDevice}; closed by the probe
 */
public interface Opening<D> {

    /** @throws IOException in one line that names the device and, where it can be told, the remedy */
    D open() throws IOException;
}
