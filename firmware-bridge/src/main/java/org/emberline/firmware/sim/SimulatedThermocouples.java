package org.emberline.firmware.sim;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.Thermocouples;

/**
 * Thermocouples without wires: a simulation delivers the readings, from one thread of its own. What it delivers before {@link #start}
 * or after {@link #close} reaches nobody and is counted in {@link #ignored}.
 */
public final class SimulatedThermocouples implements Thermocouples {
    private final List<String> channels;
    private final long[] latestNanos;
    private final Outlet<ThermocoupleReading> outlet = new Outlet<>("simulated thermocouples");

    /** @param channels names in the order of their indices, at least one */
    public SimulatedThermocouples(List<String> channels) {
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("at least one thermocouple channel is needed channels=" + channels);
        }
        this.channels = List.copyOf(channels);
        latestNanos = new long[channels.size()];
        Arrays.fill(latestNanos, Long.MIN_VALUE);
    }

    @Override
    public List<String> channels() {
        return channels;
    }

    @Override
    public void start(Consumer<? super ThermocoupleReading> sink) {
        outlet.open(sink);
    }

    /**
     * Hands a reading to the sink, on the calling thread.
     *
     * @return whether a sink took it
     * @throws IllegalArgumentException for an unknown channel, or a time not after the channel's latest: the port promises order
     */
    public boolean deliver(ThermocoupleReading reading) {
        int channel = reading.channel();
        if (channel < 0 || channel >= latestNanos.length) {
            throw new IllegalArgumentException("no such channel channel=" + channel + " channels=" + channels);
        }
        if (reading.timestampNanos() <= latestNanos[channel]) {
            throw new IllegalArgumentException("reading out of order channel=" + channel + " timestampNanos="
                    + reading.timestampNanos() + " latest=" + latestNanos[channel]);
        }
        latestNanos[channel] = reading.timestampNanos();
        return outlet.deliver(reading);
    }

    /** Readings that no sink took. */
    public long ignored() {
        return outlet.ignored();
    }

    @Override
    public void close() {
        outlet.close();
    }
}
