package org.emberline.firmware.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CConfig;
import java.io.IOException;
import java.util.Locale;
import org.emberline.firmware.bus.I2cDevice;

/** A chip on {@code /dev/i2c} by way of Pi4J. */
final class Pi4jI2c implements I2cDevice {
    private static final int MOST_BYTES = 32;

    private final Context context;
    private final I2C i2c;
    private final String device;
    private boolean closed;

    Pi4jI2c(Context context, String id, String device, int bus, int address) throws IOException {
        this.context = context;
        this.device = String.format(Locale.ROOT, "%s address 0x%02x", device, address);
        i2c = Pi4jCall.of(this.device, () -> {
            I2CConfig config = I2C.newConfigBuilder(context)
                    .id(id)
                    .bus(bus)
                    .device(address)
                    .build();
            return context.i2c().create(config);
        });
    }

    @Override
    public void read(int register, byte[] into) throws IOException {
        String what = what("read", register, into);
        int count = Pi4jCall.of(what, () -> i2c.readRegister(register, into, 0, into.length));
        if (count != into.length) {
            throw new IOException(what + ": came short count=" + count);
        }
    }

    @Override
    public void write(int register, byte[] bytes) throws IOException {
        String what = what("write", register, bytes);
        int count = Pi4jCall.of(what, () -> i2c.writeRegister(register, bytes, 0, bytes.length));
        if (count < 0) {
            throw new IOException(what + ": the kernel refuses it");
        }
    }

    private String what(String verb, int register, byte[] bytes) {
        if (register < 0 || register > 0xff || bytes.length < 1 || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(device + ": register=" + register + " bytes=" + bytes.length);
        }
        return String.format(Locale.ROOT, "%s %s register 0x%02x", device, verb, register);
    }

    @Override
    public void close() {
        if (!closed && !context.isShutdown()) { // its end has closed all devices
            closed = true;
            context.registry().remove(i2c.id());
        }
    }
}
