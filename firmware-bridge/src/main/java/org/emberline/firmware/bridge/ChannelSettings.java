package org.emberline.firmware.bridge;

import org.emberline.firmware.ThermocoupleType;
import org.emberline.firmware.chip.Max31856Settings;
import org.emberline.firmware.chip.Mcp9600;
import org.emberline.firmware.chip.Mcp9600Settings;
import org.emberline.firmware.iio.IioSettings;
import org.emberline.firmware.pi4j.SpiSettings;

/** One thermocouple channel that is asked: where it is, and what it is told. */
public sealed interface ChannelSettings {

    /** Short and lower case; unique. */
    String name();

    /** From one reading to the next. */
    long periodNanos();

    /** A MAX31855 behind {@code /dev/spidevB.C}; {@code type} is that of the part. */
    record OnMax31855(String name, long periodNanos, SpiSettings spi, ThermocoupleType type)
            implements ChannelSettings {}

    /** A MAX31856 behind {@code /dev/spidevB.C}. */
    record OnMax31856(String name, long periodNanos, SpiSettings spi, Max31856Settings chip)
            implements ChannelSettings {}

    /**
     * An MCP9600 or MCP9601 behind {@code /dev/i2c-BUS}.
     *
     * @param address 0x60 to 0x67
     */
    record OnMcp9600(String name, long periodNanos, int bus, int address, Mcp9600.Model model, Mcp9600Settings chip)
            implements ChannelSettings {}

    /** A chip that a driver of the kernel reads. */
    record OnIio(String name, long periodNanos, IioSettings iio) implements ChannelSettings {}
}
