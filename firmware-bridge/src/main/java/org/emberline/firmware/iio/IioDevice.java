package org.emberline.firmware.iio;

import java.nio.file.Path;
import java.util.List;

/**
 * A device of the kernel's Industrial I/O.
 *
 * @param path its folder, such as {@code /sys/bus/iio/devices/iio:device0}
 * @param name as its driver calls it, such as {@code max31856}; empty when it has none
 * @param label as the board's description (device tree, ACPI) calls it; empty when it does not
 * @param channels what can be read, without the {@code in_} before it and the {@code _raw} or {@code _input} after: {@code temp},
 *     {@code temp_ambient}, {@code voltage0}; in alphabetical order
 * @param unreadable those of them that this process may not read
 */
public record IioDevice(Path path, String name, String label, List<String> channels, List<String> unreadable) {

    public IioDevice {
        channels = List.copyOf(channels);
        unreadable = List.copyOf(unreadable);
    }

    /** The channels that are temperatures. */
    public List<String> temperatures() {
        return channels.stream().filter(channel -> channel.startsWith("temp")).toList();
    }

    /** The name of its folder, {@code iio:device0}. */
    public String id() {
        return path.getFileName().toString();
    }

    boolean answersTo(String wanted) {
        return wanted.equals(id()) || wanted.equals(name) || wanted.equals(label) || wanted.equals(path.toString());
    }
}
