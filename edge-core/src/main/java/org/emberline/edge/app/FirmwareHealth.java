package org.emberline.edge.app;

import java.util.Optional;
import org.emberline.edge.pipeline.RunState;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.ChannelView;

/** What takes the interlock's permission away. */
final class FirmwareHealth {
    private final long lostNanos;
    private final String channel;
    private long soundNanos;
    private long latestStamp = Long.MIN_VALUE;

    /**
     * @param channel the first thermocouple; empty when there is none to be lost
     * @param lostNanos how long it may go without a temperature
     * @param nowNanos begin of the run, from which the first is awaited
     */
    FirmwareHealth(String channel, long lostNanos, long nowNanos) {
        this.channel = channel;
        this.lostNanos = lostNanos;
        soundNanos = nowNanos;
    }

    /**
     * What is wrong, empty while nothing is.
     *
     * @param nowNanos on the scale of {@link System#nanoTime()}
     */
    Optional<String> trouble(Snapshot snapshot, long nowNanos) {
        if (snapshot.run().phase() == RunState.Phase.FAULTED || snapshot.run().fault() != null) {
            return Optional.of("the run is faulted");
        }
        if (channel.isEmpty()) {
            return Optional.empty();
        }
        for (ChannelView view : snapshot.channels()) {
            if (view.name().equals(channel) && view.fault() == null && view.timestampNanos() != latestStamp) {
                latestStamp = view.timestampNanos();
                soundNanos = nowNanos;
            }
        }
        return nowNanos - soundNanos < lostNanos
                ? Optional.empty()
                : Optional.of("no temperature of " + channel + " for " + lostNanos / 1e9 + " s");
    }
}
