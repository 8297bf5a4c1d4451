package org.emberline.firmware.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Clock polarity and phase of a device behind {@code /dev/spidev} ({@code linux/spi/spidev.h}). The kernel keeps them when the device is
 * closed: whoever opens it next finds what was set last, by whatever program.
 */
public final class SpiClockMode {
    private static final long READ_MODE = Ioctl.read('k', 5, Integer.BYTES);
    private static final long WRITE_MODE = Ioctl.write('k', 5, Integer.BYTES);
    /** SPI_CPHA and SPI_CPOL. */
    private static final int CLOCK = 0b11;

    private SpiClockMode() {}

    /**
     * Sets them for now and for later openings. The other bits of the mode, which describe the board's wiring, stay.
     *
     * @param mode 0 to 3
     * @throws DeviceException as {@link Descriptor#open}, and when the device is none on SPI or its controller does not have this mode
     */
    public static void set(SystemCalls calls, Path device, int mode) throws DeviceException {
        try (Descriptor descriptor = Descriptor.open(calls, device, SystemCalls.READ_WRITE);
                Arena arena = Arena.ofConfined()) {
            MemorySegment bits = arena.allocate(JAVA_INT);
            descriptor.ioctl(READ_MODE, bits);
            int found = bits.get(JAVA_INT, 0);
            int wanted = (found & ~CLOCK) | mode;
            if (found != wanted) {
                bits.set(JAVA_INT, 0, wanted);
                descriptor.ioctl(WRITE_MODE, bits);
            }
        }
    }
}
