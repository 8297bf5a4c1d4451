package org.emberline.firmware.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.emberline.firmware.bus.I2cDevice;

/**
 * A chip on an I2C bus by the kernel's SMBus interface, which every adapter has. Several bytes go in one transfer where the adapter can
 * ({@code I2C_FUNC_SMBUS_*_I2C_BLOCK}; any true I2C adapter can). Where it cannot, two bytes go as one SMBus word, the same on the wire,
 * and more go one by one from successive registers, which is right for chips whose registers are single bytes only.
 */
public final class SmbusDevice implements I2cDevice {
    private final Descriptor bus;
    private final String name;
    private final long abilities;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment argument;
    private final MemorySegment data;
    private boolean closed;

    private SmbusDevice(Descriptor bus, String name, long abilities) {
        this.bus = bus;
        this.name = name;
        this.abilities = abilities;
        data = arena.allocate(I2cAbi.DATA_BYTES, Short.BYTES);
        argument = arena.allocate(I2cAbi.ARGUMENT_BYTES, Long.BYTES);
        argument.set(ADDRESS, I2cAbi.ARGUMENT_DATA, data);
    }

    /**
     * Opens the bus for one address; does not yet speak to the chip.
     *
     * @param bus number of the bus: N of {@code /dev/i2c-N}
     * @param address 7 bits, 0x03 to 0x77
     * @throws IOException in one line: no such bus (naming those that there are), no right (naming the remedy), or an address that a
     *     driver of the kernel owns (naming it)
     * @throws IllegalArgumentException for an address out of range
     */
    public static SmbusDevice open(int bus, int address) throws IOException {
        return open(SystemCalls.ofThisMachine(), DeviceNode.DEV.resolve("i2c-" + bus), address);
    }

