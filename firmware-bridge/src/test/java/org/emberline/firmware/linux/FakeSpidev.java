package org.emberline.firmware.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/** A kernel in which every path is an SPI device, all with one mode. */
public final class FakeSpidev extends FakeCalls {
    private static final long SPI_IOC_RD_MODE32 = 0x80046b05L;
    private static final long SPI_IOC_WR_MODE32 = 0x40046b05L;
    private static final int HAS = 0xff;

    public int mode;
    int writes;
    int open;

    public FakeSpidev(int mode) {
        this.mode = mode;
    }

    @Override
    public int open(String path, int flags) {
        open++;
        return 7;
    }

    @Override
    public int close(int descriptor) {
        open--;
        return 0;
    }

    @Override
    public int ioctl(int descriptor, long request, MemorySegment argument) {
        if (request == SPI_IOC_RD_MODE32) {
            argument.set(JAVA_INT, 0, mode);
        } else if (request != SPI_IOC_WR_MODE32) {
            return -Errno.ENOTTY;
        } else if ((argument.get(JAVA_INT, 0) & ~HAS) != 0) {
            return -Errno.EINVAL;
        } else {
            mode = argument.get(JAVA_INT, 0);
            writes++;
        }
        return 0;
    }
}
