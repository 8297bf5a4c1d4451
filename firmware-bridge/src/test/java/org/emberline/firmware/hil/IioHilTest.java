package org.emberline.firmware.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.emberline.firmware.clock.Clocks;
import org.emberline.firmware.iio.IioDevice;
import org.emberline.firmware.iio.IioDevices;
import org.emberline.firmware.iio.IioProbe;
import org.emberline.firmware.iio.IioSettings;
import org.emberline.firmware.linux.SmbusDevice;
import org.emberline.firmware.sampling.FaultPolicy;
import org.emberline.firmware.sampling.SampledChannel;
import org.emberline.firmware.sampling.SampledThermocouples;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The kernel's own driver of a TMP117, whose registers are those of {@code i2c-stub}. */
@Tag("hil")
@Timeout(60)
@EnabledIfEnvironmentVariable(
        named = "EMBERLINE_HIL",
        matches = "1",
        disabledReason = "runs in the test bench's guest only")
class IioHilTest {
    private static final long MS = 1_000_000;
    private static final int ADDRESS = 0x48;
    private static final IioSettings SETTINGS = new IioSettings("tmp117", "temp", null, 0.01, 0);

    private final Path bus = Path.of(
            Objects.requireNonNull(System.getenv("EMBERLINE_HIL_I2C"), "the bench names its bus in EMBERLINE_HIL_I2C"));

    @Test
    void thermometerIsListed() throws IOException {
        IioDevice device = new IioDevices().find("tmp117");
        assertEquals(List.of("temp"), device.temperatures());
        assertEquals(List.of(), device.unreadable());
    }

    /** The driver is taken away and given back, as by a plug that is pulled; in between the chip gets warmer. */
    @Test
    void readingsEndInFaultsAndComeBackByThemselves() throws IOException, InterruptedException {
        BlockingQueue<ThermocoupleReading> delivered = new LinkedBlockingQueue<>();
        SampledChannel channel = new SampledChannel("tmp117", "i2c", new IioProbe(new IioDevices(), SETTINGS), 20 * MS);
        FaultPolicy policy = new FaultPolicy(1, 10 * MS, 50 * MS, 2, 0, 2_000 * MS, 5_000 * MS);
        try (SampledThermocouples thermocouples =
                new SampledThermocouples(List.of(channel), policy, Clocks::relation)) {
            thermocouples.start(delivered::add);
            assertEquals(25, ((Temperature) delivered.take()).hotJunctionCelsius(), 1e-9);
            remove();
            ThermocoupleReading reading = delivered.take();
            while (reading instanceof Temperature before) {
                assertEquals(25, before.hotJunctionCelsius(), 1e-9);
                reading = delivered.take();
            }
            assertEquals(FaultKind.NO_RESPONSE, ((Fault) reading).kind());
            setHighByte(0x19);
            add();
            while (reading instanceof Fault) {
                reading = delivered.take();
            }
            // 0x1980 = 6528 steps of 1/128 degree
            assertEquals(51, ((Temperature) reading).hotJunctionCelsius(), 1e-9);
            assertTrue(thermocouples.status().failure() == null);
        } finally {
            restore();
        }
    }

    private void restore() throws IOException {
        if (Files.exists(sysfs(bus.getFileName().toString().substring("i2c-".length()) + "-0048"))) {
            remove();
        }
        setHighByte(0x0c);
        add();
    }

    /** The upper byte of the temperature, which comes first on the wire; the lower one, 0x80, stays. */
    private void setHighByte(int value) throws IOException {
        int number = Integer.parseInt(bus.getFileName().toString().substring("i2c-".length()));
        try (SmbusDevice chip = SmbusDevice.open(number, ADDRESS)) {
            chip.write(0, new byte[] {(byte) value});
        }
    }

    private void remove() throws IOException {
        Files.writeString(sysfs(bus.getFileName() + "/delete_device"), "0x48", StandardCharsets.US_ASCII);
    }

    private void add() throws IOException {
        Files.writeString(sysfs(bus.getFileName() + "/new_device"), "tmp117 0x48", StandardCharsets.US_ASCII);
    }

    private static Path sysfs(String name) {
        return Path.of("/sys/bus/i2c/devices").resolve(name);
    }
}
