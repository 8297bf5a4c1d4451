package org.emberline.edge.app;

import java.util.Optional;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.ChannelView;

/** What takes the interlock's permission away, and what has to be known before it is given. One thread. */
final class FirmwareHealth {
    private final long lostNanos;
    private final String channel;
    private boolean looked;
    private boolean heard;
    private boolean faulted;
    private boolean lost;
    private long soundNanos;
    private long latestStamp;

    /**
     * @param channel the first thermocouple; empty when there is none to be lost
     * @param lostNanos how long it may go without a temperature; the first one is awaited from the first look on
     */
    FirmwareHealth(String channel, long lostNanos) {
        this.channel = channel;
        this.lostNanos = lostNanos;
    }

    /**
     * Looks at the run.
     *
     * @param nowNanos on the scale of {@link System#nanoTime()}
     */
    void look(Snapshot snapshot, long nowNanos) {
        if (!looked) {
            looked = true;
            soundNanos = nowNanos;
        }
        for (ChannelView view : snapshot.channels()) {
            if (view.name().equals(channel)
                    && view.fault() == null
                    && (!heard || view.timestampNanos() != latestStamp)) {
                heard = true;
                latestStamp = view.timestampNanos();
                soundNanos = nowNanos;
            }
        }
        faulted = snapshot.run().faulted();
        lost = !channel.isEmpty() && nowNanos - soundNanos >= lostNanos;
    }

    /** Whether nothing can be said yet: no temperature has come, and none is overdue. */
    boolean awaiting() {
        return !channel.isEmpty() && !heard && !lost && !faulted;
    }

    /** What was wrong at the latest look, empty when nothing was. */
    Optional<String> trouble() {
        if (faulted) {
            return Optional.of("the run is faulted");
        }
        return lost ? Optional.of("no temperature of " + channel + " for " + lostNanos / 1e9 + " s") : Optional.empty();
    }
}
