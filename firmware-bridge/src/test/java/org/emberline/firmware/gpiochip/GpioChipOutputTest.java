package org.emberline.firmware.gpiochip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.emberline.firmware.linux.DeviceException;
import org.emberline.firmware.linux.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpioChipOutputTest {
    @TempDir
    Path devices;

    private FakeGpio kernel;

    @BeforeEach
    void build() throws IOException {
        kernel = new FakeBoard(devices).kernel;
    }

    @Test
    void levelsAreSetAndTheLineIsLeftInactive() throws IOException {
        GpioChipOutput output = open("GPIO4");
        output.set(true);
        output.set(false);
        output.set(true);
        output.close();
        output.close();
        assertEquals(List.of(1L, 0L, 1L, 0L), kernel.levels);
        assertEquals(Set.of(), kernel.open);
        assertThrows(IllegalStateException.class, () -> output.set(true));
    }

    @Test
    void aLineThatIsGoneIsNamedAndCanBeClosed() throws IOException {
        GpioChipOutput output = open("GPIO4");
        kernel.levelError = Errno.ENODEV;
        DeviceException gone = assertThrows(DeviceException.class, () -> output.set(true));
        assertTrue(
                gone.getMessage().endsWith("gpiochip0 line 4 GPIO4: the device is gone (ENODEV)"), gone.getMessage());
        output.close();
        assertEquals(Set.of(), kernel.open);
    }

    @Test
    void aTakenLineNamesItsUser() {
        DeviceException busy = assertThrows(DeviceException.class, () -> open("7"));
        assertTrue(busy.getMessage().contains("gpiochip0 line 7: in use by \"led\" (EBUSY)"), busy.getMessage());
        assertEquals(Set.of(), kernel.open);
    }

    private GpioChipOutput open(String line) throws IOException {
        return GpioChipOutput.open(kernel, devices, GpioOutputSettings.of("gpiochip0", line));
    }
}
