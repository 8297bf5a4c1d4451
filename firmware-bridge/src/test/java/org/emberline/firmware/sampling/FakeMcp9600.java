package org.emberline.firmware.sampling;

import java.io.IOException;
import java.util.function.LongSupplier;
import java.util.function.LongToDoubleFunction;
import org.emberline.firmware.bus.I2cDevice;

/** An MCP9600 made anew from its data sheet: 18 bits (320 ms), no filter, normal mode; the cold junction stays at 25 degrees. */
final class FakeMcp9600 implements I2cDevice {
    private static final long WINDOW = 320_000_000;

    private final LongSupplier now;
    private final LongToDoubleFunction celsius;
    private final long bornNanos;
    private long shown = -1;
    private int hot;
    private int status;
    private int sensor;
    private int device;
    int identity = 0x40;
    boolean plugged = true;

    FakeMcp9600(LongSupplier now, LongToDoubleFunction celsius) {
        this.now = now;
        this.celsius = celsius;
        bornNanos = now.getAsLong();
    }

    FakeMcp9600 open() {
        return this;
    }

    void dip() {
        sensor = 0;
        device = 0;
    }

    private void convert() throws IOException {
        if (!plugged) {
            throw new IOException("i2c-1 0x60: no acknowledge");
        }
        long done = (now.getAsLong() - bornNanos) / WINDOW - 1;
        if (done > shown) {
            shown = done;
            hot = (int) Math.round(celsius.applyAsDouble(bornNanos + done * WINDOW + WINDOW / 2) * 16);
            status |= 0x40;
        }
    }

    @Override
    public void read(int register, byte[] into) throws IOException {
        convert();
        int value = switch (register) {
            case 0x00 -> hot;
            case 0x02 -> 25 * 16;
            case 0x04 -> status;
            case 0x05 -> sensor;
            case 0x06 -> device;
            case 0x20 -> (identity << 8) | 0x11;
            default -> throw new IOException("no such register " + register);
        };
        for (int i = 0; i < into.length; i++) {
            into[i] = (byte) (value >> (8 * (into.length - 1 - i)));
        }
    }

    @Override
    public void write(int register, byte[] bytes) throws IOException {
        convert();
        switch (register) {
            case 0x04 -> status = bytes[0] & 0xff;
            case 0x05 -> sensor = bytes[0] & 0xff;
            case 0x06 -> device = bytes[0] & 0xff;
            default -> throw new IOException("read only register " + register);
        }
    }

    @Override
    public void close() {}
}
