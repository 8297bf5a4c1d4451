package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.emberline.firmware.clock.ClockSynchronisation;
import org.emberline.firmware.gpiochip.GpioChips.Chip;
import org.emberline.firmware.gpiochip.GpioChips.Line;
import org.emberline.firmware.iio.IioDevice;
import org.emberline.firmware.linux.DeviceNode;
import org.emberline.firmware.linux.I2cBuses;
import org.junit.jupiter.api.Test;

/** What the kernel offers, for people and for machines. */
class WiringTextTest {
    private static final String JOIN = "it belongs to group spi: sudo usermod -aG spi pi, then log in again";
    private static final Wiring.Found<DeviceNode> NO_SPI = none();
    private static final Wiring.Found<I2cBuses.Bus> NO_I2C = none();
    private static final Wiring.Found<IioDevice> NO_IIO = none();
    private static final Wiring.Found<Chip> NO_GPIO = none();
    private static final ClockSynchronisation KEPT = new ClockSynchronisation.Known(true, 5, 12_000, 340_000);

    private static <T> Wiring.Found<T> none() {
        return new Wiring.Found<>(List.of(), null);
    }

    private static <T> Wiring.Found<T> found(List<T> devices) {
        return new Wiring.Found<>(devices, null);
    }

    private static JsonNode json(Wiring wiring) {
        return new ObjectMapper().valueToTree(WiringJson.of(wiring));
    }

    @Test
    void emptySectionsSayWhatIsMissing() {
        List<String> text = WiringText.of(new Wiring(NO_SPI, NO_I2C, NO_IIO, NO_GPIO, KEPT));
        assertEquals(5, text.size(), text::toString);
        for (int i = 0; i < 4; i++) {
            assertTrue(text.get(i).matches("no (SPI|I2C|IIO|GPIO) .*: .*, see docs/hardware.md"), text.get(i));
        }
        assertEquals("clock: synchronised, estimated error 12 us, at most 340 us", text.get(4));
    }

    @Test
    void everyDeviceSaysWhetherItMayBeUsed() {
        Wiring wiring = new Wiring(
                found(List.of(
                        new DeviceNode(Path.of("/dev/spidev0.0"), ""),
                        new DeviceNode(Path.of("/dev/spidev0.1"), JOIN))),
                found(List.of(new I2cBuses.Bus(new DeviceNode(Path.of("/dev/i2c-1"), ""), "bcm2835 (i2c@7e804000)"))),
                NO_IIO,
                found(List.of(new Chip("/dev/gpiochip0", "", List.of(), "/dev/gpiochip0: permission denied (EACCES)"))),
                KEPT);
        List<String> text = WiringText.of(wiring);
        assertEquals(
                List.of(
                        "SPI devices",
                        "    /dev/spidev0.0: may be used",
                        "    /dev/spidev0.1: no access, " + JOIN,
                        "I2C buses",
                        "    /dev/i2c-1 bcm2835 (i2c@7e804000): may be used"),
                text.subList(0, 5));
        assertTrue(text.contains("    /dev/gpiochip0: permission denied (EACCES)"), text::toString);
        JsonNode json = json(wiring);
        assertTrue(json.at("/spi/0/accessible").asBoolean());
        assertFalse(json.at("/spi/1/accessible").asBoolean());
        assertEquals(JOIN, json.at("/spi/1/advice").asText());
        assertEquals("bcm2835 (i2c@7e804000)", json.at("/i2c/0/adapter").asText());
        assertFalse(json.at("/gpiochips/0/accessible").asBoolean());
        assertEquals(0, json.get("unlisted").size());
    }

