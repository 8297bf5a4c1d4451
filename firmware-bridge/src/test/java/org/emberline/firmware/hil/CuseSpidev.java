package org.emberline.firmware.hil;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.emberline.firmware.bus.SpiDevice;
import org.emberline.firmware.linux.Errno;

/**
 * {@code /dev/spidev0.0} with a chip behind it, to which the kernel's driver is played: its settings by {@code linux/spi/spidev.h} and
 * transfers of one message. As in the kernel, the mode outlasts whoever set it, and the clock goes back to its default when the last
 * user is gone. A chip that is clocked in a mode not its own is heard one bit late.
 */
final class CuseSpidev implements AutoCloseable {
    private static final int DEFAULT_HERTZ = 5_000_000;
    private static final int MAGIC = 'k';
    private static final int TRANSFER_BYTES = 32;
    private static final int READING = 2;
    private static final int CLOCK_MODE = 3;
    private static final int LSB_FIRST = 8;
    private static final String[] NAMES = {"MESSAGE", "MODE", "LSB_FIRST", "BITS_PER_WORD", "MAX_SPEED_HZ", "MODE32"};

    private final SpiDevice chip;
    private final int chipMode;
    private final Cuse cuse;
    private final List<String> asked = new ArrayList<>();
    private int users;
    private int mode;
    private int bitsPerWord = 8;
    private int hertz = DEFAULT_HERTZ;

    /** @param chipMode in which the chip is to be clocked */
    CuseSpidev(SpiDevice chip, int chipMode) throws IOException {
        this.chip = chip;
        this.chipMode = chipMode;
        cuse = new Cuse("spidev0.0", new Cuse.Device() {
            @Override
            public Cuse.Answer ioctl(int request, long address, ByteBuffer given, int room) {
                return CuseSpidev.this.ioctl(request, address, given, room);
            }

            @Override
            public void opened(boolean begin) {
                CuseSpidev.this.opened(begin);
            }
        });
    }

    /** While something is done to the chip. */
    interface Action {
        void run() throws InterruptedException;
    }

    /** Does something while nobody talks to the chip; a transfer waits until it is done. */
    synchronized void betweenTransfers(Action action) throws InterruptedException {
        action.run();
    }

    /** What was asked since this was last called: {@code RD_NAME}, {@code WR_NAME=value}, {@code MESSAGE bytes=n hertz=n bits=n}. */
    synchronized List<String> takeAsked() {
        List<String> taken = List.copyOf(asked);
        asked.clear();
        return taken;
    }

    /** As it is set now, with all its bits. */
    synchronized int mode() {
        return mode;
    }

    /** Leaves another mode behind, with all its bits, as a user before or the board's description may. */
    synchronized void mode(int left) {
        mode = left;
    }

    /** How many have it open. */
    synchronized int users() {
        return users;
    }

    private synchronized void opened(boolean begin) {
        users += begin ? 1 : -1;
        if (users == 0) {
            hertz = DEFAULT_HERTZ;
        }
    }

    private synchronized Cuse.Answer ioctl(int request, long address, ByteBuffer given, int room) {
        int number = request & 0xff;
        int bytes = request >>> 16 & 0x3fff;
        if ((request >>> 8 & 0xff) != MAGIC || number >= NAMES.length) {
            return new Cuse.Answer.Refused(Errno.ENOTTY);
        }
        Cuse.Memory argument = new Cuse.Memory(address, bytes);
        if (number == 0) {
            return bytes == TRANSFER_BYTES ? message(argument, given, room) : new Cuse.Answer.Refused(Errno.EINVAL);
        }
        if (request >>> 30 == READING) {
            return room == 0 ? new Cuse.Answer.Wants(List.of(), List.of(argument)) : told(number, bytes);
        }
        return given.remaining() == 0 ? new Cuse.Answer.Wants(List.of(argument), List.of()) : set(number, given, bytes);
    }

    private Cuse.Answer told(int number, int bytes) {
        asked.add("RD_" + NAMES[number]);
        int value = switch (number) {
            case 2 -> mode & LSB_FIRST;
            case 3 -> bitsPerWord;
            case 4 -> hertz;
            default -> mode;
        };
        ByteBuffer stored = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
        if (bytes == 1) {
            stored.put((byte) value);
        } else {
            stored.putInt(value);
        }
        return new Cuse.Answer.Done(0, stored.array());
    }

    private Cuse.Answer set(int number, ByteBuffer given, int bytes) {
        int value = bytes == 1 ? given.get() & 0xff : given.getInt();
        asked.add("WR_" + NAMES[number] + "=" + value);
        switch (number) {
            case 2 -> mode = value == 0 ? mode & ~LSB_FIRST : mode | LSB_FIRST;
            case 3 -> bitsPerWord = value;
            case 4 -> hertz = value;
            default -> mode = value;
        }
        return new Cuse.Answer.Done(0, new byte[0]);
    }

    /** First the structure is fetched, then what is to be sent. */
    private Cuse.Answer message(Cuse.Memory structure, ByteBuffer given, int room) {
        if (given.remaining() == 0) {
            return new Cuse.Answer.Wants(List.of(structure), List.of());
        }
        int length = given.getInt(16);
        if (room == 0) {
            Cuse.Memory sent = new Cuse.Memory(given.getLong(0), length);
            Cuse.Memory received = new Cuse.Memory(given.getLong(8), length);
            return new Cuse.Answer.Wants(List.of(structure, sent), List.of(received));
        }
        asked.add("MESSAGE bytes=" + length + " hertz=" + given.getInt(20) + " bits=" + given.get(26));
        byte[] wire = new byte[length];
        given.get(TRANSFER_BYTES, wire);
        try {
            chip.transfer(wire);
        } catch (IOException _) {
            return new Cuse.Answer.Refused(Errno.EIO);
        }
        if ((mode & CLOCK_MODE) != chipMode) {
            delay(wire);
        }
        return new Cuse.Answer.Done(length, wire);
    }

    private static void delay(byte[] wire) {
        int carry = 0;
        for (int i = 0; i < wire.length; i++) {
            int shifted = (wire[i] & 0xff) >> 1 | carry << 7;
            carry = wire[i] & 1;
            wire[i] = (byte) shifted;
        }
    }

    /** The node goes; calls under way and later ones fail. */
    void unplug() throws IOException {
        cuse.close();
    }

    @Override
    public void close() throws IOException {
        unplug();
    }
}
