package org.emberline.firmware.pi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import com.pi4j.plugin.mock.provider.i2c.MockI2CProvider;
import com.pi4j.plugin.mock.provider.spi.MockSpi;
import com.pi4j.plugin.mock.provider.spi.MockSpiProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.emberline.firmware.Trigger;
import org.emberline.firmware.bus.I2cDevice;
import org.emberline.firmware.bus.OutputLine;
import org.emberline.firmware.bus.SpiDevice;
import org.emberline.firmware.clock.UtcClock;
import org.emberline.firmware.linux.FakeSpidev;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The adapters on Pi4J's own mock providers, and what is said where devices are missing. */
class Pi4jTest {
    private static final LineSettings LINE = new LineSettings("gpiochip0", 17, false, 0);

    @TempDir
    private Path devices;

    private final List<Context> contexts = new ArrayList<>();
    private final FakeSpidev spidev = new FakeSpidev(3);
    private Pi4j pi4j = new Pi4j();

    private void mocked(String... nodes) throws IOException {
        for (String node : nodes) {
            Files.createFile(devices.resolve(node));
        }
        pi4j = new Pi4j(devices, this::mock, spidev);
    }

    private Context mock(Pi4j.Room room) {
        Context context = Pi4J.newContextBuilder()
                .disableShutdownHook()
                .add(MockSpiProvider.newInstance(), MockI2CProvider.newInstance())
                .add(MockDigitalInputProvider.newInstance(), MockDigitalOutputProvider.newInstance())
                .build();
        contexts.add(context);
        return context;
    }

    @AfterEach
    void close() {
        pi4j.close();
        assertTrue(contexts.stream().allMatch(Context::isShutdown));
    }

    private <T> T only(Class<T> type) {
        return contexts.getLast().registry().allByType(type.asSubclass(com.pi4j.io.IO.class)).values().stream()
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void spiTransfersInBothDirections() throws IOException {
        mocked("spidev0.1");
        SpiDevice spi = pi4j.spi(new SpiSettings(0, 1, 1, 1_000_000));
        MockSpi mock = only(MockSpi.class);
        assertEquals(1, mock.config().address());
        assertEquals(1, mock.config().mode().getMode());
        assertEquals(1, spidev.mode); // which Pi4J leaves as it finds it
        assertEquals(1_000_000, mock.config().baud());
        mock.write(new byte[] {1, 2, 3});
        byte[] bytes = {7, 8, 9};
        spi.transfer(bytes);
        assertArrayEquals(new byte[] {1, 2, 3}, bytes);
        assertArrayEquals(new byte[] {7, 8, 9}, mock.readEntireMockBuffer());
        spi.close();
        spi.close();
        pi4j.spi(new SpiSettings(0, 1, 1, 1_000_000)).close(); // the place is free again
    }

    @Test
    void sameChipSelectOnTwoBusesIsTwoDevices() throws IOException {
        mocked("spidev0.0", "spidev1.0");
        pi4j.spi(new SpiSettings(0, 0, 0, 1_000));
        pi4j.spi(new SpiSettings(1, 0, 0, 1_000));
        assertEquals(2, contexts.size());
    }

    @Test
    void i2cReadsAndWritesRegisters() throws IOException {
        mocked("i2c-1");
        I2cDevice i2c = pi4j.i2c(1, 0x60);
        i2c.write(5, new byte[] {1, 2});
        byte[] into = new byte[2];
        i2c.read(5, into);
        assertArrayEquals(new byte[] {1, 2}, into);
        String message =
                assertThrows(IOException.class, () -> i2c.read(6, into)).getMessage();
        assertEquals(devices + "/i2c-1 address 0x60 read register 0x06: came short count=-1", message);
        i2c.close();
    }

    @Test
    void outputDrivesItsActiveLevel() throws IOException {
        mocked("gpiochip0");
        OutputLine high = pi4j.output(LINE);
        MockDigitalOutput mock = only(MockDigitalOutput.class);
        assertEquals(DigitalState.LOW, mock.state());
        high.set(true);
        assertEquals(DigitalState.HIGH, mock.state());
        high.close();
        assertEquals(DigitalState.LOW, mock.state());
        OutputLine low = pi4j.output(new LineSettings("gpiochip0", 18, true, 0));
        MockDigitalOutput lowMock = only(MockDigitalOutput.class);
        assertEquals(DigitalState.HIGH, lowMock.state());
        low.set(true);
        assertEquals(DigitalState.LOW, lowMock.state());
        low.set(false);
        assertEquals(DigitalState.HIGH, lowMock.state());
    }

    @Test
    void triggerDeliversActiveEdgesWithUserSpaceStamps() throws IOException {
        mocked("gpiochip0");
        List<Trigger> triggers = new ArrayList<>();
        long before = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        Pi4jTrigger trigger = pi4j.trigger(LINE, new UtcClock());
        assertTrue(trigger.stampedInUserSpace());
        MockDigitalInput mock = only(MockDigitalInput.class);
        mock.mockState(DigitalState.HIGH).mockState(DigitalState.LOW); // nobody listens yet
        trigger.start(triggers::add);
        for (int i = 0; i < 3; i++) {
            mock.mockState(DigitalState.HIGH).mockState(DigitalState.LOW);
        }
        trigger.close();
        mock.mockState(DigitalState.HIGH);
        assertEquals(List.of(0L, 1L, 2L), triggers.stream().map(Trigger::index).toList());
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() + 1);
        assertTrue(triggers.stream().allMatch(t -> t.timestampNanos() >= before && t.timestampNanos() <= now));
        assertThrows(IllegalStateException.class, () -> trigger.start(triggers::add));
    }

