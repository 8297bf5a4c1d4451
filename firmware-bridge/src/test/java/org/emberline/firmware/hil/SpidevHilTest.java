package org.emberline.firmware.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.emberline.firmware.ThermocoupleType;
import org.emberline.firmware.bridge.ChannelSettings;
import org.emberline.firmware.bridge.FirmwareBridge;
import org.emberline.firmware.bus.SpiDevice;
import org.emberline.firmware.chip.Max31856Settings;
import org.emberline.firmware.chip.Max31856Settings.Mains;
import org.emberline.firmware.chip.Max31856Settings.Mode;
import org.emberline.firmware.chip.Max31856Settings.OpenCircuitTest;
import org.emberline.firmware.pi4j.Pi4j;
import org.emberline.firmware.pi4j.SpiSettings;
import org.emberline.firmware.sampling.FakeMax31856;
import org.emberline.firmware.sampling.FaultPolicy;
import org.emberline.firmware.sampling.SampledThermocouples;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The whole way over {@code /dev/spidev0.0}, a true character device whose driver and chip are emulated, from Pi4J to the readings. */
@Tag("hil")
@Timeout(120)
@EnabledIfEnvironmentVariable(
        named = "EMBERLINE_HIL",
        matches = "1",
        disabledReason = "runs in the test bench's guest only")
class SpidevHilTest {
    private static final long MS = 1_000_000;
    private static final int OPEN_CIRCUIT = 1;
    private static final int HERTZ = 1_000_000;
    /** Tells every fault at once; the deadline allows for a guest whose processors stand still at times. */
    private static final FaultPolicy POLICY = new FaultPolicy(0, 10 * MS, 50 * MS, 1, 0, 10_000 * MS, 20_000 * MS);

    private static final ChannelSettings MAX31856 = new ChannelSettings.OnMax31856(
            "furnace",
            200 * MS,
            new SpiSettings(0, 0, 1, HERTZ),
            new Max31856Settings(ThermocoupleType.K, Mode.ONE_SHOT, 1, Mains.HZ_60, OpenCircuitTest.OFF));
    private static final ChannelSettings MAX31855 =
            new ChannelSettings.OnMax31855("furnace", 150 * MS, new SpiSettings(0, 0, 0, HERTZ), ThermocoupleType.K);

    private final BlockingQueue<ThermocoupleReading> delivered = new LinkedBlockingQueue<>();
    private volatile double furnace = 900;

    private FakeMax31856 max31856() {
        return new FakeMax31856(System::nanoTime, _ -> furnace);
    }

    private SampledThermocouples start(FirmwareBridge bridge, ChannelSettings channel, FaultPolicy policy)
            throws IOException {
        SampledThermocouples thermocouples = bridge.thermocouples(List.of(channel), policy);
        thermocouples.start(delivered::add);
        return thermocouples;
    }

    @Test
    void max31856TellsTemperaturesAndItsFaults() throws Exception {
        FakeMax31856 chip = max31856();
        try (FirmwareBridge bridge = new FirmwareBridge();
                CuseSpidev spidev = new CuseSpidev(chip, 1);
                SampledThermocouples thermocouples = start(bridge, MAX31856, POLICY)) {
            assertEquals(900, awaitTemperature(), 1e-9);
            spidev.betweenTransfers(() -> chip.signal(OPEN_CIRCUIT));
            assertEquals(FaultKind.OPEN_CIRCUIT, awaitFault(900));
            furnace = 1000.5;
            spidev.betweenTransfers(() -> chip.signal(0));
            assertEquals(1000.5, awaitTemperature(), 1e-9);
            assertEquals(1, spidev.mode());
            assertNull(thermocouples.status().failure());
        }
    }

    @Test
    void max31856ThatForgotItsSettingsIsSetUpAgain() throws Exception {
        FakeMax31856 chip = max31856();
        try (FirmwareBridge bridge = new FirmwareBridge();
                CuseSpidev spidev = new CuseSpidev(chip, 1);
                SampledThermocouples thermocouples = start(bridge, MAX31856, POLICY)) {
            assertEquals(900, awaitTemperature(), 1e-9);
            spidev.betweenTransfers(() -> {
                chip.dip();
                furnace = 950;
            });
            assertEquals(FaultKind.CONFIGURATION_LOST, awaitFault(900));
            assertEquals(950, awaitTemperature(), 1e-9);
            assertNull(thermocouples.status().failure());
        }
    }

    /** The node goes while it is in use, and another device comes under its name. */
    @Test
    void unpluggedDeviceComesBackByItself() throws Exception {
        try (FirmwareBridge bridge = new FirmwareBridge();
                CuseSpidev before = new CuseSpidev(max31856(), 1);
                SampledThermocouples thermocouples = start(bridge, MAX31856, POLICY)) {
            assertEquals(900, awaitTemperature(), 1e-9);
            before.unplug();
            assertEquals(FaultKind.NO_RESPONSE, awaitFault(900));
            assertEquals(FaultKind.NO_RESPONSE, awaitFault(900));
            furnace = 20.25;
            try (CuseSpidev after = new CuseSpidev(max31856(), 1)) {
                assertEquals(20.25, awaitTemperature(), 1e-9);
                assertEquals(1, after.mode());
                assertNull(thermocouples.status().failure());
            }
        }
    }

