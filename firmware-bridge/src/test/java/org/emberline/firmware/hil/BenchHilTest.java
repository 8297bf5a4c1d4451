package org.emberline.firmware.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The bench itself: the devices that the other tests tagged {@code hil} rely on. */
@Tag("hil")
@EnabledIfEnvironmentVariable(
        named = "EMBERLINE_HIL",
        matches = "1",
        disabledReason = "runs in the test bench's guest only")
class BenchHilTest {

    private static final Path IIO = Path.of("/sys/bus/iio/devices");
    // S_IFMT and S_IFCHR of linux/stat.h
    private static final int FILE_TYPE = 0xF000;
    private static final int CHARACTER_DEVICE = 0x2000;

    @Test
    void stubbedI2cBusIsACharacterDevice() throws IOException {
        Path bus = Path.of(System.getenv("EMBERLINE_HIL_I2C"));

        assertEquals(CHARACTER_DEVICE, (int) Files.getAttribute(bus, "unix:mode") & FILE_TYPE);
        assertTrue(text(Path.of("/sys/class/i2c-dev", bus.getFileName().toString(), "name"))
                .startsWith("SMBus stub driver"));
    }

    /** 25 degrees Celsius was put into the registers before the kernel's driver took the chip. */
    @Test
    void kernelOffersItsThermometerByIio() throws IOException {
        Path thermometer;
        try (Stream<Path> devices = Files.list(IIO)) {
            thermometer = devices.filter(device -> Files.exists(device.resolve("in_temp_raw")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no device with in_temp_raw in " + IIO));
        }

        assertEquals("tmp117", text(thermometer.resolve("name")));
        assertEquals("3200", text(thermometer.resolve("in_temp_raw")));
        assertEquals(7.8125, Double.parseDouble(text(thermometer.resolve("in_temp_scale"))));
    }

    /** A bank of lines is made, filled and switched on by files alone; the kernel then has one character device more. */
    @Test
    void gpioBanksComeAndGo() throws IOException {
        List<Path> before = gpioChips();
        Path device = Files.createDirectory(Path.of("/sys/kernel/config/gpio-sim/bench"));
        Path bank = Files.createDirectory(device.resolve("bank"));
        Files.writeString(bank.resolve("num_lines"), "4");
        Files.writeString(device.resolve("live"), "1");
        try {
            String chip = text(bank.resolve("chip_name"));

            assertTrue(Files.isReadable(Path.of("/dev", chip)));
            assertEquals(before.size() + 1, gpioChips().size());
        } finally {
            Files.writeString(device.resolve("live"), "0");
            Files.delete(bank);
            Files.delete(device);
        }
        assertEquals(before, gpioChips());
    }

    private static List<Path> gpioChips() throws IOException {
        try (Stream<Path> devices = Files.list(Path.of("/dev"))) {
            return devices.filter(device -> device.getFileName().toString().startsWith("gpiochip"))
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }
}