    @Test
    void missingDevicesAreNamedWithTheirRemedy() throws IOException {
        mocked("spidev0.0");
        assertMessage(
                devices + "/spidev5.0: there is no such device; there are [spidev0.0]",
                () -> pi4j.spi(new SpiSettings(5, 0, 0, 1_000)));
        assertMessage(
                devices
                        + "/i2c-1: there is no such device; there is none of its kind: I2C must be switched on, on a Raspberry Pi by the"
                        + " line dtparam=i2c_arm=on in /boot/firmware/config.txt, and the module i2c-dev loaded",
                () -> pi4j.i2c(1, 0x60));
        assertThrows(IOException.class, () -> pi4j.trigger(LINE, new UtcClock()));
        assertTrue(contexts.isEmpty(), "Pi4J was loaded for nothing");
    }

    @Test
    void oneGpioChipOnly() throws IOException {
        mocked("gpiochip0", "gpiochip1");
        pi4j.output(LINE);
        assertMessage(
                devices + "/gpiochip1: Pi4J serves one GPIO chip only, and has opened chip=gpiochip0",
                () -> pi4j.output(new LineSettings("gpiochip1", 3, false, 0)));
    }

    @Test
    void nothingOpensAfterClose() throws IOException {
        mocked("spidev0.0");
        SpiDevice spi = pi4j.spi(new SpiSettings(0, 0, 0, 1_000));
        pi4j.close();
        spi.close();
        assertMessage(devices + "/spidev0.0: Pi4J was closed", () -> pi4j.spi(new SpiSettings(0, 0, 0, 1_000)));
    }

    /** Without Pi4J's mocks: what its true providers do with a file that is no device, or on a processor they have no code for. */
    @Test
    void trueProvidersFailInOneLineThatNamesTheDevice() throws IOException {
        Path missing = Path.of("/dev/spidev6.9");
        assertFalse(Files.exists(missing));
        Files.createFile(devices.resolve("spidev6.9"));
        try (Pi4j real = new Pi4j(devices, Pi4j::context, spidev)) {
            assertMessage(
                    devices + "/spidev6.9: Failed to open SPI device /dev/spidev6.9",
                    () -> real.spi(new SpiSettings(6, 9, 0, 1_000)));
        }
    }

    @Test
    void missingNativeCodeIsSaid() {
        String arch = System.getProperty("os.arch");
        String expected = arch.equals("aarch64")
                ? "i2c: Pi4J's native code cannot be loaded: no such library"
                : "i2c: Pi4J does this on arm and arm64 only; use the kernel's own interface (SMBus, gpiochip) os.arch="
                        + arch;
        assertMessage(
                expected,
                () -> Pi4jCall.of("i2c", () -> {
                    throw new UnsatisfiedLinkError("no such library");
                }));
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable action) {
        assertEquals(expected, assertThrows(IOException.class, action).getMessage());
    }
}
