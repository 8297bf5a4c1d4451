package org.emberline.firmware.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SpiClockModeTest {
    private static final Path DEVICE = Path.of("/dev/spidev0.0");
    private static final int NO_CS = 1 << 5;

    @Test
    void replacesTheClockAndKeepsTheWiring() throws DeviceException {
        for (int left = 0; left < 4; left++) {
            for (int mode = 0; mode < 4; mode++) {
                FakeSpidev kernel = new FakeSpidev(NO_CS | left);
                SpiClockMode.set(kernel, DEVICE, mode);
                assertEquals(NO_CS | mode, kernel.mode);
                assertEquals(left == mode ? 0 : 1, kernel.writes);
                assertEquals(0, kernel.open);
            }
        }
    }

    @Test
    void refusalNamesTheDevice() {
        FakeSpidev kernel = new FakeSpidev(1 << 8); // a bit that this controller does not have
        assertEquals(
                "/dev/spidev0.0: the kernel refuses the settings (EINVAL)",
                assertThrows(DeviceException.class, () -> SpiClockMode.set(kernel, DEVICE, 1))
                        .getMessage());
        assertEquals(0, kernel.open);
    }
}
