package org.emberline.firmware.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBus;
import com.pi4j.io.spi.SpiConfig;
import com.pi4j.io.spi.SpiMode;
import java.io.IOException;
import org.emberline.firmware.bus.SpiDevice;

/** A chip on {@code /dev/spidev} by way of Pi4J. */
final class Pi4jSpi implements SpiDevice {
    private final Context context;
    private final Spi spi;
    private final String device;
    private boolean closed;

    Pi4jSpi(Context context, String id, String device, SpiSettings settings) throws IOException {
        this.context = context;
        this.device = device;
        spi = Pi4jCall.of(device, () -> {
            SpiConfig config = Spi.newConfigBuilder(context)
                    .id(id)
                    .bus(SpiBus.getByNumber(settings.bus()))
                    .address(settings.chipSelect())
                    .mode(SpiMode.getByNumber(settings.mode()))
                    .baud(settings.hertz())
                    .build();
            return context.spi().create(config);
        });
    }

    @Override
    public void transfer(byte[] bytes) throws IOException {
        int result = Pi4jCall.of(device, () -> spi.transfer(bytes, 0, bytes, 0, bytes.length));
        if (result < 0) {
            throw new IOException(device + ": the kernel refuses the transfer bytes=" + bytes.length);
        }
    }

    @Override
    public void close() {
        if (!closed && !context.isShutdown()) { // its end has closed all devices
            closed = true;
            spi.close();
            // Or the end of the context would close the same number again, which may be another file's by then.
            context.registry().remove(spi.id());
        }
    }
}
