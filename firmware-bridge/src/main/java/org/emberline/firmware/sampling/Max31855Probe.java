package org.emberline.firmware.sampling;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.bus.SpiDevice;
import org.emberline.firmware.chip.Conversion;
import org.emberline.firmware.chip.Max31855;

/**
 * A {@link Max31855} on SPI. The chip converts without end and does not say when: a reading is stamped one conversion before it was read,
 * which is true to half of one (35 ms). Asked sooner than it is sure to have something new, it is STALE without being asked.
 */
public final class Max31855Probe implements Probe {
    private final Connection<SpiDevice> connection;
    private final Max31855 chip;
    private final LongSupplier nanoTime;
    private final byte[] reply = new byte[Max31855.BYTES];
    private long readNanos;

    /** @param opening of SPI mode 0, at most 5 MHz */
    public Max31855Probe(Opening<SpiDevice> opening, Max31855 chip) {
        this(opening, chip, System::nanoTime);
    }

    Max31855Probe(Opening<SpiDevice> opening, Max31855 chip, LongSupplier nanoTime) {
        connection = new Connection<>(opening, SpiDevice::close);
        this.chip = chip;
        this.nanoTime = nanoTime;
        readNanos = nanoTime.getAsLong() - Max31855.LONGEST_NANOS;
    }

    @Override
    public Sample read() throws IOException {
        SpiDevice device = connection.device();
        long now = nanoTime.getAsLong();
        if (now - readNanos < Max31855.LONGEST_NANOS) {
            return new Sample(now, Conversion.Faulty.of(FaultKind.STALE));
        }
        device.transfer(reply);
        readNanos = now;
        return new Sample(now - Max31855.WINDOW_NANOS, chip.decode(Max31855.word(reply)));
    }

    @Override
    public void restart() throws IOException {
        connection.reopen();
    }

    @Override
    public void close() {
        connection.close();
    }
}
