package org.emberline.edge.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.emberline.edge.frame.DetectorRole;
import org.emberline.edge.pipeline.Snapshot.ChannelView;
import org.emberline.edge.pipeline.Snapshot.DetectorView;
import org.emberline.edge.pipeline.Snapshot.StationView;
import org.emberline.edge.pipeline.Snapshot.StationView.Name;
import org.junit.jupiter.api.Test;

/** A station warns while something was lost within the last minute, and says since when it stands as it does. */
class StationRulesTest {
    private static final long SECOND = 1_000_000_000L;

    private long now = 1_700_000_000 * SECOND;
    private final HealthBoard board = new HealthBoard(() -> now);
    private final StationRules rules = new StationRules(board);

    private void judge(RunState state, long frames, long archived, Map<String, Long> lost, ChannelView... channels) {
        Ledger ledger = new Ledger(frames, frames, frames, frames, archived, lost);
        DetectorView panel = new DetectorView(
                "panel", DetectorRole.DIFFRACTION, "cpu", ledger, null, null, null, List.of(), List.of());
        rules.judge(new RunView("r", state, Instant.EPOCH, "cpu", null), List.of(channels), List.of(panel));
    }

    private StationView station(Name name) {
        return board.view().stream()
                .filter(station -> station.name() == name)
                .findFirst()
                .orElseThrow();
    }

    private String said(Name name) {
        return station(name).condition() + " " + station(name).reason();
    }

    @Test
    void aLossIsAWarningForAMinute() {
        judge(new RunState.Acquiring(), 10, 10, Map.of());
        assertEquals("OK every frame has what belongs to it", said(Name.SYNC));
        long begin = now;
        assertEquals(begin, station(Name.SYNC).sinceNanos());
        now += 5 * SECOND;
        judge(new RunState.Acquiring(), 20, 20, Map.of("LATE", 1L, "TRIGGER_UNREAD", 3L));
        assertEquals("WARN TRIGGER_UNREAD, LATE", said(Name.SYNC));
        assertEquals(begin + 5 * SECOND, station(Name.SYNC).sinceNanos());
        assertEquals(begin, station(Name.REDUCE).sinceNanos(), "of others it is no matter");
        now += 59 * SECOND;
        judge(new RunState.Acquiring(), 30, 30, Map.of("LATE", 2L, "TRIGGER_UNREAD", 3L));
        assertEquals("WARN TRIGGER_UNREAD, LATE", said(Name.SYNC));
        assertEquals(begin + 5 * SECOND, station(Name.SYNC).sinceNanos());
        now += 2 * SECOND;
        judge(new RunState.Acquiring(), 30, 30, Map.of("LATE", 2L, "TRIGGER_UNREAD", 3L));
        assertEquals("WARN LATE", said(Name.SYNC));
        now += 60 * SECOND;
        judge(new RunState.Acquiring(), 30, 30, Map.of("LATE", 2L, "TRIGGER_UNREAD", 3L));
        assertEquals("OK every frame has what belongs to it", said(Name.SYNC));
    }

    @Test
    void theArchiveWarnsBeforeItFails() {
        judge(new RunState.Acquiring(), 300, 45, Map.of());
        assertEquals("OK keeps up", said(Name.ARCHIVE));
        judge(new RunState.Acquiring(), 301, 45, Map.of());
        assertEquals("WARN frames wait for the disk", said(Name.ARCHIVE));
        judge(new RunState.Acquiring(), 301, 300, Map.of("PATTERN_NOT_KEPT", 1L));
        assertEquals("WARN PATTERN_NOT_KEPT", said(Name.ARCHIVE));
        judge(new RunState.Acquiring(), 301, 300, Map.of("PATTERN_NOT_KEPT", 1L, "ARCHIVE_FAILED", 1L));
        assertEquals("FAIL ARCHIVE_FAILED", said(Name.ARCHIVE));
        now += 600 * SECOND;
        judge(new RunState.Acquiring(), 301, 300, Map.of("PATTERN_NOT_KEPT", 1L, "ARCHIVE_FAILED", 1L));
        assertEquals("FAIL ARCHIVE_FAILED", said(Name.ARCHIVE), "nothing is archived any more");
    }

    @Test
    void aThermocoupleWarnsAndAllOfThemFail() {
        ChannelView sound = new ChannelView("furnace", now, 20, 1, null);
        ChannelView open = new ChannelView("spare", now, Double.NaN, Double.NaN, "OPEN_CIRCUIT");
        judge(new RunState.Armed(), 0, 0, Map.of(), sound);
        assertEquals("OK is known", said(Name.TEMPERATURE));
        judge(new RunState.Armed(), 0, 0, Map.of(), sound, open);
        assertEquals("WARN spare OPEN_CIRCUIT", said(Name.TEMPERATURE));
        judge(new RunState.Armed(), 0, 0, Map.of(), open);
        assertEquals("FAIL spare OPEN_CIRCUIT", said(Name.TEMPERATURE));
    }

    @Test
    void theSourceEndsWellOrNot() {
        judge(new RunState.Armed(), 0, 0, Map.of());
        assertEquals("OK no frame has come yet", said(Name.SOURCE));
        judge(new RunState.Ended(EndReason.STOPPED), 5, 5, Map.of());
        assertEquals("OK STOPPED", said(Name.SOURCE));
        judge(new RunState.Ended(EndReason.SOURCE_LOST), 5, 5, Map.of());
        assertEquals("FAIL SOURCE_LOST", said(Name.SOURCE));
    }
}