    @Test
    void temperaturesAreKeptApartFromOtherIndustrialDevices() {
        IioDevice sound = new IioDevice(
                Path.of("/sys/iio/iio:device0"), "max31856", "furnace", List.of("temp", "temp_ambient"), List.of());
        IioDevice closed =
                new IioDevice(Path.of("/sys/iio/iio:device1"), "mcp9600", "", List.of("temp"), List.of("temp"));
        IioDevice other = new IioDevice(Path.of("/sys/iio/iio:device2"), "ads1115", "", List.of("voltage0"), List.of());
        Wiring wiring = new Wiring(NO_SPI, NO_I2C, found(List.of(sound, closed, other)), NO_GPIO, KEPT);
        List<String> text = WiringText.of(wiring);
        assertEquals(
                List.of(
                        "IIO temperatures",
                        "    iio:device0 max31856 \"furnace\": temp, temp_ambient",
                        "    iio:device1 mcp9600: temp; no access to temp: sudo chmod a+r /sys/iio/iio:device1/in_temp*,"
                                + " by a udev rule to last",
                        "    without a temperature: iio:device2 ads1115"),
                text.subList(2, 6));
        JsonNode json = json(wiring).get("iio");
        assertEquals(3, json.size());
        assertEquals("[\"temp\",\"temp_ambient\"]", json.at("/0/temperatures").toString());
        assertEquals("[\"temp\"]", json.at("/1/unreadable").toString());
        assertEquals("[\"voltage0\"]", json.at("/2/channels").toString());
    }

    @Test
    void aChipOfManyLinesTakesFew() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 54; i++) {
            String name = i < 28 ? "GPIO" + i : i == 30 ? "-" : "";
            String consumer = i == 8 ? "spi0 CS0" : "";
            lines.add(new Line(i, name, consumer, i == 8 || i == 40 || i == 42, false, false));
        }
        Wiring wiring = new Wiring(
                NO_SPI, NO_I2C, NO_IIO, found(List.of(new Chip("/dev/gpiochip0", "pinctrl-rp1", lines, ""))), KEPT);
        List<String> text = WiringText.of(wiring);
        List<String> chip = text.subList(4, text.size() - 1);
        assertEquals("    /dev/gpiochip0 pinctrl-rp1: 54 lines, 3 in use", chip.getFirst());
        assertTrue(chip.size() <= 8, chip::toString);
        assertTrue(chip.stream().allMatch(line -> line.length() <= 112), chip::toString);
        String all = String.join(" ", chip).replaceAll(" +", " ");
        String free = String.join(
                ", ",
                IntStream.range(0, 28)
                        .filter(i -> i != 8)
                        .mapToObj(i -> i + " GPIO" + i)
                        .toList());
        assertTrue(all.contains("free: " + free + " free, without a name: 28-39, 41, 43-53 in use: "), all);
        assertTrue(all.endsWith("in use: 8 GPIO8 by \"spi0 CS0\", 40, 42"), all);
        JsonNode json = json(wiring).at("/gpiochips/0/lines");
        assertEquals(54, json.size());
        assertEquals("spi0 CS0", json.at("/8/consumer").asText());
        assertTrue(json.at("/8/used").asBoolean() && json.at("/42/used").asBoolean());
        assertFalse(json.at("/41/used").asBoolean());
        assertEquals(53, json.at("/53/offset").asInt());
    }

    @Test
    void aKindThatCannotBeListedSaysWhy() {
        Wiring wiring =
                new Wiring(new Wiring.Found<>(List.of(), "/dev: permission denied"), NO_I2C, NO_IIO, NO_GPIO, KEPT);
        assertEquals(
                "SPI devices cannot be listed: /dev: permission denied",
                WiringText.of(wiring).getFirst());
        assertEquals(
                "[\"spi: /dev: permission denied\"]",
                json(wiring).get("unlisted").toString());
    }

    @Test
    void aClockThatNobodyKeepsSaysWhatKeepsIt() {
        Wiring loose = new Wiring(
                NO_SPI, NO_I2C, NO_IIO, NO_GPIO, new ClockSynchronisation.Known(false, 0, 16_000_000, 16_000_000));
        String text = WiringText.of(loose).getLast();
        assertTrue(text.startsWith("clock: not synchronised; ") && text.contains("chrony"), text);
        assertFalse(json(loose).at("/clock/synchronised").asBoolean());
        assertEquals(16_000_000, json(loose).at("/clock/maximum_error_ns").asLong());
        Wiring unknown = new Wiring(
                NO_SPI, NO_I2C, NO_IIO, NO_GPIO, new ClockSynchronisation.Unavailable("adjtimex: no (EPERM)"));
        assertEquals(
                "clock: synchronisation unknown (adjtimex: no (EPERM))",
                WiringText.of(unknown).getLast());
        assertEquals("adjtimex: no (EPERM)", json(unknown).at("/clock/problem").asText());
    }
}
