package org.emberline.firmware.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleType;
import org.emberline.firmware.bus.SpiDevice;
import org.emberline.firmware.chip.Conversion.Faulty;
import org.emberline.firmware.chip.Conversion.Junctions;
import org.emberline.firmware.chip.Max31855;
import org.emberline.firmware.chip.Max31856;
import org.emberline.firmware.chip.Max31856Settings;
import org.emberline.firmware.chip.Max31856Settings.Mains;
import org.emberline.firmware.chip.Max31856Settings.Mode;
import org.emberline.firmware.chip.Max31856Settings.OpenCircuitTest;
import org.emberline.firmware.chip.Mcp9600;
import org.emberline.firmware.chip.Mcp9600Settings;
import org.emberline.firmware.sampling.Probe.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The probes on chips whose furnace heats by 10 K/s, so that a wrong stamp shows as a wrong temperature. */
class ChipProbesTest {
    private static final long MS = 1_000_000;

    private long now = 5_000 * MS;

    private double ramp(long nanos) {
        return 100 + nanos * 1e-8;
    }

    private static Max31856 max31856(Mode mode, Mains mains) {
        return new Max31856(new Max31856Settings(ThermocoupleType.K, mode, 1, mains, OpenCircuitTest.BELOW_5_KILOOHM));
    }

    private static void assertFault(FaultKind kind, Sample sample) {
        assertEquals(Faulty.of(kind), sample.conversion());
    }

    /** @param withinMillis how far the stamp may be from the truth */
    private void assertOnRamp(Sample sample, double withinMillis) {
        Junctions junctions = (Junctions) sample.conversion();
        // 10 K/s: a hundredth of a kelvin for each millisecond, and half a step of the chip.
        assertEquals(ramp(sample.centreNanos()), junctions.hotCelsius(), withinMillis * 0.01 + 0.032);
        assertEquals(25, junctions.coldCelsius(), 1e-9);
    }

