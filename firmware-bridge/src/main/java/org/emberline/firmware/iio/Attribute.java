package org.emberline.firmware.iio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** One small text file of sysfs. Errors of the driver come as errors of reading it, and name the file here. */
final class Attribute {

    private Attribute() {}

    static String text(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": there is no such attribute; was the device unplugged?", e);
        } catch (FileSystemException e) {
            throw new IOException(file + ": " + (e.getReason() == null ? "access denied" : e.getReason()), e);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    static String textOr(Path folder, String name, String absent) throws IOException {
        return Files.exists(folder.resolve(name)) ? text(folder, name) : absent;
    }

    static double number(Path folder, String name) throws IOException {
        String text = text(folder, name);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IOException(folder.resolve(name) + ": is no number: \"" + text + "\"", e);
        }
    }

    static double numberOr(Path folder, String name, double absent) throws IOException {
        return Files.exists(folder.resolve(name)) ? number(folder, name) : absent;
    }

    /** Writes and reads back. */
    static void set(Path folder, String name, String value) throws IOException {
        Path file = folder.resolve(name);
        try {
            Files.writeString(file, value, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IOException(file + ": cannot be set to " + value + ": " + e.getMessage(), e);
        }
        String now = text(folder, name);
        if (!now.equals(value)) {
            throw new IOException(file + ": did not take value=" + value + " now=" + now);
        }
    }
}
