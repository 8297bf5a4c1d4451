package org.emberline.firmware.hil;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A GPIO chip of the kernel's {@code gpio-sim}, made by configfs: the test pulls at its lines and sees what they are driven to. See the
 * kernel's {@code Documentation/admin-guide/gpio/gpio-sim.rst}.
 */
final class SimBank implements AutoCloseable {
    private static final Path CONFIGFS = Path.of("/sys/kernel/config/gpio-sim");

    private final Deque<Path> folders = new ArrayDeque<>();
    private final Path device;
    private final String deviceName;
    private final String chip;

    /**
     * @param label of the chip
     * @param names of its lines, empty for none
     * @param hogged offset of a line that is taken by "hog", or -1
     */
    SimBank(String label, List<String> names, int hogged) throws IOException {
        if (!Files.isDirectory(CONFIGFS)) {
            throw new AssertionError("this kernel has no gpio-sim: path=" + CONFIGFS);
        }
        device = folder(CONFIGFS.resolve(label));
        Path bank = folder(device.resolve("bank0"));
        write(bank.resolve("num_lines"), "" + names.size());
        write(bank.resolve("label"), label);
        for (int i = 0; i < names.size(); i++) {
            Path line = folder(bank.resolve("line" + i));
            write(line.resolve("name"), names.get(i));
            if (i == hogged) {
                Path hog = folder(line.resolve("hog"));
                write(hog.resolve("name"), "hog");
                write(hog.resolve("direction"), "output-low");
            }
        }
        write(device.resolve("live"), "1");
        deviceName = read(device.resolve("dev_name"));
        chip = read(bank.resolve("chip_name"));
    }

    /** Such as {@code gpiochip0}. */
    String chip() {
        return chip;
    }

    /** The wire from outside that pulls at a line. */
    Wire wire(int line) throws IOException {
        return new Wire(simulated(line).resolve("pull"));
    }

    /** Whether a line is at high voltage. */
    boolean high(int line) throws IOException {
        return read(simulated(line).resolve("value")).equals("1");
    }

    /** The driver lets go of the device, as when it is unplugged. */
    void unplug() throws IOException {
        write(Path.of("/sys/bus/platform/drivers/gpio-sim/unbind"), deviceName);
    }

    @Override
    public void close() throws IOException {
        write(device.resolve("live"), "0");
        while (!folders.isEmpty()) {
            Files.delete(folders.pop());
        }
    }

    private Path simulated(int line) {
        return Path.of("/sys/devices/platform", deviceName, chip, "sim_gpio" + line);
    }

    private Path folder(Path path) throws IOException {
        folders.push(Files.createDirectory(path));
        return path;
    }

    private static void write(Path attribute, String value) throws IOException {
        Files.writeString(attribute, value, US_ASCII, StandardOpenOption.WRITE);
    }

    private static String read(Path attribute) throws IOException {
        return Files.readString(attribute, US_ASCII).strip();
    }

    /** Pulls one line up and down, in a microsecond or two. One thread. */
    static final class Wire implements AutoCloseable {
        private final FileChannel pull;
        private final ByteBuffer up = direct("pull-up");
        private final ByteBuffer down = direct("pull-down");

        private Wire(Path pull) throws IOException {
            this.pull = FileChannel.open(pull, StandardOpenOption.WRITE);
        }

        void pull(boolean high) throws IOException {
            ByteBuffer word = high ? up : down;
            pull.write(word.rewind(), 0);
        }

        /** Up and down again. */
        void pulse() throws IOException {
            pull(true);
            pull(false);
        }

        @Override
        public void close() throws IOException {
            pull.close();
        }

        private static ByteBuffer direct(String word) {
            return ByteBuffer.allocateDirect(word.length()).put(word.getBytes(US_ASCII));
        }
    }
}