    @Test
    void transferThatHangsPassesItsDeadline() throws Exception {
        FaultPolicy impatient = new FaultPolicy(0, 10 * MS, 50 * MS, 1, 0, 1_000 * MS, 20_000 * MS);
        try (FirmwareBridge bridge = new FirmwareBridge();
                CuseSpidev spidev = new CuseSpidev(max31856(), 1);
                SampledThermocouples thermocouples = start(bridge, MAX31856, impatient)) {
            assertEquals(900, awaitTemperature(), 1e-9);
            spidev.betweenTransfers(() -> {
                assertEquals(FaultKind.NO_RESPONSE, awaitFault(900));
                furnace = 950;
            });
            assertEquals(950, awaitTemperature(), 1e-9);
            assertNull(thermocouples.status().failure());
        }
    }

    /**
     * The word of 100 degrees beside a chip of 25: (100 - 25) K times 41.276 uV/K are 3.0957 mV, with the 1.000 mV of 25 degrees in NIST's
     * table 4.0957 mV, and 100 degrees have 4.096 mV there, 0.0414 mV more for each degree.
     */
    @Test
    void max31855IsReadInItsModeAfterAnother() throws Exception {
        int hundredDegrees = (400 << 18) | (400 << 4);
        Word word = new Word(hundredDegrees);
        try (FirmwareBridge bridge = new FirmwareBridge();
                CuseSpidev spidev = new CuseSpidev(word, 0)) {
            spidev.mode(1); // as a MAX31856 in its place left it
            try (SampledThermocouples thermocouples = start(bridge, MAX31855, POLICY)) {
                assertEquals(99.99, awaitTemperature(), 0.03);
                word.bits = (1 << 16) | (1 << 1);
                assertEquals(FaultKind.SHORT_TO_GROUND, awaitFault(99.99));
                word.bits = hundredDegrees;
                assertEquals(99.99, awaitTemperature(), 0.03);
                word.bits = -1;
                assertEquals(FaultKind.BUS_SILENT, awaitFault(99.99));
                assertEquals(0, spidev.mode());
                assertNull(thermocouples.status().failure());
            }
        }
    }

    @Test
    void modeIsTheOneAskedForWhateverWasLeft() throws IOException {
        int otherBits = 1 << 5; // SPI_NO_CS, by the board's description
        try (Pi4j pi4j = new Pi4j();
                CuseSpidev spidev = new CuseSpidev(new Word(1), 0)) {
            for (int left = 0; left < 4; left++) {
                for (int mode = 0; mode < 4; mode++) {
                    spidev.mode(otherBits | left);
                    pi4j.spi(new SpiSettings(0, 0, mode, HERTZ)).close();
                    assertEquals(otherBits | mode, spidev.mode(), "left=" + left + " asked=" + mode);
                }
            }
        }
    }

    @Test
    void settingsAndTransfersAreThoseAskedFor() throws IOException {
        try (Pi4j pi4j = new Pi4j();
                CuseSpidev spidev = new CuseSpidev(new Word(0x01020304), 1)) {
            SpiDevice device = pi4j.spi(new SpiSettings(0, 0, 1, 2_500_000));
            // The mode is set before Pi4J opens the device, which finds and confirms it.
            List<String> byPi4j = List.of(
                    "RD_MODE32",
                    "WR_MODE32=1",
                    "RD_MAX_SPEED_HZ",
                    "WR_MAX_SPEED_HZ=2500000",
                    "WR_BITS_PER_WORD=8",
                    "RD_BITS_PER_WORD",
                    "RD_LSB_FIRST",
                    "WR_LSB_FIRST=0");
            List<String> asked = spidev.takeAsked();
            assertEquals(List.of("RD_MODE32", "WR_MODE32=1"), asked.subList(0, 2));
            assertEquals(byPi4j, asked.subList(2, asked.size()));
            byte[] bytes = new byte[4];
            device.transfer(bytes);
            assertEquals(List.of("MESSAGE bytes=4 hertz=2500000 bits=8"), spidev.takeAsked());
            assertEquals(0x01020304, ByteBuffer.wrap(bytes).getInt());
            assertEquals(1, spidev.users());
            device.close();
            assertEquals(0, spidev.users());
        }
    }

    private double awaitTemperature() throws InterruptedException {
        while (true) {
            if (delivered.take() instanceof Temperature temperature) {
                return temperature.hotJunctionCelsius();
            }
        }
    }

    /** The next fault; every temperature before it is that one. */
    private FaultKind awaitFault(double celsius) throws InterruptedException {
        while (true) {
            switch (delivered.take()) {
                case Fault fault -> {
                    return fault.kind();
                }
                case Temperature before -> assertEquals(celsius, before.hotJunctionCelsius(), 0.03);
            }
        }
    }

    /** A chip that sends 32 bits, whatever it is sent. */
    private static final class Word implements SpiDevice {
        private volatile int bits;

        private Word(int bits) {
            this.bits = bits;
        }

        @Override
        public void transfer(byte[] bytes) {
            assertEquals(4, bytes.length);
            ByteBuffer.wrap(bytes).putInt(bits);
        }

        @Override
        public void close() {}
    }
}
