package org.emberline.firmware.gpiochip;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.emberline.firmware.bus.OutputLine;
import org.emberline.firmware.linux.Descriptor;
import org.emberline.firmware.linux.DeviceException;
import org.emberline.firmware.linux.DeviceNode;
import org.emberline.firmware.linux.SystemCalls;

/**
 * A driven line of a GPIO chip, inactive at first. When the process dies without closing it, most chips leave the line at its last
 * level: what must not stay on needs a watchdog outside, fed by a {@link org.emberline.firmware.output.Heartbeat}.
 */
public final class GpioChipOutput implements OutputLine {
    private final Descriptor line;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment values;
    private boolean closed;

    private GpioChipOutput(Descriptor line) {
        this.line = line;
        values = arena.allocate(Abi.VALUES_BYTES, Long.BYTES);
        values.set(JAVA_LONG, Abi.VALUES_MASK, 1L);
    }

    /**
     * Takes the line and drives it inactive.
     *
     * @throws IOException as {@link GpioChipTrigger#open}
     */
    public static GpioChipOutput open(GpioOutputSettings settings) throws IOException {
        return open(SystemCalls.ofThisMachine(), DeviceNode.DEV, settings);
    }

    static GpioChipOutput open(SystemCalls calls, Path devices, GpioOutputSettings settings) throws IOException {
        try (OpenChip chip = new LineFinder(calls, devices).chip(settings.chip());
                Arena arena = Arena.ofConfined()) {
            GpioChips.Line line = LineFinder.line(chip, settings.line());
            MemorySegment request = arena.allocate(Abi.REQUEST_BYTES, Long.BYTES);
            Requests.fill(request, line.offset(), settings);
            return new GpioChipOutput(chip.request(line, request));
        }
    }

    @Override
    public void set(boolean active) throws DeviceException {
        if (closed) {
            throw new IllegalStateException(line.name() + " is closed");
        }
        values.set(JAVA_LONG, Abi.VALUES_BITS, active ? 1L : 0L);
        line.ioctl(Abi.SET_VALUES, values);
    }

    /** Such as {@code /dev/gpiochip0 line 27 GPIO27}. */
    @Override
    public String toString() {
        return line.name();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            set(false);
        } catch (DeviceException e) {
            // The line is gone with its chip; there is nothing left to switch off.
        } finally {
            closed = true;
            line.close();
            arena.close();
        }
    }
}