    @ParameterizedTest
    @EnumSource(Mains.class)
    void max31856OneShotIsStampedAtTheCentreOfItsConversion(Mains mains) throws IOException {
        FakeMax31856 fake = new FakeMax31856(() -> now, this::ramp);
        Max31856Probe probe = new Max31856Probe(fake::open, max31856(Mode.ONE_SHOT, mains), () -> now);
        probe.restart();
        for (int i = 0; i < 5; i++) {
            now += (230L + 100L * i) * MS;
            assertOnRamp(probe.read(), 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Mains.class)
    void max31856AutomaticIsTrueToHalfAConversion(Mains mains) throws IOException {
        FakeMax31856 fake = new FakeMax31856(() -> now, this::ramp);
        Max31856Probe probe = new Max31856Probe(fake::open, max31856(Mode.AUTOMATIC, mains), () -> now);
        probe.restart();
        for (int i = 0; i < 50; i++) {
            now += (130L + i) * MS;
            assertOnRamp(probe.read(), 49);
        }
    }

    @Test
    void max31856LeavesAConversionUnderWayAlone() throws IOException {
        FakeMax31856 fake = new FakeMax31856(() -> now, this::ramp);
        Max31856Probe probe = new Max31856Probe(fake::open, max31856(Mode.ONE_SHOT, Mains.HZ_50), () -> now);
        probe.restart();
        int transfers = fake.transfers;
        now += 169 * MS; // typical, but not at most
        assertFault(FaultKind.STALE, probe.read());
        assertEquals(transfers, fake.transfers);
        now += 60 * MS;
        assertOnRamp(probe.read(), 0);
        assertFault(FaultKind.STALE, probe.read());
    }

    @Test
    void max31856ThatForgotItsSettingsSaysSoUntilItIsRestarted() throws IOException {
        FakeMax31856 fake = new FakeMax31856(() -> now, this::ramp);
        Max31856Probe probe = new Max31856Probe(fake::open, max31856(Mode.ONE_SHOT, Mains.HZ_50), () -> now);
        probe.restart();
        now += 300 * MS;
        fake.dip();
        assertFault(FaultKind.CONFIGURATION_LOST, probe.read());
        assertFault(FaultKind.CONFIGURATION_LOST, probe.read());
        probe.restart();
        now += 300 * MS;
        assertOnRamp(probe.read(), 0);
        assertEquals(2, fake.opened);
        assertEquals(1, fake.closed);
        probe.close();
        assertEquals(2, fake.closed);
        assertThrows(IOException.class, probe::read);
    }

    @Test
    void max31856UnpluggedIsASilentBusAndAFailingBusAFailure() throws IOException {
        FakeMax31856 fake = new FakeMax31856(() -> now, this::ramp);
        Max31856Probe probe = new Max31856Probe(fake::open, max31856(Mode.ONE_SHOT, Mains.HZ_50), () -> now);
        fake.plugged = false;
        probe.restart(); // takes nothing, and that is told by the reading
        now += 300 * MS;
        assertFault(FaultKind.BUS_SILENT, probe.read());
        fake.failing = true;
        assertEquals(
                "spidev0.0: gone", assertThrows(IOException.class, probe::read).getMessage());
    }

    @Test
    void max31856FaultBitsComeThrough() throws IOException {
        FakeMax31856 fake = new FakeMax31856(() -> now, this::ramp);
        Max31856Probe probe = new Max31856Probe(fake::open, max31856(Mode.ONE_SHOT, Mains.HZ_60), () -> now);
        fake.status = 0x01;
        probe.restart();
        now += 300 * MS;
        assertFault(FaultKind.OPEN_CIRCUIT, probe.read());
    }

    @Test
    void max31855IsStampedOneConversionBefore() throws IOException {
        int[] transfers = {0};
        SpiDevice device = new SpiDevice() {
            @Override
            public void transfer(byte[] bytes) {
                transfers[0]++;
                // 100 C = 400 steps in bits 31:18, cold junction 25 C = 400 steps in bits 15:4
                int word = 400 << 18 | 400 << 4;
                for (int i = 0; i < 4; i++) {
                    bytes[i] = (byte) (word >> (24 - 8 * i));
                }
            }

            @Override
            public void close() {}
        };
        Max31855Probe probe = new Max31855Probe(() -> device, new Max31855(ThermocoupleType.K), () -> now);
        assertThrows(IOException.class, probe::read);
        probe.restart();
        Sample sample = probe.read();
        assertEquals(now - 70 * MS, sample.centreNanos());
        // E_K(25) + 75 K x 41.276 uV/K = 1.000 + 3.0957 = 4.0957 mV, which is E_K at 99.99 C (NIST: 4.096 mV at 100 C)
        assertEquals(100, ((Junctions) sample.conversion()).hotCelsius(), 0.05);
        now += 99 * MS;
        assertFault(FaultKind.STALE, probe.read());
        assertEquals(1, transfers[0]);
        now += 1 * MS;
        assertTrue(probe.read().conversion() instanceof Junctions);
    }

    private Mcp9600Probe mcp9600(FakeMcp9600 fake) {
        Mcp9600Settings settings = new Mcp9600Settings(
                ThermocoupleType.K,
                0,
                Mcp9600Settings.Converter.BITS_18,
                Mcp9600Settings.ColdJunctionStep.SIXTEENTH_KELVIN,
                0);
        return new Mcp9600Probe(fake::open, new Mcp9600(Mcp9600.Model.MCP9600, settings), () -> now);
    }

    @Test
    void mcp9600GivesEachConversionOnce() throws IOException {
        FakeMcp9600 fake = new FakeMcp9600(() -> now, this::ramp);
        now += 1_000 * MS;
        Mcp9600Probe probe = mcp9600(fake);
        probe.restart();
        int values = 0;
        for (int i = 0; i < 320; i++) {
            now += 50 * MS;
            Sample sample = probe.read();
            if (sample.conversion() instanceof Junctions) {
                values++;
                assertOnRamp(sample, 26); // asked every 50 ms: the end is known to 25 ms
            } else {
                assertFault(FaultKind.STALE, sample);
            }
        }
        assertEquals(50, values, "16 s of conversions of 320 ms");
    }

    @Test
    void mcp9600SaysWhenItForgotAndWhenItIsAnother() throws IOException {
        FakeMcp9600 fake = new FakeMcp9600(() -> now, this::ramp);
        Mcp9600Probe probe = mcp9600(fake);
        probe.restart();
        now += 700 * MS;
        assertOnRamp(probe.read(), 161);
        // Power-on values are those of type K, normal mode: what is lost there is nothing. Another type is.
        fake.write(5, new byte[] {0x10});
        now += 700 * MS;
        assertFault(FaultKind.CONFIGURATION_LOST, probe.read());
        fake.plugged = false;
        assertThrows(IOException.class, probe::read);
        fake.plugged = true;
        fake.identity = 0x41;
        assertEquals(
                "another chip answers identity=0x41 expected=MCP9600",
                assertThrows(IOException.class, probe::restart).getMessage());
    }
}
