package org.emberline.edge.app;

import java.io.IOException;
import java.util.List;
import org.emberline.firmware.clock.ClockSynchronisation;
import org.emberline.firmware.gpiochip.GpioChips;
import org.emberline.firmware.iio.IioDevice;
import org.emberline.firmware.iio.IioDevices;
import org.emberline.firmware.linux.DeviceNode;
import org.emberline.firmware.linux.I2cBuses;
import org.emberline.firmware.linux.SpiDevices;
import org.jspecify.annotations.Nullable;

/** What the kernel offers to the firmware bridge, and what it knows of the time. */
record Wiring(
        Found<DeviceNode> spi,
        Found<I2cBuses.Bus> i2c,
        Found<IioDevice> iio,
        Found<GpioChips.Chip> gpioChips,
        ClockSynchronisation clock) {

    /**
     * The devices of one kind.
     *
     * @param problem why they could not be listed, or null
     */
    record Found<T>(List<T> devices, @Nullable String problem) {

        Found {
            devices = List.copyOf(devices);
        }

        private static <T> Found<T> of(Listing<T> listing) {
            try {
                return new Found<>(listing.list(), null);
            } catch (IOException e) {
                return new Found<>(List.of(), Explanation.of(e));
            }
        }
    }

    private interface Listing<T> {
        List<T> list() throws IOException;
    }

    /** Asks the kernel; of the devices only GPIO chips are opened, for a moment. */
    static Wiring ofThisMachine() {
        return new Wiring(
                Found.of(SpiDevices::list),
                Found.of(I2cBuses::list),
                Found.of(new IioDevices()::list),
                Found.of(GpioChips::list),
                ClockSynchronisation.now());
    }
}
