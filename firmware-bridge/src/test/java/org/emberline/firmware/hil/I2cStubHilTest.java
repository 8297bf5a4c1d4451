package org.emberline.firmware.hil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import org.emberline.firmware.linux.DeviceException;
import org.emberline.firmware.linux.Errno;
import org.emberline.firmware.linux.I2cBuses;
import org.emberline.firmware.linux.SmbusDevice;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Registers of the kernel's {@code i2c-stub} behind a real {@code /dev/i2c-N}, which the bench names in EMBERLINE_HIL_I2C. */
@Tag("hil")
@Timeout(60)
class I2cStubHilTest {
    /** Free registers. */
    private static final int CHIP = 0x4A;
    /** Where the kernel's driver tmp117 sits. */
    private static final int OWNED = 0x48;

    private static final int NOBODY = 0x33;

    private final Path bus = Path.of(
            Objects.requireNonNull(System.getenv("EMBERLINE_HIL_I2C"), "the bench names its bus in EMBERLINE_HIL_I2C"));

    @Test
    void registersKeepWhatIsWritten() throws IOException {
        SplittableRandom random = new SplittableRandom(6);
        byte[] model = new byte[256];
        try (SmbusDevice device = open(CHIP)) {
            for (int i = 0; i < 256; i += 32) {
                device.write(i, new byte[32]);
            }
            for (int round = 0; round < 500; round++) {
                byte[] bytes = new byte[1 + random.nextInt(32)];
                int register = random.nextInt(257 - bytes.length);
                random.nextBytes(bytes);
                device.write(register, bytes);
                System.arraycopy(bytes, 0, model, register, bytes.length);
                byte[] read = new byte[1 + random.nextInt(32)];
                int from = random.nextInt(257 - read.length);
                device.read(from, read);
                byte[] expected = new byte[read.length];
                System.arraycopy(model, from, expected, 0, read.length);
                assertArrayEquals(expected, read);
            }
        }
    }

    @Test
    void whereNobodyAnswersThatIsSaid() throws IOException {
        try (SmbusDevice nobody = open(NOBODY)) {
            DeviceException silent = assertThrows(DeviceException.class, () -> nobody.read(0x04, new byte[2]));
            assertTrue(
                    silent.getMessage().startsWith(bus + " address 0x33 register 0x04: no acknowledge"),
                    silent.getMessage());
            assertThrows(DeviceException.class, () -> nobody.write(0x04, new byte[1]));
        }
    }

    @Test
    void anAddressThatTheKernelOwnsNamesItsDriver() {
        DeviceException busy = assertThrows(DeviceException.class, () -> open(OWNED));
        assertEquals(Errno.EBUSY, busy.errno());
        assertTrue(
                busy.getMessage().startsWith(bus + " address 0x48: in use by the kernel's driver tmp117 (EBUSY)"),
                busy.getMessage());
    }

    @Test
    void aMissingBusIsAnsweredWithThoseThatAreThere() {
        DeviceException missing = assertThrows(DeviceException.class, () -> SmbusDevice.open(99, CHIP));
        assertTrue(
                missing.getMessage()
                        .startsWith("/dev/i2c-99: there is no such device (ENOENT); there are " + bus.getFileName()),
                missing.getMessage());
    }

    @Test
    void theBusIsListed() throws IOException {
        I2cBuses.Bus listed = I2cBuses.list().stream()
                .filter(each -> each.node().path().equals(bus))
                .findFirst()
                .orElseThrow();
        assertTrue(listed.adapter().startsWith("SMBus stub driver"), listed.adapter());
        assertTrue(listed.node().accessible());
    }

    private SmbusDevice open(int address) throws IOException {
        String name = bus.getFileName().toString();
        return SmbusDevice.open(Integer.parseInt(name.substring("i2c-".length())), address);
    }
}
