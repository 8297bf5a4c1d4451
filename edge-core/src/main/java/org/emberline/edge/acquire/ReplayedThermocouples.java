package org.emberline.edge.acquire;

import java.util.List;
import java.util.function.Consumer;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.Thermocouples;
import org.jspecify.annotations.Nullable;

/**
 * The temperature log of a replay as a thermocouple channel {@code furnace}. It has no thread of its own: the {@link ReplaySource}s of a
 * run move it on, on the threads that ask for frames, so that a replay gives the same result every time. One of them delivers at a time.
 */
public final class ReplayedThermocouples implements Thermocouples {
    private static final List<String> CHANNELS = List.of("furnace");

    private final TemperatureTable table;
    private final long startEpochNanos;
    private final double sigmaCelsius;
    private final double leadSeconds;
    private volatile @Nullable Consumer<? super ThermocoupleReading> sink;
    private volatile boolean closed;
    private int nextRow;

    /**
     * @param startEpochNanos time 0 of the table, nanoseconds since the Unix epoch
     * @param sigmaCelsius standard uncertainty of each reading, kelvin
     * @param leadSeconds how much longer than to the end of an exposure the record must reach, as for a thermocouple that lags
     */
    public ReplayedThermocouples(
            TemperatureTable table, long startEpochNanos, double sigmaCelsius, double leadSeconds) {
        if (!(sigmaCelsius >= 0) || Double.isInfinite(sigmaCelsius)) {
            throw new IllegalArgumentException(
                    "uncertainty must be finite and not negative sigmaCelsius=" + sigmaCelsius);
        }
        this.table = table;
        this.startEpochNanos = startEpochNanos;
        this.sigmaCelsius = sigmaCelsius;
        this.leadSeconds = leadSeconds;
    }

    @Override
    public List<String> channels() {
        return CHANNELS;
    }

    @Override
    public void start(Consumer<? super ThermocoupleReading> newSink) {
        if (sink != null) {
            throw new IllegalStateException("started twice channel=furnace");
        }
        sink = newSink;
    }

    TemperatureTable table() {
        return table;
    }

    /** Delivers all readings that an exposure until then needs, and the first one after. Seconds since time 0 of the table. */
    synchronized void advanceTo(double seconds) {
        while (nextRow < table.size() && (nextRow == 0 || table.seconds(nextRow - 1) <= seconds + leadSeconds)) {
            deliver(nextRow++);
        }
    }

    private void deliver(int row) {
        Consumer<? super ThermocoupleReading> to = sink;
        if (to == null) {
            throw new IllegalStateException("thermocouples must be started before the first frame channel=furnace");
        }
        if (!closed) {
            to.accept(reading(row));
        }
    }

    private ThermocoupleReading reading(int row) {
        long nanos = startEpochNanos + Math.round(table.seconds(row) * 1e9);
        return table.isDropout(row)
                ? new ThermocoupleReading.Fault(0, nanos, ThermocoupleReading.FaultKind.NO_RESPONSE)
                : new ThermocoupleReading.Temperature(0, nanos, table.celsius(row), sigmaCelsius);
    }

    @Override
    public void close() {
        closed = true;
    }
}
