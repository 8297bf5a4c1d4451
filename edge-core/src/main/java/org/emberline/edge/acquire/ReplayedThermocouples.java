package org.emberline.edge.acquire;

import java.util.List;
import java.util.function.Consumer;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.Thermocouples;
import org.jspecify.annotations.Nullable;

/**
 * The temperature log of a replay as a thermocouple channel {@code furnace}. It has no thread of its own: {@link ReplaySource} moves
 * it on, on the thread that asks for frames, so that a replay gives the same result every time.
 */
public final class ReplayedThermocouples implements Thermocouples {
    private static final List<String> CHANNELS = List.of("furnace");

    private final TemperatureTable table;
    private final ReplayTiming timing;
    private final double sigmaCelsius;
    private volatile @Nullable Consumer<? super ThermocoupleReading> sink;
    private volatile boolean closed;
    private int nextRow;

    ReplayedThermocouples(TemperatureTable table, ReplayTiming timing, double sigmaCelsius) {
        if (!(sigmaCelsius >= 0) || Double.isInfinite(sigmaCelsius)) {
            throw new IllegalArgumentException(
                    "uncertainty must be finite and not negative sigmaCelsius=" + sigmaCelsius);
        }
        this.table = table;
        this.timing = timing;
        this.sigmaCelsius = sigmaCelsius;
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

    /** Delivers all readings up to that time, and the first one after it. */
    void advanceTo(double seconds) {
        while (nextRow < table.size() && (nextRow == 0 || table.seconds(nextRow - 1) <= seconds)) {
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
        long nanos = timing.epochNanos(table.seconds(row));
        return table.isDropout(row)
                ? new ThermocoupleReading.Fault(0, nanos, ThermocoupleReading.FaultKind.NO_RESPONSE)
                : new ThermocoupleReading.Temperature(0, nanos, table.celsius(row), sigmaCelsius);
    }

    @Override
    public void close() {
        closed = true;
    }
}
