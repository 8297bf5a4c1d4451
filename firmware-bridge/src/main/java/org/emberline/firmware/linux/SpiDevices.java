package org.emberline.firmware.linux;

import java.io.IOException;
import java.util.List;

/** What SPI devices there are for programs ({@code spidev}). */
public final class SpiDevices {
    private SpiDevices() {}

    /**
     * All {@code /dev/spidevB.C} (bus, chip select), with the advice that gives access; opens none. Any thread.
     *
     * @throws IOException when the folder of devices cannot be listed
     */
    public static List<DeviceNode> list() throws IOException {
        return DeviceNode.list(DeviceNode.DEV, "spidev");
    }
}
