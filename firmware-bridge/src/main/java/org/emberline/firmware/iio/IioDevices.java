package org.emberline.firmware.iio;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kernel's Industrial I/O devices as they are now: they come and go with their plugs and modules. */
public final class IioDevices {
    /** Where the kernel shows them. */
    public static final Path SYSFS = Path.of("/sys/bus/iio/devices");

    private static final Pattern CHANNEL = Pattern.compile("in_(.+)_(raw|input)");

    private final Path root;

    /** Of this machine. */
    public IioDevices() {
        this(SYSFS);
    }

    /** @param root the folder that holds {@code iio:device0} and its like */
    public IioDevices(Path root) {
        this.root = root;
    }

    /**
     * All of them, by number; none where the kernel knows no Industrial I/O.
     *
     * @throws IOException when the folder exists and cannot be read; the message names it
     */
    public List<IioDevice> list() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<IioDevice> devices = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, "iio:device*")) {
            for (Path folder : folders) {
                devices.add(device(folder));
            }
        }
        devices.sort(Comparator.comparingInt((IioDevice d) -> d.id().length()).thenComparing(IioDevice::id));
        return devices;
    }

    /**
     * The one that is meant.
     *
     * @param wanted its path, the name of its folder, its driver's name or its label
     * @throws IOException when there is none, or more than one by that name; the message names those that there are
     */
    public IioDevice find(String wanted) throws IOException {
        List<IioDevice> all = list();
        List<IioDevice> found =
                all.stream().filter(device -> device.answersTo(wanted)).toList();
        if (found.size() != 1) {
            String problem = found.isEmpty() ? "no such IIO device" : "more than one IIO device of that name";
            throw new IOException(root + ": " + problem + " device=" + wanted + " there=" + described(all)
                    + (all.isEmpty()
                            ? "; its driver's module must be loaded and the chip described to the kernel"
                            : ""));
        }
        return found.getFirst();
    }

    private static List<String> described(List<IioDevice> devices) {
        return devices.stream()
                .map(device -> device.id() + (device.name().isEmpty() ? "" : "=" + device.name()))
                .toList();
    }

    private static IioDevice device(Path folder) throws IOException {
        TreeSet<String> channels = new TreeSet<>();
        TreeSet<String> unreadable = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "in_*")) {
            for (Path file : files) {
                Matcher matcher = CHANNEL.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    channels.add(matcher.group(1));
                    if (!Files.isReadable(file)) {
                        unreadable.add(matcher.group(1));
                    }
                }
            }
        }
        return new IioDevice(
                folder,
                Attribute.textOr(folder, "name", ""),
                Attribute.textOr(folder, "label", ""),
                List.copyOf(channels),
                List.copyOf(unreadable));
    }
}
