package org.emberline.edge.app;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emberline.edge.frame.DetectorRole;
import org.emberline.edge.pipeline.Ledger;
import org.emberline.edge.pipeline.RunState;
import org.emberline.edge.pipeline.RunView;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.ChannelView;
import org.emberline.edge.pipeline.Snapshot.DetectorView;
import org.jspecify.annotations.Nullable;

/** Published states as a test wants them. */
final class Snapshots {

    private Snapshots() {}

    static Snapshot of(long sequence, @Nullable String fault, List<ChannelView> channels, Ledger... ledgers) {
        RunState state = fault == null ? new RunState.Acquiring() : new RunState.Faulted(fault);
        return new Snapshot(
                sequence,
                new RunView("run", state, Instant.EPOCH, "cpu", fault),
                channels,
                Stream.of(ledgers).map(Snapshots::detector).toList());
    }

    /** Frames in and out, nothing lost. */
    static Ledger ledger(long frames, long archived) {
        return ledger(frames, archived, Map.of());
    }

    static Ledger ledger(long frames, long archived, Map<String, Long> lost) {
        return new Ledger(frames, frames, archived, archived, archived, lost);
    }

    static ChannelView temperature(String channel, long stamp) {
        return new ChannelView(channel, stamp, 850, 0.2, null);
    }

    static ChannelView fault(String channel, long stamp) {
        return new ChannelView(channel, stamp, Double.NaN, Double.NaN, "OPEN_CIRCUIT");
    }

    private static DetectorView detector(Ledger ledger) {
        return new DetectorView(
                "panel", DetectorRole.DIFFRACTION, "cpu", ledger, null, null, null, List.of(), List.of());
    }
}
