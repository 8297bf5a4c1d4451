package org.emberline.firmware.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What I2C buses there are. */
public final class I2cBuses {
    private static final Path ADAPTERS = Path.of("/sys/bus/i2c/devices");

    /**
     * One bus.
     *
     * @param node its device file, with the advice that gives access
     * @param adapter what the driver calls it, such as {@code bcm2835 (i2c@7e804000)}; empty when that is not told
     */
    public record Bus(DeviceNode node, String adapter) {}

    private I2cBuses() {}

    /**
     * All buses by number; opens none. Any thread.
     *
     * @throws IOException when the folder of devices cannot be listed
     */
    public static List<Bus> list() throws IOException {
        return list(DeviceNode.DEV, ADAPTERS);
    }

    static List<Bus> list(Path devices, Path adapters) throws IOException {
        List<Bus> buses = new ArrayList<>();
        for (DeviceNode node : DeviceNode.list(devices, "i2c-")) {
            buses.add(new Bus(node, adapter(adapters.resolve(node.name()).resolve("name"))));
        }
        return List.copyOf(buses);
    }

    private static String adapter(Path name) {
        try {
            return Files.readString(name, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return ""; // a kernel without sysfs, or a bus that just went
        }
    }
}
