package org.emberline.firmware.gpiochip;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emberline.firmware.linux.Descriptor;
import org.emberline.firmware.linux.DeviceException;
import org.emberline.firmware.linux.Errno;
import org.emberline.firmware.linux.SystemCalls;

/** An opened chip that can be asked for its lines. Lines that were had from it outlive it. */
final class OpenChip implements AutoCloseable {
    private final SystemCalls calls;
    private final Descriptor descriptor;
    private final String label;
    private final int lineCount;

    private OpenChip(SystemCalls calls, Descriptor descriptor) throws DeviceException {
        this.calls = calls;
        this.descriptor = descriptor;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(Abi.CHIP_BYTES, Long.BYTES);
            descriptor.ioctl(Abi.GET_CHIPINFO, info);
            label = name(info, Abi.CHIP_LABEL);
            lineCount = info.get(JAVA_INT, Abi.CHIP_LINES);
        }
    }

    static OpenChip open(SystemCalls calls, Path path) throws DeviceException {
        Descriptor descriptor = Descriptor.open(calls, path, SystemCalls.READ_WRITE);
        try {
            return new OpenChip(calls, descriptor);
        } catch (DeviceException e) {
            descriptor.close();
            throw e.errno() == Errno.ENOTTY ? new DeviceException(e.errno(), path + ": not a GPIO chip (ENOTTY)") : e;
        }
    }

    String label() {
        return label;
    }

    /** Such as {@code /dev/gpiochip0 (pinctrl-rp1)}. */
    String text() {
        return descriptor.name() + " (" + label + ")";
    }

    List<GpioChips.Line> lines() throws DeviceException {
        List<GpioChips.Line> lines = new ArrayList<>(lineCount);
        for (int offset = 0; offset < lineCount; offset++) {
            lines.add(line(offset));
        }
        return List.copyOf(lines);
    }

    GpioChips.Chip describe() throws DeviceException {
        return new GpioChips.Chip(descriptor.name(), label, lines(), "");
    }

    /**
     * Takes a line for itself.
     *
     * @param request {@code struct gpio_v2_line_request}, filled
     * @throws DeviceException naming who uses the line, or what the chip cannot do
     */
    Descriptor request(GpioChips.Line line, MemorySegment request) throws DeviceException {
        String name =
                descriptor.name() + " line " + line.offset() + (line.name().isEmpty() ? "" : " " + line.name());
        try {
            descriptor.ioctl(Abi.GET_LINE, request);
        } catch (DeviceException e) {
            throw new DeviceException(e.errno(), name + ": " + reason(e.errno(), line, request));
        }
        return new Descriptor(calls, request.get(JAVA_INT, Abi.REQUEST_DESCRIPTOR), name);
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private GpioChips.Line line(int offset) throws DeviceException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(Abi.INFO_BYTES, Long.BYTES);
            info.set(JAVA_INT, Abi.INFO_OFFSET, offset);
            descriptor.ioctl(Abi.GET_LINEINFO, info);
            long flags = info.get(JAVA_LONG, Abi.INFO_FLAGS);
            return new GpioChips.Line(
                    offset,
                    name(info, Abi.INFO_NAME),
                    name(info, Abi.INFO_CONSUMER),
                    (flags & Abi.USED) != 0,
                    (flags & Abi.OUTPUT) != 0,
                    (flags & Abi.ACTIVE_LOW) != 0);
        }
    }

    private static String reason(int errno, GpioChips.Line line, MemorySegment request) {
        long flags = request.get(JAVA_LONG, Abi.REQUEST_FLAGS);
        boolean edges = (flags & (Abi.EDGE_RISING | Abi.EDGE_FALLING)) != 0;
        if (errno == Errno.EBUSY) {
            return "in use" + (line.consumer().isEmpty() ? "" : " by \"" + line.consumer() + "\"")
                    + " (EBUSY); release it there, or take another line";
        }
        if ((flags & Abi.CLOCK_HARDWARE) != 0 && errno != Errno.ENODEV) {
            return "the kernel or the chip has no hardware time stamps: clock=HARDWARE; " + Errno.words(errno);
        }
        if (edges && (errno == Errno.ENODEV || errno == Errno.ENXIO)) {
            return "the line cannot interrupt, so its edges cannot be seen, or the chip is gone; " + Errno.words(errno);
        }
        return Errno.words(errno);
    }

    private static String name(MemorySegment structure, int offset) {
        byte[] bytes = structure.asSlice(offset, Abi.NAME_BYTES).toArray(JAVA_BYTE);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
