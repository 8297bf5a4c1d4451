package org.emberline.firmware.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.context.ContextBuilder;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import com.pi4j.plugin.linuxfs.provider.i2c.LinuxFsI2CProvider;
import com.pi4j.plugin.linuxfs.provider.spi.LinuxFsSpiProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.emberline.firmware.bus.I2cDevice;
import org.emberline.firmware.bus.OutputLine;
import org.emberline.firmware.bus.SpiDevice;
import org.emberline.firmware.clock.UtcClock;
import org.emberline.firmware.linux.DeviceNode;
import org.emberline.firmware.linux.SpiClockMode;
import org.emberline.firmware.linux.SystemCalls;

/**
 * The one door to Pi4J; a process has one of it. What Pi4J needs is loaded when the first device is opened and shut down with
 * {@link #close}. Every device is looked at before Pi4J is asked, because Pi4J's own words name neither path nor remedy.
 *
 * <p>Inside there is a Pi4J context for each SPI bus, one for I2C and one for GPIO: within one context Pi4J 3.0.3 takes two chips with
 * the same chip select for one, whatever their buses, and would let a GPIO chip without access rights keep SPI from opening.
 *
 * <p>I2C: plugged-in adapters do not come back by themselves, since Pi4J keeps the bus open; and after a refused selection Pi4J may write
 * to the address selected before. Use it for buses that stay, with chips that answer.
 */
public final class Pi4j implements AutoCloseable {
    private final Path devices;
    private final Function<Room, Context> contexts;
    private final SystemCalls calls;
    private final Map<Room, Context> open = new HashMap<>();
    private long opened;
    private boolean closed;

    /**
     * What shares a context.
     *
     * @param kind which providers
     * @param name the SPI bus or GPIO chip
     */
    record Room(Kind kind, String name) {
        enum Kind {
            SPI,
            I2C,
            GPIO
        }
    }

    /** Of this machine. Loads nothing yet. */
    public Pi4j() {
        this(DeviceNode.DEV, Pi4j::context, SystemCalls.ofThisMachine());
    }

    Pi4j(Path devices, Function<Room, Context> contexts, SystemCalls calls) {
        this.devices = devices;
        this.contexts = contexts;
        this.calls = calls;
    }

    /** The context of the true providers. */
    static Context context(Room room) {
        ContextBuilder builder = Pi4J.newContextBuilder().disableShutdownHook();
        return switch (room.kind()) {
            case SPI -> builder.add(LinuxFsSpiProvider.newInstance()).build();
            case I2C -> builder.add(LinuxFsI2CProvider.newInstance()).build();
            case GPIO ->
                builder.property("gpio.chip.name", room.name())
                        .add(GpioDDigitalInputProvider.newInstance(), GpioDDigitalOutputProvider.newInstance())
                        .build();
        };
    }

    /**
     * Opens a chip on SPI; to be closed by the caller.
     *
     * @throws IOException when there is no such device or no access to it, in one line with the remedy
     */
    public synchronized SpiDevice spi(SpiSettings settings) throws IOException {
        String path = usable(
                "spidev",
                settings.node(),
                "SPI must be switched on, on a Raspberry Pi by the line dtparam=spi=on in "
                        + "/boot/firmware/config.txt");
        Context context = context(new Room(Room.Kind.SPI, "bus " + settings.bus()), path);
        // Pi4J 3.0.3 only adds bits to the mode that it finds: after mode 1 or 3 it would never come back to 0.
        SpiClockMode.set(calls, Path.of(path), settings.mode());
        return new Pi4jSpi(context, id(), path, settings);
    }

    /**
     * Opens a chip on I2C; to be closed by the caller.
     *
     * @param bus the number behind {@code /dev/i2c-}
     * @param address 7 bits, 0x03 to 0x77
     * @throws IOException as {@link #spi}
     */
    public synchronized I2cDevice i2c(int bus, int address) throws IOException {
        if (bus < 0 || address < 0x03 || address > 0x77) {
            throw new IllegalArgumentException("no such I2C address bus=" + bus + " address=" + address);
        }
        String path = usable(
                "i2c-",
                "i2c-" + bus,
                "I2C must be switched on, on a Raspberry Pi by the line dtparam=i2c_arm=on in "
                        + "/boot/firmware/config.txt, and the module i2c-dev loaded");
        return new Pi4jI2c(context(new Room(Room.Kind.I2C, ""), path), id(), path, bus, address);
    }

    /**
     * Takes a line to listen to; to be closed by the caller.
     *
     * @param clock shared with whatever else stamps what it sees
     * @throws IOException as {@link #spi}, and where Pi4J does not know the board
     */
    public synchronized Pi4jTrigger trigger(LineSettings settings, UtcClock clock) throws IOException {
        return new Pi4jTrigger(gpio(settings), id(), settings, clock);
    }

    /**
     * Takes a line to drive, inactive at first; to be closed by the caller.
     *
     * @throws IOException as {@link #trigger}
     */
    public synchronized OutputLine output(LineSettings settings) throws IOException {
        return new Pi4jOutput(gpio(settings), id(), settings);
    }

    private Context gpio(LineSettings settings) throws IOException {
        String path = usable("gpiochip", settings.chip(), "lines of USB adapters come when they are plugged in");
        for (Room room : open.keySet()) {
            if (room.kind() == Room.Kind.GPIO && !room.name().equals(settings.chip())) {
                throw new IOException(path + ": Pi4J serves one GPIO chip only, and has opened chip=" + room.name());
            }
        }
        return context(new Room(Room.Kind.GPIO, settings.chip()), path);
    }

    private Context context(Room room, String device) throws IOException {
        if (closed) {
            throw new IOException(device + ": Pi4J was closed");
        }
        Context known = open.get(room);
        if (known == null) {
            known = Pi4jCall.of(device, () -> contexts.apply(room));
            open.put(room, known);
        }
        return known;
    }

    private String id() {
        return "emberline-" + opened++;
    }

    /** The path of a device that this process may use. */
    private String usable(String stem, String name, String hint) throws IOException {
        Path path = devices.resolve(name);
        List<DeviceNode> nodes = DeviceNode.list(devices, stem);
        for (DeviceNode node : nodes) {
            if (node.path().equals(path)) {
                if (!node.accessible()) {
                    throw new IOException(path + ": permission denied; " + node.advice());
                }
                return path.toString();
            }
        }
        throw new IOException(path + ": there is no such device; there "
                + (nodes.isEmpty()
                        ? "is none of its kind: " + hint
                        : "are " + nodes.stream().map(DeviceNode::name).toList()));
    }

    /** Shuts Pi4J down; devices still open are closed. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        open.values().forEach(Context::shutdown);
        open.clear();
    }
}
