package org.emberline.firmware.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A bus with one chip of 256 byte registers at 0x48, written from the kernel's headers: the numbers are theirs, not the code's. */
final class FakeI2c extends FakeCalls {
    static final int CHIP = 0x48;

    final byte[] registers = new byte[256];
    final List<String> transfers = new ArrayList<>();
    final List<Integer> closed = new ArrayList<>();
    long functionality = 0x0C7E_0000L;
    int blockLengthError;
    private long address = -1;

    @Override
    public int open(String path, int flags) {
        return flags == 0x80002 ? 7 : -Errno.EINVAL;
    }

    @Override
    public int close(int descriptor) {
        closed.add(descriptor);
        return 0;
    }

    @Override
    public int ioctl(int descriptor, long request, long argument) {
        if (request != 0x0703) {
            return -Errno.ENOTTY;
        }
        address = argument;
        return address == 0x50 ? -Errno.EBUSY : 0;
    }

    @Override
    public int ioctl(int descriptor, long request, MemorySegment argument) {
        if (request == 0x0705) {
            argument.set(JAVA_LONG, 0, functionality);
            return 0;
        }
        if (request != 0x0720) {
            return -Errno.ENOTTY;
        }
        if (address != CHIP) {
            return -Errno.ENXIO;
        }
        boolean read = argument.get(JAVA_BYTE, 0) == 1;
        int register = Byte.toUnsignedInt(argument.get(JAVA_BYTE, 1));
        @SuppressWarnings("restricted")
        MemorySegment data = argument.get(ADDRESS, 8).reinterpret(34);
        return transfer(read, register, argument.get(JAVA_INT, 4), data);
    }

    private int transfer(boolean read, int register, int size, MemorySegment data) {
        transfers.add((read ? "read " : "write ") + size + " at " + register);
        int first = size == 8 ? 1 : 0;
        int length = switch (size) {
            case 2 -> 1;
            case 3 -> 2;
            case 8 -> data.get(JAVA_BYTE, 0);
            default -> throw new AssertionError(size);
        };
        for (int i = 0; i < length; i++) {
            if (read) {
                data.set(JAVA_BYTE, first + i, registers[register + i]);
            } else {
                registers[register + i] = data.get(JAVA_BYTE, first + i);
            }
        }
        if (read && size == 8) {
            data.set(JAVA_BYTE, 0, (byte) (length - blockLengthError));
        }
        return 0;
    }
}