    /** As {@link #open(int, int)}, by path and in the given kernel. */
    static SmbusDevice open(SystemCalls calls, Path path, int address) throws IOException {
        if (address < 0x03 || address > 0x77) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "address=0x%02x must be 0x03 to 0x77", address));
        }
        Descriptor bus = Descriptor.open(calls, path, SystemCalls.READ_WRITE);
        String name = String.format(Locale.ROOT, "%s address 0x%02x", path, address);
        try {
            long abilities = abilities(bus);
            bus.ioctl(I2cAbi.SET_ADDRESS, address);
            return new SmbusDevice(bus, name, abilities);
        } catch (DeviceException e) {
            bus.close();
            throw e.errno() == Errno.EBUSY
                    ? new DeviceException(
                            e.errno(),
                            name + ": in use by the kernel's driver" + driver(path, address)
                                    + " (EBUSY); read the chip through IIO, or unbind that driver")
                    : e;
        }
    }

    @Override
    public void read(int register, byte[] into) throws IOException {
        require(register, into.length);
        if (into.length > 1 && can(I2cAbi.CAN_READ_BLOCK)) {
            data.set(JAVA_BYTE, 0, (byte) into.length);
            transfer(I2cAbi.READ, register, I2cAbi.BLOCK_DATA);
            int length = data.get(JAVA_BYTE, 0);
            if (length != into.length) {
                throw new DeviceException(
                        Errno.EIO, at(register) + ": gave bytes=" + length + " instead of " + into.length);
            }
            MemorySegment.copy(data, JAVA_BYTE, 1, into, 0, into.length);
        } else if (into.length == 2 && can(I2cAbi.CAN_READ_WORD)) {
            transfer(I2cAbi.READ, register, I2cAbi.WORD_DATA);
            MemorySegment.copy(data, JAVA_BYTE, 0, into, 0, 2);
        } else {
            for (int i = 0; i < into.length; i++) {
                transfer(I2cAbi.READ, register + i, I2cAbi.BYTE_DATA);
                into[i] = data.get(JAVA_BYTE, 0);
            }
        }
    }

    @Override
    public void write(int register, byte[] bytes) throws IOException {
        require(register, bytes.length);
        if (bytes.length > 1 && can(I2cAbi.CAN_WRITE_BLOCK)) {
            data.set(JAVA_BYTE, 0, (byte) bytes.length);
            MemorySegment.copy(bytes, 0, data, JAVA_BYTE, 1, bytes.length);
            transfer(I2cAbi.WRITE, register, I2cAbi.BLOCK_DATA);
        } else if (bytes.length == 2 && can(I2cAbi.CAN_WRITE_WORD)) {
            MemorySegment.copy(bytes, 0, data, JAVA_BYTE, 0, 2);
            transfer(I2cAbi.WRITE, register, I2cAbi.WORD_DATA);
        } else {
            for (int i = 0; i < bytes.length; i++) {
                data.set(JAVA_BYTE, 0, bytes[i]);
                transfer(I2cAbi.WRITE, register + i, I2cAbi.BYTE_DATA);
            }
        }
    }

    /** Such as {@code /dev/i2c-1 address 0x60}. */
    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            bus.close();
            arena.close();
        }
    }

    private boolean can(long ability) {
        return (abilities & ability) != 0;
    }

    private void transfer(byte direction, int register, int size) throws DeviceException {
        argument.set(JAVA_BYTE, I2cAbi.ARGUMENT_DIRECTION, direction);
        argument.set(JAVA_BYTE, I2cAbi.ARGUMENT_REGISTER, (byte) register);
        argument.set(JAVA_INT, I2cAbi.ARGUMENT_SIZE, size);
        try {
            bus.ioctl(I2cAbi.TRANSFER, argument);
        } catch (DeviceException e) {
            throw new DeviceException(e.errno(), at(register) + ": " + reason(e.errno()));
        }
    }

    private void require(int register, int length) {
        if (closed) {
            throw new IllegalStateException(name + " is closed");
        }
        if (register < 0 || length < 1 || length > I2cAbi.BLOCK_MAX || register + length > 256) {
            throw new IllegalArgumentException(
                    at(register) + " bytes=" + length + " must be 1 to 32 bytes within registers 0 to 255");
        }
    }

    private String at(int register) {
        return String.format(Locale.ROOT, "%s register 0x%02x", name, register);
    }

    /** Adapters differ in how they say that nobody answered. */
    private static String reason(int errno) {
        return switch (errno) {
            case Errno.ENXIO, Errno.EREMOTEIO, Errno.ENODEV ->
                "no acknowledge (errno=" + errno + "); is the chip powered, and is this its address?";
            default -> Errno.words(errno);
        };
    }

    private static long abilities(Descriptor bus) throws DeviceException {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment mask = scratch.allocate(JAVA_LONG);
            bus.ioctl(I2cAbi.GET_ABILITIES, mask);
            long abilities = mask.get(JAVA_LONG, 0);
            if ((abilities & (I2cAbi.CAN_READ_BYTE | I2cAbi.CAN_READ_BLOCK)) == 0
                    || (abilities & (I2cAbi.CAN_WRITE_BYTE | I2cAbi.CAN_WRITE_BLOCK)) == 0) {
                throw new DeviceException(
                        Errno.EOPNOTSUPP,
                        String.format(
                                Locale.ROOT,
                                "%s: cannot transfer bytes of registers abilities=0x%x",
                                bus.name(),
                                abilities));
            }
            return abilities;
        }
    }

    /** The name of the driver that owns an address, with a blank before it; empty when that is not told. */
    private static String driver(Path path, int address) {
        String number = path.getFileName().toString().substring("i2c-".length());
        Path link = Path.of(String.format(Locale.ROOT, "/sys/bus/i2c/devices/%s-%04x/driver", number, address));
        try {
            return " " + Files.readSymbolicLink(link).getFileName();
        } catch (IOException e) {
            return ""; // the message is complete without
        }
    }
}
