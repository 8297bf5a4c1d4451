package org.emberline.firmware.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceNodeTest {
    @Test
    void devicesComeByNumberAndLinksNot(@TempDir Path folder) throws Exception {
        for (String name : List.of("spidev10.0", "spidev0.1", "spidev0.0", "spidevil", "spi")) {
            Files.createFile(folder.resolve(name));
        }
        Files.createSymbolicLink(folder.resolve("spidev3.0"), folder.resolve("spidev0.0"));
        List<DeviceNode> nodes = DeviceNode.list(folder, "spidev");
        assertEquals(
                List.of("spidev0.0", "spidev0.1", "spidev10.0"),
                nodes.stream().map(DeviceNode::name).toList());
        assertTrue(nodes.stream().allMatch(DeviceNode::accessible));
    }

    @Test
    void aFolderThatIsNotThereHasNone(@TempDir Path folder) throws Exception {
        assertEquals(List.of(), DeviceNode.list(folder.resolve("dev"), "i2c-"));
    }

    @Test
    void aGroupThatMayIsToBeJoined() {
        assertEquals(
                "it belongs to group i2c: sudo usermod -aG i2c mary, then log in again or restart the service",
                advice("/dev/i2c-1", "i2c", "rw-rw----"));
    }

    @Test
    void aGroupThatMayNotNeedsARule() {
        String rule = "put the line KERNEL==\"gpiochip*\", GROUP=\"gpio\", MODE=\"0660\" into /etc/udev/rules.d/";
        assertTrue(advice("/dev/gpiochip3", "root", "rw-------").contains(rule));
        assertTrue(advice("/dev/gpiochip3", "root", "rw-rw----").contains(rule), "nobody is to join root");
        assertTrue(advice("/dev/gpiochip3", "gpio", "rw-r-----").contains(rule));
        assertTrue(advice("/dev/gpiochip3", "root", "rw-------").contains("usermod -aG gpio mary"));
        assertTrue(advice("/dev/spidev0.0", "root", "rw-------").contains("KERNEL==\"spidev*\", GROUP=\"spi\""));
        assertTrue(advice("/dev/i2c-1", "root", "rw-------").contains("KERNEL==\"i2c-*\", GROUP=\"i2c\""));
    }

    @Test
    void aDeniedDeviceSaysTheRemedy(@TempDir Path folder) throws Exception {
        Path device = Files.createFile(folder.resolve("gpiochip0"));
        Files.setPosixFilePermissions(device, PosixFilePermissions.fromString("rw-------"));
        SystemCalls denying = new FakeCalls() {
            @Override
            public int open(String path, int flags) {
                return -Errno.EACCES;
            }
        };
        DeviceException refused =
                assertThrows(DeviceException.class, () -> Descriptor.open(denying, device, SystemCalls.READ_WRITE));
        String message = refused.getMessage();
        assertTrue(message.startsWith(device + ": permission denied (EACCES); it belongs to group "), message);
        assertTrue(message.contains("/etc/udev/rules.d/"), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void busesCarryTheNamesOfTheirAdapters(@TempDir Path devices, @TempDir Path adapters) throws Exception {
        Files.createFile(devices.resolve("i2c-1"));
        Files.createFile(devices.resolve("i2c-0"));
        Files.createDirectories(adapters.resolve("i2c-1"));
        Files.writeString(adapters.resolve("i2c-1").resolve("name"), "SMBus stub driver\n");
        List<I2cBuses.Bus> buses = I2cBuses.list(devices, adapters);
        assertEquals(
                List.of("i2c-0 ", "i2c-1 SMBus stub driver"),
                buses.stream()
                        .map(bus -> bus.node().name() + " " + bus.adapter())
                        .toList());
    }

    private static String advice(String path, String group, String mode) {
        return DeviceNode.advice(Path.of(path), group, PosixFilePermissions.fromString(mode), "mary");
    }
}
