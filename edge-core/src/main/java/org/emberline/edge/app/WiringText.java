package org.emberline.edge.app;

import java.util.ArrayList;
import java.util.List;
import org.emberline.firmware.clock.ClockSynchronisation;
import org.emberline.firmware.iio.IioDevice;
import org.emberline.firmware.linux.DeviceNode;
import org.emberline.firmware.linux.I2cBuses;

/** {@link Wiring} for people: what there is, and where it cannot be used, what mends that. */
final class WiringText {
    private static final String INDENT = "    ";
    private static final String SEE = ", see docs/hardware.md";

    private final List<String> lines = new ArrayList<>();

    private WiringText() {}

    static List<String> of(Wiring wiring) {
        WiringText text = new WiringText();
        text.spi(wiring.spi());
        text.i2c(wiring.i2c());
        text.iio(wiring.iio());
        if (text.begun(
                "GPIO chips",
                wiring.gpioChips(),
                "/dev has no gpiochip: the kernel has no driver for this board's lines, or a container was not given them"
                        + SEE)) {
            wiring.gpioChips().devices().forEach(chip -> text.lines.addAll(GpioText.of(chip)));
        }
        text.clock(wiring.clock());
        return text.lines;
    }

    private void spi(Wiring.Found<DeviceNode> found) {
        if (begun(
                "SPI devices",
                found,
                "/dev has no spidev: SPI must be switched on and spidev bound to it, or a container was not given it"
                        + SEE)) {
            found.devices().forEach(node -> lines.add(INDENT + node.path() + ": " + access(node)));
        }
    }

    private void i2c(Wiring.Found<I2cBuses.Bus> found) {
        if (begun(
                "I2C buses",
                found,
                "/dev has no i2c-N: I2C must be switched on and the module i2c-dev loaded, or a container was not given it"
                        + SEE)) {
            for (I2cBuses.Bus bus : found.devices()) {
                String adapter = bus.adapter().isEmpty() ? "" : " " + bus.adapter();
                lines.add(INDENT + bus.node().path() + adapter + ": " + access(bus.node()));
            }
        }
    }

    private static String access(DeviceNode node) {
        return node.accessible() ? "may be used" : "no access, " + node.advice();
    }

    private void iio(Wiring.Found<IioDevice> found) {
        List<IioDevice> measuring = found.devices().stream()
                .filter(device -> !device.temperatures().isEmpty())
                .toList();
        List<String> others = found.devices().stream()
                .filter(device -> device.temperatures().isEmpty())
                .map(WiringText::named)
                .toList();
        if (begun(
                "IIO temperatures",
                new Wiring.Found<>(measuring, found.problem()),
                "the kernel's Industrial I/O has none: a chip must be described to the kernel and its driver loaded"
                        + SEE)) {
            measuring.forEach(device -> lines.add(INDENT + of(device)));
        }
        if (!others.isEmpty()) {
            lines.add(INDENT + "without a temperature: " + String.join(", ", others));
        }
    }

    private static String of(IioDevice device) {
        List<String> closed = device.temperatures().stream()
                .filter(device.unreadable()::contains)
                .toList();
        return named(device) + ": " + String.join(", ", device.temperatures())
                + (closed.isEmpty()
                        ? ""
                        : "; no access to " + String.join(", ", closed) + ": sudo chmod a+r " + device.path()
                                + "/in_temp*, by a udev rule to last");
    }

    private static String named(IioDevice device) {
        return device.id()
                + (device.name().isEmpty() ? "" : " " + device.name())
                + (device.label().isEmpty() ? "" : " \"" + device.label() + "\"");
    }

    private void clock(ClockSynchronisation clock) {
        String remedy = clock instanceof ClockSynchronisation.Known known && !known.synchronised()
                ? "; time stamps agree with other machines only when NTP (chrony) or PTP (linuxptp) keeps it"
                : "";
        lines.add("clock: " + FirmwareWords.of(clock) + remedy);
    }

    /** Begins a section; false when there is nothing in it, which has then been said. */
    private boolean begun(String title, Wiring.Found<?> found, String whyNone) {
        if (found.problem() != null) {
            lines.add(title + " cannot be listed: " + found.problem());
            return false;
        }
        if (found.devices().isEmpty()) {
            lines.add("no " + title + ": " + whyNone);
            return false;
        }
        lines.add(title);
        return true;
    }
}
