package org.emberline.edge.pipeline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emberline.edge.pipeline.Snapshot.ChannelView;
import org.emberline.edge.pipeline.Snapshot.Condition;
import org.emberline.edge.pipeline.Snapshot.DetectorView;
import org.emberline.edge.pipeline.Snapshot.FrameView;
import org.emberline.edge.pipeline.Snapshot.StationView.Name;
import org.jspecify.annotations.Nullable;

/**
 * Judges the stations that frames pass by their books: a loss of the last minute is a warning, whatever was lost before is past. One thread.
 */
final class StationRules {
    private static final long RECENT_NANOS = 60_000_000_000L;
    /** So many frames in front of the archive are more than it commits at once. */
    private static final long MANY_WAITING = 256;

    private static final Set<EndReason> GOOD_ENDS = EnumSet.of(EndReason.COMPLETED, EndReason.STOPPED);
    private static final Set<Loss> OF_SYNC = EnumSet.of(
            Loss.FRAME_MISSING,
            Loss.TRIGGER_MISSING,
            Loss.TRIGGER_UNREAD,
            Loss.TRIGGER_SPURIOUS,
            Loss.DUPLICATE,
            Loss.LATE,
            Loss.STRAY,
            Loss.OUT_OF_ORDER);
    private static final Set<Loss> OF_REDUCE = EnumSet.of(Loss.REDUCTION_FAILED, Loss.QUEUE_FULL);
    private static final Set<Loss> OF_ARCHIVE =
            EnumSet.of(Loss.PATTERN_NOT_KEPT, Loss.PREVIEW_NOT_KEPT, Loss.MAP_NOT_KEPT);

    private final HealthBoard board;
    private final Map<Loss, Long> counts = new EnumMap<>(Loss.class);
    private final Map<Loss, Long> grownNanos = new EnumMap<>(Loss.class);

    StationRules(HealthBoard board) {
        this.board = board;
    }

    /** Looks at what is about to be published. */
    void judge(RunView run, List<ChannelView> channels, List<DetectorView> detectors) {
        Ledger ledger = Ledger.sum(detectors.stream().map(DetectorView::ledger).toList());
        follow(ledger);
        source(run.state());
        lossesOf(Name.SYNC, OF_SYNC, "every frame has what belongs to it");
        lossesOf(Name.REDUCE, OF_REDUCE, "every frame is reduced");
        archive(ledger);
        temperature(channels, detectors);
    }

    private void follow(Ledger ledger) {
        for (Loss loss : Loss.values()) {
            long now = ledger.lost().getOrDefault(loss.name(), 0L);
            if (now > counts.getOrDefault(loss, 0L)) {
                counts.put(loss, now);
                grownNanos.put(loss, board.now());
            }
        }
    }

    private void source(RunState state) {
        switch (state) {
            case RunState.Idle _ -> board.report(Name.SOURCE, Condition.OK, "nothing has been asked for");
            case RunState.Armed _ -> board.report(Name.SOURCE, Condition.OK, "no frame has come yet");
            case RunState.Acquiring _, RunState.Faulted _ -> board.report(Name.SOURCE, Condition.OK, "frames come");
            case RunState.Draining _ -> board.report(Name.SOURCE, Condition.OK, "has ended");
            case RunState.Ended(EndReason reason) ->
                board.report(Name.SOURCE, GOOD_ENDS.contains(reason) ? Condition.OK : Condition.FAIL, reason.name());
        }
    }

    private void lossesOf(Name station, Set<Loss> losses, String sound) {
        List<String> recent = recent(losses);
        board.report(
                station,
                recent.isEmpty() ? Condition.OK : Condition.WARN,
                recent.isEmpty() ? sound : String.join(", ", recent));
    }

    /** Names of the losses that have grown in the last minute. The counts are in the ledger: a reason that changes with each is no news. */
    private List<String> recent(Set<Loss> losses) {
        List<String> names = new ArrayList<>();
        for (Loss loss : losses) {
            Long grown = grownNanos.get(loss);
            if (grown != null && board.now() - grown < RECENT_NANOS) {
                names.add(loss.name());
            }
        }
        return names;
    }

    private void archive(Ledger ledger) {
        if (ledger.lost().containsKey(Loss.ARCHIVE_FAILED.name())) {
            board.report(Name.ARCHIVE, Condition.FAIL, Loss.ARCHIVE_FAILED.name());
        } else if (ledger.waiting() >= MANY_WAITING) {
            board.report(Name.ARCHIVE, Condition.WARN, "frames wait for the disk");
        } else {
            lossesOf(Name.ARCHIVE, OF_ARCHIVE, "keeps up");
        }
    }

    private void temperature(List<ChannelView> channels, List<DetectorView> detectors) {
        List<String> faults = channels.stream()
                .filter(channel -> channel.fault() != null)
                .map(channel -> channel.name() + " " + channel.fault())
                .toList();
        boolean unknown = detectors.stream().anyMatch(detector -> isUnknown(detector.frame()));
        if (!faults.isEmpty()) {
            boolean all = faults.size() == channels.size();
            board.report(Name.TEMPERATURE, all ? Condition.FAIL : Condition.WARN, String.join(", ", faults));
        } else if (unknown) {
            board.report(Name.TEMPERATURE, Condition.WARN, "the latest frame has none");
        } else {
            board.report(Name.TEMPERATURE, Condition.OK, channels.isEmpty() ? "no thermocouple" : "is known");
        }
    }

    private static boolean isUnknown(@Nullable FrameView frame) {
        return frame != null && Double.isNaN(frame.temperatureCelsius());
    }
}
