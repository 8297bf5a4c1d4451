package org.emberline.firmware.sampling;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.function.LongToDoubleFunction;
import org.emberline.firmware.bus.SpiDevice;

/**
 * A MAX31856 made anew from its data sheet: registers with power-on values, conversions that take the typical time of one sample at
 * 50 or 60 Hz. Only what the tests need: no averaging, no limits.
 */
public final class FakeMax31856 implements SpiDevice {
    private static final int[] POWER_ON = {0x00, 0x03, 0xff, 0x7f, 0xc0, 0x7f, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final long MS = 1_000_000;

    private final LongSupplier now;
    private final LongToDoubleFunction celsius;
    private final int[] registers = POWER_ON.clone();
    private long convertingSince = Long.MAX_VALUE;
    boolean plugged = true;
    boolean failing;
    int status;
    int transfers;
    int opened;
    int closed;

    /** @param celsius of the hot junction, by the time of {@code now} */
    public FakeMax31856(LongSupplier now, LongToDoubleFunction celsius) {
        this.now = now;
        this.celsius = celsius;
    }

    FakeMax31856 open() {
        opened++;
        return this;
    }

    /** The supply goes and comes back. */
    public void dip() {
        System.arraycopy(POWER_ON, 0, registers, 0, POWER_ON.length);
        convertingSince = Long.MAX_VALUE;
    }

    /** What register SR shows from the next conversion on. */
    public void signal(int bits) {
        status = bits;
    }

    @Override
    public void transfer(byte[] bytes) throws IOException {
        transfers++;
        if (failing) {
            throw new IOException("spidev0.0: gone");
        }
        if (!plugged) {
            Arrays.fill(bytes, (byte) 0xff);
            return;
        }
        convert();
        int address = bytes[0] & 0x7f;
        boolean write = bytes[0] < 0;
        bytes[0] = 0;
        for (int i = 1; i < bytes.length; i++) {
            int register = address + i - 1;
            if (write && register < 0x0a) {
                registers[register] = bytes[i] & 0xff;
                bytes[i] = 0;
            } else {
                bytes[i] = (byte) registers[register];
            }
        }
        if (write && address == 0) {
            begin();
        }
    }

    private void begin() {
        boolean automatic = (registers[0] & 0x80) != 0;
        boolean oneShot = (registers[0] & 0x40) != 0;
        convertingSince = automatic || oneShot ? now.getAsLong() : Long.MAX_VALUE;
    }

    private void convert() {
        boolean automatic = (registers[0] & 0x80) != 0;
        boolean hz50 = (registers[0] & 1) != 0;
        long window = (automatic ? (hz50 ? 98 : 82) : (hz50 ? 169 : 143)) * MS;
        if (convertingSince == Long.MAX_VALUE || now.getAsLong() - convertingSince < window) {
            return;
        }
        long latestBegin = convertingSince;
        if (automatic) {
            latestBegin += ((now.getAsLong() - convertingSince) / window - 1) * window;
        } else {
            convertingSince = Long.MAX_VALUE;
            registers[0] &= ~0x40;
        }
        int hot = (int) Math.round(celsius.applyAsDouble(latestBegin + window / 2) * 128) << 5;
        int cold = Math.round(25f * 64) << 2;
        registers[0x0a] = cold >> 8 & 0xff;
        registers[0x0b] = cold & 0xff;
        registers[0x0c] = hot >> 16 & 0xff;
        registers[0x0d] = hot >> 8 & 0xff;
        registers[0x0e] = hot & 0xff;
        registers[0x0f] = status;
    }

    @Override
    public void close() {
        closed++;
    }
}
