package org.emberline.firmware.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emberline.firmware.TriggerInput;
import org.emberline.firmware.bus.OutputLine;
import org.emberline.firmware.chip.Max31855;
import org.emberline.firmware.chip.Max31856;
import org.emberline.firmware.chip.Mcp9600;
import org.emberline.firmware.clock.UtcClock;
import org.emberline.firmware.csv.CsvThermocouples;
import org.emberline.firmware.gpiochip.GpioChipOutput;
import org.emberline.firmware.gpiochip.GpioChipTrigger;
import org.emberline.firmware.iio.IioDevices;
import org.emberline.firmware.iio.IioProbe;
import org.emberline.firmware.linux.SmbusDevice;
import org.emberline.firmware.pi4j.Pi4j;
import org.emberline.firmware.sampling.FaultPolicy;
import org.emberline.firmware.sampling.Max31855Probe;
import org.emberline.firmware.sampling.Max31856Probe;
import org.emberline.firmware.sampling.Mcp9600Probe;
import org.emberline.firmware.sampling.Probe;
import org.emberline.firmware.sampling.SampledChannel;
import org.emberline.firmware.sampling.SampledThermocouples;

/**
 * Opens what settings name, on one clock: a reading and an edge of the same moment bear the same time. What it opens is closed by whoever
 * asked for it, and before the bridge. One thread.
 */
public final class FirmwareBridge implements AutoCloseable {
    private final UtcClock clock;
    private final Pi4j pi4j;
    private final IioDevices iio;

    /** Of this machine. Loads nothing yet. */
    public FirmwareBridge() {
        this(new UtcClock());
    }

    /**
     * Of this machine's devices. Loads nothing yet.
     *
     * @param clock stamps what they say
     */
    public FirmwareBridge(UtcClock clock) {
        this.clock = clock;
        pi4j = new Pi4j();
        iio = new IioDevices();
    }

    /** What relates all stamps to UTC. */
    public UtcClock clock() {
        return clock;
    }

    /**
     * Opens all channels once, so that what is missing is told before anything starts; what is lost later is tried again for ever.
     *
     * @param channels at least one, with different names
     * @throws IOException naming every device that cannot be had, a line each
     */
    public SampledThermocouples thermocouples(List<ChannelSettings> channels, FaultPolicy policy) throws IOException {
        List<SampledChannel> opened = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (ChannelSettings settings : channels) {
            SampledChannel channel = channel(settings);
            opened.add(channel);
            try {
                channel.probe().restart();
            } catch (IOException e) {
                missing.add("thermocouple " + settings.name() + ": " + e.getMessage());
            }
        }
        if (!missing.isEmpty()) {
            opened.forEach(channel -> channel.probe().close());
            throw new IOException(String.join("\n", missing));
        }
        return new SampledThermocouples(opened, policy, clock::relation);
    }

    /**
     * Follows a log that another program writes. A log that is not there yet is waited for.
     *
     * @throws IOException when not even its folder is there
     */
    public CsvThermocouples log(LogSettings settings) throws IOException {
        Path folder = settings.file().toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("temperature_log: there is no folder for the log file=" + settings.file());
        }
        return new CsvThermocouples(settings.file(), settings.format(), settings.following(), clock::relation);
    }

    private SampledChannel channel(ChannelSettings settings) {
        return new SampledChannel(settings.name(), bus(settings), probe(settings), settings.periodNanos());
    }

    private static String bus(ChannelSettings settings) {
        return switch (settings) {
            case ChannelSettings.OnMax31855 chip -> "spi " + chip.spi().bus();
            case ChannelSettings.OnMax31856 chip -> "spi " + chip.spi().bus();
            case ChannelSettings.OnMcp9600 chip -> "i2c " + chip.bus();
            case ChannelSettings.OnIio device -> "iio " + device.iio().device();
        };
    }

    private Probe probe(ChannelSettings settings) {
        return switch (settings) {
            case ChannelSettings.OnMax31855 chip ->
                new Max31855Probe(() -> pi4j.spi(chip.spi()), new Max31855(chip.type()));
            case ChannelSettings.OnMax31856 chip ->
                new Max31856Probe(() -> pi4j.spi(chip.spi()), new Max31856(chip.chip()));
            case ChannelSettings.OnMcp9600 chip ->
                new Mcp9600Probe(
                        () -> SmbusDevice.open(chip.bus(), chip.address()), new Mcp9600(chip.model(), chip.chip()));
            case ChannelSettings.OnIio device -> new IioProbe(iio, device.iio());
        };
    }

    /** @throws IOException in one line: no such chip or line, no right, in use, or not able to do it, with the remedy */
    public TriggerInput trigger(LineChoice.Trigger line) throws IOException {
        return switch (line) {
            case LineChoice.KernelTrigger kernel -> GpioChipTrigger.open(kernel.settings(), clock);
            case LineChoice.Pi4jLine pi -> pi4j.trigger(pi.settings(), clock);
        };
    }

    /**
     * Inactive at first.
     *
     * @throws IOException as {@link #trigger}
     */
    public OutputLine output(LineChoice.Output line) throws IOException {
        return switch (line) {
            case LineChoice.KernelOutput kernel -> GpioChipOutput.open(kernel.settings());
            case LineChoice.Pi4jLine pi -> pi4j.output(pi.settings());
        };
    }

    @Override
    public void close() {
        pi4j.close();
    }
}
