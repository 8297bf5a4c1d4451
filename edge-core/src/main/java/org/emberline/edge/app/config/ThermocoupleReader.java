package org.emberline.edge.app.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emberline.firmware.ThermocoupleType;
import org.emberline.firmware.bridge.ChannelSettings;
import org.emberline.firmware.chip.Max31855;
import org.emberline.firmware.chip.Max31856Settings;
import org.emberline.firmware.chip.Max31856Settings.Mains;
import org.emberline.firmware.chip.Max31856Settings.Mode;
import org.emberline.firmware.chip.Max31856Settings.OpenCircuitTest;
import org.emberline.firmware.chip.Mcp9600;
import org.emberline.firmware.chip.Mcp9600Settings;
import org.emberline.firmware.chip.Mcp9600Settings.ColdJunctionStep;
import org.emberline.firmware.chip.Mcp9600Settings.Converter;
import org.emberline.firmware.iio.IioSettings;
import org.emberline.firmware.pi4j.SpiSettings;

/** Reads one {@code [[thermocouple]]} table: a channel that is asked. */
final class ThermocoupleReader {
    private static final Pattern SPI = Pattern.compile("/dev/spidev([0-6])\\.(\\d{1,2})");
    private static final Pattern I2C = Pattern.compile("/dev/i2c-(\\d{1,3})");
    private static final List<Integer> AVERAGES = List.of(1, 2, 4, 8, 16);
    private static final List<Integer> BITS = List.of(18, 16, 14, 12);
    private static final double SHORTEST_PERIOD = 0.01;
    private static final double LONGEST_PERIOD = 3600;
    private static final int FASTEST_HERTZ = 5_000_000;

    private final TomlSection section;
    private final String name;
    private final String device;

    /** Who reads the channel. */
    private enum Adapter {
        MAX31855,
        MAX31856,
        MCP9600,
        IIO
    }

    private ThermocoupleReader(TomlSection section) {
        this.section = section;
        name = name(section);
        device = section.requiredText("device");
    }

    static ChannelSettings read(TomlSection section) {
        ThermocoupleReader reader = new ThermocoupleReader(section);
        ChannelSettings channel = switch (section.requiredChoice("adapter", Adapter.class)) {
            case MAX31855 -> reader.max31855();
            case MAX31856 -> reader.max31856();
            case MCP9600 -> reader.mcp9600();
            case IIO -> reader.iio();
        };
        section.finish();
        return channel;
    }

    private static String name(TomlSection section) {
        String name = section.requiredText("name");
        if (section.has("name") && !name.matches("[a-z0-9][a-z0-9_.-]*")) {
            section.complain(
                    "name", "must be a path segment of small letters, digits, '_', '.' and '-', is \"" + name + "\"");
        }
        return name;
    }

    private ChannelSettings max31855() {
        ThermocoupleType type = section.choice("type", ThermocoupleType.K, ThermocoupleType.class);
        if (!Max31855.measures(type)) {
            section.complain("type", "there is no MAX31855 for type " + type);
            type = ThermocoupleType.K;
        }
        return new ChannelSettings.OnMax31855(name, period(Max31855.LONGEST_NANOS), spi(0), type);
    }

    private ChannelSettings max31856() {
        int averaging = oneOf("average", 4, AVERAGES);
        Max31856Settings chip = new Max31856Settings(
                section.choice("type", ThermocoupleType.K, ThermocoupleType.class),
                section.choice("mode", Mode.ONE_SHOT, Mode.class),
                averaging,
                oneOf("mains_hertz", 50, List.of(50, 60)) == 50 ? Mains.HZ_50 : Mains.HZ_60,
                section.choice("open_circuit_test", OpenCircuitTest.BELOW_5_KILOOHM, OpenCircuitTest.class));
        return new ChannelSettings.OnMax31856(name, period(chip.longestNanos()), spi(1), chip);
    }

    private ChannelSettings mcp9600() {
        Mcp9600Settings chip = new Mcp9600Settings(
                section.choice("type", ThermocoupleType.K, ThermocoupleType.class),
                (int) section.integer("filter", 0, 0, 7),
                Converter.valueOf("BITS_" + oneOf("bits", 18, BITS)),
                ColdJunctionStep.SIXTEENTH_KELVIN,
                0);
        int address = (int) section.integer("address", 0x67, 0x60, 0x67);
        Mcp9600.Model model = section.choice("model", Mcp9600.Model.MCP9600, Mcp9600.Model.class);
        return new ChannelSettings.OnMcp9600(name, period(chip.longestNanos()), bus(), address, model, chip);
    }

    private ChannelSettings iio() {
        String channel = section.text("channel", "temp");
        String driverType = section.text("type", "");
        double sigma = section.number("sigma_celsius", 0.1, 0, 100);
        double window = section.number("window_seconds", 0, 0, LONGEST_PERIOD);
        if (!channel.startsWith("temp")) {
            section.complain("channel", "is not a temperature, these begin with temp, is \"" + channel + "\"");
            channel = "temp";
        }
        IioSettings iio = new IioSettings(
                device.isBlank() ? "none" : device,
                channel,
                driverType.isEmpty() ? null : driverType,
                sigma,
                ConfigReader.seconds(window).toNanos());
        return new ChannelSettings.OnIio(name, period(iio.windowNanos()), iio);
    }

    /** A chip asked more often than it converts would be STALE in between. */
    private long period(long conversionNanos) {
        double period =
                section.number("period_seconds", Math.max(0.5, conversionNanos / 1e9), SHORTEST_PERIOD, LONGEST_PERIOD);
        long nanos = ConfigReader.seconds(period).toNanos();
        if (nanos < conversionNanos) {
            section.complain(
                    "period_seconds",
                    "is shorter than a conversion with these settings, which takes up to " + conversionNanos / 1e9
                            + " s, is " + period);
        }
        return nanos;
    }

    private SpiSettings spi(int mode) {
        int hertz = (int) section.integer("spi_hertz", 1_000_000, 1000, FASTEST_HERTZ);
        Matcher path = SPI.matcher(device);
        if (path.matches()) {
            return new SpiSettings(Integer.parseInt(path.group(1)), Integer.parseInt(path.group(2)), mode, hertz);
        }
        misnamed("/dev/spidev0.0");
        return new SpiSettings(0, 0, mode, hertz);
    }

    private int bus() {
        Matcher path = I2C.matcher(device);
        if (path.matches()) {
            return Integer.parseInt(path.group(1));
        }
        misnamed("/dev/i2c-1");
        return 0;
    }

    private void misnamed(String example) {
        if (section.has("device")) {
            section.complain("device", "must be such as \"" + example + "\", is \"" + device + "\"");
        }
    }

    private int oneOf(String key, int usual, List<Integer> allowed) {
        int value = (int) section.integer(key, usual, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (!allowed.contains(value)) {
            section.complain(key, "must be one of " + allowed + ", is " + value);
            return usual;
        }
        return value;
    }
}
