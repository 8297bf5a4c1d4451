package org.emberline.edge.app;

import java.io.PrintWriter;
import java.util.List;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.TriggerInput;
import org.jspecify.annotations.Nullable;

/** Shows what is on a {@link SensorBoard}: what is new once a second, a fault when it begins. One thread. */
final class SensorView {
    private static final long PERIOD_NANOS = 1_000_000_000;

    private final List<String> channels;
    private final @Nullable TriggerInput trigger;
    private final SensorBoard board;
    private final SensorFormat format;
    private final PrintWriter out;
    private final long[] shownStamps;
    private boolean shownLoss;
    private long shownEdges;
    private long edgesNanos;
    private long dueNanos;

    /**
     * @param channels names by index
     * @param trigger whose failure is told, or null
     * @param nowNanos begin of the first second, on the scale of {@link System#nanoTime()}
     */
    SensorView(
            List<String> channels,
            @Nullable TriggerInput trigger,
            SensorBoard board,
            SensorFormat format,
            PrintWriter out,
            long nowNanos) {
        this.channels = List.copyOf(channels);
        this.trigger = trigger;
        this.board = board;
        this.format = format;
        this.out = out;
        shownStamps = new long[channels.size()];
        edgesNanos = nowNanos;
        dueNanos = nowNanos + PERIOD_NANOS;
    }

    /**
     * One look; to come often.
     *
     * @param nowNanos on the scale of {@link System#nanoTime()}
     * @param utcNanos the same moment, nanoseconds since the Unix epoch
     */
    void tick(long nowNanos, long utcNanos) {
        showFaults();
        showLoss(utcNanos);
        long late = nowNanos - dueNanos;
        if (late >= 0) {
            showReadings();
            showEdges(nowNanos, utcNanos);
            dueNanos += (late / PERIOD_NANOS + 1) * PERIOD_NANOS;
        }
    }

    /** What came since the latest line. */
    void showRest() {
        showFaults();
        showReadings();
    }

    private void showFaults() {
        for (int i = 0; i < channels.size(); i++) {
            board.takeBegun(i).ifPresent(this::show);
        }
    }

    private void showReadings() {
        for (int i = 0; i < channels.size(); i++) {
            ThermocoupleReading reading = board.latest(i);
            if (reading != null && reading.timestampNanos() > shownStamps[i]) {
                show(reading);
            }
        }
    }

    private void show(ThermocoupleReading reading) {
        shownStamps[reading.channel()] = reading.timestampNanos();
        out.println(format.reading(channels.get(reading.channel()), reading));
    }

    private void showEdges(long nowNanos, long utcNanos) {
        if (trigger == null) {
            return;
        }
        SensorBoard.Edges edges = board.edges();
        double perSecond = (edges.seen() - shownEdges) * 1e9 / (nowNanos - edgesNanos);
        shownEdges = edges.seen();
        edgesNanos = nowNanos;
        out.println(format.edges(utcNanos, perSecond, edges));
    }

    private void showLoss(long utcNanos) {
        if (trigger != null && !shownLoss) {
            trigger.failure().ifPresent(failure -> {
                shownLoss = true;
                out.println(format.lost(utcNanos, failure));
            });
        }
    }
}
