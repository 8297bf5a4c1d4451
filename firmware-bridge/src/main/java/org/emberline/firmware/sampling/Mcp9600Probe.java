package org.emberline.firmware.sampling;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.bus.I2cDevice;
import org.emberline.firmware.chip.Conversion;
import org.emberline.firmware.chip.Mcp9600;
import org.emberline.firmware.chip.Mcp9600Settings;

/**
 * A {@link Mcp9600} or MCP9601 on I2C. Its settings are read back with every reading. It says itself whether it has something new; when
 * that ended is known to half the time since it was last asked, or to half a conversion. Bursts begin when the one before was read, so
 * their time is known.
 */
public final class Mcp9600Probe implements Probe {
    private final Connection<I2cDevice> connection;
    private final Mcp9600 chip;
    private final LongSupplier nanoTime;
    private final byte[] one = new byte[1];
    private final byte[] hot = new byte[Mcp9600.TEMPERATURE_BYTES];
    private final byte[] cold = new byte[Mcp9600.TEMPERATURE_BYTES];
    /** Nothing that ended before is still to come. */
    private long lookedNanos;
    /** Begin of the latest burst, if there are bursts. */
    private long begunNanos;

    public Mcp9600Probe(Opening<I2cDevice> opening, Mcp9600 chip) {
        this(opening, chip, System::nanoTime);
    }

    Mcp9600Probe(Opening<I2cDevice> opening, Mcp9600 chip, LongSupplier nanoTime) {
        connection = new Connection<>(opening, I2cDevice::close);
        this.chip = chip;
        this.nanoTime = nanoTime;
    }

    @Override
    public void restart() throws IOException {
        I2cDevice device = connection.reopen();
        byte[] identity = new byte[2];
        device.read(Mcp9600.IDENTITY, identity);
        if (!Mcp9600.Model.of(identity[0]).equals(Optional.of(chip.model()))) {
            throw new IOException(String.format(
                    Locale.ROOT, "another chip answers identity=0x%02x expected=%s", identity[0] & 0xff, chip.model()));
        }
        write(device, Mcp9600.SENSOR_SETTINGS, chip.settings().sensorSettings());
        write(device, Mcp9600.STATUS, Mcp9600.STATUS_CLEARED);
        write(device, Mcp9600.DEVICE_SETTINGS, chip.settings().deviceSettings());
        begunNanos = nanoTime.getAsLong();
        lookedNanos = begunNanos;
    }

    @Override
    public Sample read() throws IOException {
        I2cDevice device = connection.device();
        int sensor = readByte(device, Mcp9600.SENSOR_SETTINGS);
        int settings = readByte(device, Mcp9600.DEVICE_SETTINGS);
        long now = nanoTime.getAsLong();
        if (!chip.settings().differences(sensor, settings).isEmpty()) {
            return new Sample(now, Conversion.Faulty.of(FaultKind.CONFIGURATION_LOST));
        }
        int status = readByte(device, Mcp9600.STATUS);
        device.read(Mcp9600.HOT_JUNCTION, hot);
        device.read(Mcp9600.COLD_JUNCTION, cold);
        Conversion conversion = chip.decode(hot, cold, status);
        long centre = centreNanos(now);
        lookedNanos = now;
        if (isNew(conversion)) {
            clear(device); // after the values were read: what is converted in between is shown once, and not again
        }
        return new Sample(centre, conversion);
    }

    private static boolean isNew(Conversion conversion) {
        return !(conversion instanceof Conversion.Faulty faulty)
                || !faulty.kinds().contains(FaultKind.STALE);
    }

    private long centreNanos(long nowNanos) {
        Mcp9600Settings settings = chip.settings();
        long unseen = Math.min(settings.windowNanos(), nowNanos - lookedNanos);
        long endNanos = settings.burstSamples() > 0 ? begunNanos + settings.windowNanos() : nowNanos - unseen / 2;
        return endNanos - settings.centreBeforeEndNanos();
    }

    /** What was converted until now is old; in burst mode the next burst begins. */
    private void clear(I2cDevice device) throws IOException {
        write(device, Mcp9600.STATUS, Mcp9600.STATUS_CLEARED);
        if (chip.settings().burstSamples() > 0) {
            write(device, Mcp9600.DEVICE_SETTINGS, chip.settings().deviceSettings());
        }
        begunNanos = nanoTime.getAsLong();
    }

    private int readByte(I2cDevice device, int register) throws IOException {
        device.read(register, one);
        return one[0] & 0xff;
    }

    private static void write(I2cDevice device, int register, int value) throws IOException {
        device.write(register, new byte[] {(byte) value});
    }

    @Override
    public void close() {
        connection.close();
    }
}
