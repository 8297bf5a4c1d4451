package org.emberline.firmware.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleType;
import org.emberline.firmware.chip.Conversion.Faulty;
import org.emberline.firmware.chip.Conversion.Junctions;
import org.emberline.firmware.chip.Mcp9600;
import org.emberline.firmware.chip.Mcp9600Settings;
import org.emberline.firmware.linux.SmbusDevice;
import org.emberline.firmware.sampling.Mcp9600Probe;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The probe on a real {@code /dev/i2c-N}, its chip being the registers of {@code i2c-stub}. */
@Tag("hil")
@Timeout(60)
@EnabledIfEnvironmentVariable(
        named = "EMBERLINE_HIL",
        matches = "1",
        disabledReason = "runs in the test bench's guest only")
class Mcp9600HilTest {
    private static final int ADDRESS = 0x60;
    private static final int NOBODY = 0x33;
    private static final Mcp9600 CHIP = new Mcp9600(
            Mcp9600.Model.MCP9600,
            new Mcp9600Settings(
                    ThermocoupleType.N,
                    0,
                    Mcp9600Settings.Converter.BITS_18,
                    Mcp9600Settings.ColdJunctionStep.SIXTEENTH_KELVIN,
                    0));

    private final int bus = Integer.parseInt(Path.of(Objects.requireNonNull(
                    System.getenv("EMBERLINE_HIL_I2C"), "the bench names its bus in EMBERLINE_HIL_I2C"))
            .getFileName()
            .toString()
            .substring("i2c-".length()));

    @Test
    void registersBecomeATemperatureOnce() throws IOException {
        try (SmbusDevice registers = SmbusDevice.open(bus, ADDRESS);
                Mcp9600Probe probe = new Mcp9600Probe(() -> SmbusDevice.open(bus, ADDRESS), CHIP)) {
            registers.write(0x20, new byte[] {0x40, 0x12});
            probe.restart();
            byte[] sensor = new byte[1];
            registers.read(0x05, sensor);
            assertEquals(0x30, sensor[0], "type N");
            registers.write(0x00, new byte[] {0x38, 0x40}); // 14400 / 16
            registers.write(0x02, new byte[] {0x01, (byte) 0x90}); // 400 / 16
            registers.write(0x04, new byte[] {0x40});
            Junctions junctions = (Junctions) probe.read().conversion();
            assertEquals(900, junctions.hotCelsius());
            assertEquals(25, junctions.coldCelsius());
            assertEquals(Faulty.of(FaultKind.STALE), probe.read().conversion());
            registers.write(0x05, new byte[] {0});
            assertEquals(Faulty.of(FaultKind.CONFIGURATION_LOST), probe.read().conversion());
        }
    }

    @Test
    void nobodyAndAnotherChipAreToldApart() throws IOException {
        try (Mcp9600Probe nobody = new Mcp9600Probe(() -> SmbusDevice.open(bus, NOBODY), CHIP);
                SmbusDevice registers = SmbusDevice.open(bus, ADDRESS);
                Mcp9600Probe another = new Mcp9600Probe(() -> SmbusDevice.open(bus, ADDRESS), CHIP)) {
            assertThrows(IOException.class, nobody::restart);
            registers.write(0x20, new byte[] {0x41, 0x12});
            assertEquals(
                    "another chip answers identity=0x41 expected=MCP9600",
                    assertThrows(IOException.class, another::restart).getMessage());
        }
    }
}
