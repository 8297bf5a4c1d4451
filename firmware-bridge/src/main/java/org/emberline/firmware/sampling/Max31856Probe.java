package org.emberline.firmware.sampling;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.bus.SpiDevice;
import org.emberline.firmware.chip.Conversion;
import org.emberline.firmware.chip.Max31856;
import org.emberline.firmware.chip.Max31856Settings;
import org.emberline.firmware.chip.Max31856Settings.Mode;

/**
 * A {@link Max31856} on SPI. One transfer reads its settings back together with the result, so that a chip that forgot them, or that is not
 * there, never passes for a temperature.
 *
 * <p>In one-shot mode each reading begins the next conversion, whose centre is therefore known; it is delivered when it is next asked
 * for. In automatic mode the stamp is true to half a conversion. Asked sooner than a conversion is sure to be done, the probe is STALE and
 * leaves the chip alone.
 */
public final class Max31856Probe implements Probe {
    /** Address byte, then registers 00 to 0F. */
    private static final int BYTES = 17;

    private static final int SETTINGS_AT = 1;
    private static final int RESULT_AT = BYTES - Max31856.RESULT_BYTES;

    private final Connection<SpiDevice> connection;
    private final Max31856 chip;
    private final LongSupplier nanoTime;
    private final byte[] registers = new byte[BYTES];
    /** One-shot: begin of the conversion; automatic: from when on a whole one must have passed. */
    private long sinceNanos;

    /** @param opening of SPI mode 1, at most 5 MHz */
    public Max31856Probe(Opening<SpiDevice> opening, Max31856 chip) {
        this(opening, chip, System::nanoTime);
    }

    Max31856Probe(Opening<SpiDevice> opening, Max31856 chip, LongSupplier nanoTime) {
        connection = new Connection<>(opening, SpiDevice::close);
        this.chip = chip;
        this.nanoTime = nanoTime;
    }

    @Override
    public void restart() throws IOException {
        SpiDevice device = connection.reopen();
        for (byte[] write : chip.settings().writes()) {
            device.transfer(write);
        }
        begin(device);
    }

    @Override
    public Sample read() throws IOException {
        SpiDevice device = connection.device();
        Max31856Settings settings = chip.settings();
        long now = nanoTime.getAsLong();
        if (now - sinceNanos < settings.longestNanos()) {
            return new Sample(now, Conversion.Faulty.of(FaultKind.STALE));
        }
        Arrays.fill(registers, (byte) 0); // the address of the first, and nothing to say
        device.transfer(registers);
        long centre = settings.mode() == Mode.ONE_SHOT
                ? sinceNanos + settings.windowNanos() / 2
                : now - settings.windowNanos();
        Optional<Conversion.Faulty> wrong = chip.configurationFault(registers, SETTINGS_AT);
        if (wrong.isPresent()) {
            return new Sample(now, wrong.get());
        }
        Conversion conversion = chip.decode(registers, RESULT_AT);
        begin(device);
        return new Sample(centre, conversion);
    }

    private void begin(SpiDevice device) throws IOException {
        if (chip.settings().mode() == Mode.ONE_SHOT) {
            device.transfer(chip.settings().startConversion());
        }
        sinceNanos = nanoTime.getAsLong();
    }

    @Override
    public void close() {
        connection.close();
    }
}
