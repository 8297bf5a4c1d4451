package org.emberline.firmware.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SmbusDeviceTest {
    private static final Path BUS = Path.of("/dev/i2c-1");

    private final FakeI2c kernel = new FakeI2c();

    @Test
    void severalBytesGoInOneTransfer() throws IOException {
        try (SmbusDevice device = open()) {
            device.write(0x10, new byte[] {1, -2, 3});
            byte[] read = new byte[4];
            device.read(0x0F, read);
            assertArrayEquals(new byte[] {0, 1, -2, 3}, read);
            device.write(0xFF, new byte[] {-7});
            byte[] last = new byte[1];
            device.read(0xFF, last);
            assertArrayEquals(new byte[] {-7}, last);
        }
        assertEquals(List.of("write 8 at 16", "read 8 at 15", "write 2 at 255", "read 2 at 255"), kernel.transfers);
    }

    @Test
    void thirtyTwoBytesAreTheMost() throws IOException {
        try (SmbusDevice device = open()) {
            byte[] all = new byte[32];
            for (int i = 0; i < 32; i++) {
                kernel.registers[i] = (byte) (255 - i);
            }
            device.read(0, all);
            assertEquals((byte) 255, all[0]);
            assertEquals((byte) 224, all[31]);
            assertThrows(IllegalArgumentException.class, () -> device.read(0, new byte[33]));
            assertThrows(IllegalArgumentException.class, () -> device.read(0, new byte[0]));
            assertThrows(IllegalArgumentException.class, () -> device.write(255, new byte[2]));
            assertThrows(IllegalArgumentException.class, () -> device.write(-1, new byte[1]));
        }
        assertEquals(1, kernel.transfers.size());
    }

    @Test
    void withoutBlocksTwoBytesAreAWordAndMoreGoOneByOne() throws IOException {
        kernel.functionality = 0x007E_0000L;
        try (SmbusDevice device = open()) {
            device.write(0x20, new byte[] {5, 6});
            device.write(0x30, new byte[] {7, 8, 9});
            byte[] two = new byte[2];
            byte[] three = new byte[3];
            device.read(0x20, two);
            device.read(0x30, three);
            assertArrayEquals(new byte[] {5, 6}, two);
            assertArrayEquals(new byte[] {7, 8, 9}, three);
        }
        assertEquals(
                List.of("write 3 at 32", "write 2 at 48", "write 2 at 49", "write 2 at 50"),
                kernel.transfers.subList(0, 4));
        assertEquals(
                List.of("read 3 at 32", "read 2 at 48", "read 2 at 49", "read 2 at 50"),
                kernel.transfers.subList(4, 8));
    }

    @Test
    void withoutWordsTheyGoOneByOneToo() throws IOException {
        kernel.functionality = 0x0018_0000L;
        try (SmbusDevice device = open()) {
            device.write(0x20, new byte[] {5, 6});
        }
        assertEquals(List.of("write 2 at 32", "write 2 at 33"), kernel.transfers);
    }

    @Test
    void anAdapterThatHasNoRegistersIsRefused() {
        kernel.functionality = 0x0001_0000L;
        DeviceException refused = assertThrows(DeviceException.class, this::open);
        assertEquals("/dev/i2c-1: cannot transfer bytes of registers abilities=0x10000", refused.getMessage());
        assertEquals(List.of(7), kernel.closed);
    }

    @Test
    void aChipThatDoesNotAnswerIsNamed() throws IOException {
        try (SmbusDevice device = SmbusDevice.open(kernel, BUS, 0x60)) {
            DeviceException silent = assertThrows(DeviceException.class, () -> device.read(0x04, new byte[2]));
            assertEquals(Errno.ENXIO, silent.errno());
            assertTrue(
                    silent.getMessage().startsWith("/dev/i2c-1 address 0x60 register 0x04: no acknowledge"),
                    silent.getMessage());
        }
    }

    @Test
    void aShortAnswerIsNoAnswer() throws IOException {
        kernel.blockLengthError = 1;
        try (SmbusDevice device = open()) {
            DeviceException cut = assertThrows(DeviceException.class, () -> device.read(0, new byte[3]));
            assertTrue(cut.getMessage().contains("gave bytes=2 instead of 3"), cut.getMessage());
        }
    }

    @Test
    void anAddressWithADriverIsInUse() {
        DeviceException busy = assertThrows(DeviceException.class, () -> SmbusDevice.open(kernel, BUS, 0x50));
        assertTrue(
                busy.getMessage().startsWith("/dev/i2c-1 address 0x50: in use by the kernel's driver"),
                busy.getMessage());
        assertEquals(List.of(7), kernel.closed);
    }

    @Test
    void addressesAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> SmbusDevice.open(kernel, BUS, 0x02));
        assertThrows(IllegalArgumentException.class, () -> SmbusDevice.open(kernel, BUS, 0x78));
    }

    @Test
    void closingTwiceIsClosingOnce() throws IOException {
        SmbusDevice device = open();
        device.close();
        device.close();
        assertEquals(List.of(7), kernel.closed);
        assertThrows(IllegalStateException.class, () -> device.read(0, new byte[1]));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsNoBusIsRefused() {
        DeviceException refused = assertThrows(
                DeviceException.class, () -> SmbusDevice.open(SystemCalls.ofThisMachine(), Path.of("/dev/null"), 0x48));
        assertEquals(Errno.ENOTTY, refused.errno());
    }

    private SmbusDevice open() throws IOException {
        return SmbusDevice.open(kernel, BUS, FakeI2c.CHIP);
    }
}
