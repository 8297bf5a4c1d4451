package org.emberline.firmware.linux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A device file and whether this process may use it.
 *
 * @param path such as {@code /dev/gpiochip0}
 * @param advice how to get access to it; empty when it may be read and written
 */
public record DeviceNode(Path path, String advice) {

    /** Where the kernel puts its device files. */
    public static final Path DEV = Path.of("/dev");

    /** Whether this process may read and write it. */
    public boolean accessible() {
        return advice.isEmpty();
    }

    /** The name without its folder. */
    public String name() {
        return path.getFileName().toString();
    }

    /** Device files whose names are {@code stem} and a number (or several, parted by dots), by number; links are left out. */
    public static List<DeviceNode> list(Path folder, String stem) throws IOException {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, stem + "*")) {
            for (Path entry : entries) {
                String number = entry.getFileName().toString().substring(stem.length());
                if (number.matches("[0-9.]+") && !Files.isSymbolicLink(entry)) {
                    found.add(entry);
                }
            }
        }
        found.sort(
                Comparator.comparingInt((Path path) -> path.toString().length()).thenComparing(Path::toString));
        return found.stream()
                .map(path -> new DeviceNode(path, usable(path) ? "" : advice(path)))
                .toList();
    }

    /** What has to be done so that this process may use a device file, in one line. */
    static String advice(Path path) {
        try {
            PosixFileAttributes file = Files.readAttributes(path, PosixFileAttributes.class);
            return advice(path, file.group().getName(), file.permissions(), System.getProperty("user.name", "USER"));
        } catch (IOException e) {
            return "its access rights cannot be read: " + e.getMessage();
        }
    }

    static String advice(Path path, String group, Set<PosixFilePermission> mode, String user) {
        if (mode.contains(PosixFilePermission.GROUP_READ)
                && mode.contains(PosixFilePermission.GROUP_WRITE)
                && !group.equals("root")) {
            return String.format(
                    Locale.ROOT,
                    "it belongs to group %1$s: sudo usermod -aG %1$s %2$s, then log in again or restart the service",
                    group,
                    user);
        }
        String stem = stem(path.getFileName().toString());
        String wanted = groupOf(stem);
        return String.format(
                Locale.ROOT,
                "it belongs to group %s with mode %s: put the line KERNEL==\"%s*\", GROUP=\"%s\", MODE=\"0660\" into "
                        + "/etc/udev/rules.d/60-emberline.rules, then sudo groupadd -f %4$s && sudo usermod -aG %4$s %5$s && "
                        + "sudo udevadm control --reload && sudo udevadm trigger, then log in again or restart the service",
                group,
                PosixFilePermissions.toString(mode),
                stem,
                wanted,
                user);
    }

    /** The part of a device's name before its number: {@code gpiochip}, {@code i2c-}, {@code spidev}. */
    static String stem(String name) {
        return name.replaceFirst("[0-9.]+$", "");
    }

    /** The group that Debian and Raspberry Pi OS give such devices to. */
    private static String groupOf(String stem) {
        return switch (stem) {
            case "i2c-" -> "i2c";
            case "spidev" -> "spi";
            default -> "gpio";
        };
    }

    private static boolean usable(Path path) {
        return Files.isReadable(path) && Files.isWritable(path);
    }
}
