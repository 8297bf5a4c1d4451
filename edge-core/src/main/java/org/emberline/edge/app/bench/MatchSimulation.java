package org.emberline.edge.app.bench;

import java.lang.foreign.Arena;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameGate.EdgeFate;
import org.emberline.edge.frame.FrameGate.Verdict;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.sync.EdgeQueue;
import org.emberline.edge.sync.MatchSettings;
import org.emberline.edge.sync.TriggerMatcher;
import org.emberline.edge.sync.TriggerMode;

/** Plays simulated series of triggers and frames to a {@link TriggerMatcher} and compares what it finds with what happened. */
final class MatchSimulation {
    private static final long SLOW = 100_000_000;
    private static final long FAST = 1_000_000;
    private static final double JITTER = 100_000;
    private static final double KERNEL = 2_000;
    private static final int QUEUE = 1 << 12;

    private MatchSimulation() {}

    /** The series of the benchmark, each of so many exposures. */
    static List<MatchCase> cases(int frames) {
        return List.of(
                new MatchCase("10 Hz", frames, SLOW, false, true, true, JITTER, KERNEL, 0.01, 0.15, true, false),
                new MatchCase("1 kHz", frames, FAST, false, true, true, JITTER, KERNEL, 0.01, 0.15, true, false),
                new MatchCase(
                        "10 Hz eventful", frames, SLOW, false, true, true, JITTER, KERNEL, 0.01, 0.15, true, true),
                new MatchCase(
                        "1 kHz eventful", frames, FAST, false, true, true, JITTER, KERNEL, 0.01, 0.15, true, true),
                new MatchCase(
                        "1 kHz stamps only", frames, FAST, false, false, true, 50_000, KERNEL, 0.01, 0.15, true, false),
                new MatchCase(
                        "10 Hz arrivals only", frames, SLOW, false, false, false, 0, KERNEL, 0.005, 0.15, true, false),
                new MatchCase(
                        "1 kHz arrivals only", frames, FAST, false, false, false, 0, KERNEL, 0.005, 0.15, true, false),
                new MatchCase(
                        "irregular, latency unknown",
                        frames,
                        SLOW,
                        true,
                        false,
                        false,
                        0,
                        KERNEL,
                        0.005,
                        0.15,
                        false,
                        false),
                new MatchCase(
                        "regular, latency unknown",
                        frames,
                        SLOW,
                        false,
                        false,
                        false,
                        0,
                        KERNEL,
                        0.005,
                        2.5,
                        false,
                        false));
    }

    /** Plays one series. */
    static MatchOutcome play(MatchCase about, long seed) {
        MatchScript script = new MatchScript(about, seed);
        Map<EdgeFate, Long> booked = new EnumMap<>(EdgeFate.class);
        EdgeQueue queue = new EdgeQueue(QUEUE);
        long latency = about.latencyKnown() ? (long) (0.7 * about.periodNanos()) : 0;
        TriggerMatcher matcher = new TriggerMatcher(
                queue,
                new MatchSettings(TriggerMode.EXTERNAL_EDGE, 1, 0, latency),
                (fate, count) -> booked.merge(fate, count, Long::sum));
        long[] counts = new long[4];
        long begin = System.nanoTime();
        try (Arena arena = Arena.ofConfined()) {
            FrameSlot slot = new FrameSlot(arena, Long.BYTES, 1, 0);
            int edge = 0;
            for (int i = 0; i < script.delivered; i++) {
                int end = script.edgesBefore(i, edge);
                for (; edge < end; edge++) {
                    queue.append(script.trigger(edge));
                }
                judge(script, i, admit(matcher, slot, script, i), slot, counts);
            }
            for (; edge < script.edges; edge++) {
                queue.append(script.trigger(edge));
            }
        }
        matcher.end(EdgeFate.FRAME_MISSING);
        double nanos = (double) (System.nanoTime() - begin) / script.delivered;
        return outcome(about, script, booked, counts, nanos);
    }

    private static Verdict admit(TriggerMatcher matcher, FrameSlot slot, MatchScript script, int i) {
        slot.reset(i);
        slot.hardwareId = script.number[i];
        slot.seriesId = script.series[i];
        slot.detectorNanos = script.stamp[i];
        slot.arrivalNanos = script.arrival[i];
        slot.startNanos = 0;
        slot.stopNanos = script.exposure;
        return matcher.admit(slot);
    }

    /** Counts wrong, unmatched, index-only, and frames not admitted. */
    private static void judge(MatchScript script, int i, Verdict verdict, FrameSlot slot, long[] counts) {
        boolean indexOnly = slot.has(FrameFlag.TRIGGER_INDEX_ONLY);
        long found = slot.has(FrameFlag.TRIGGER_MISSING) ? -1 : slot.triggerIndex;
        counts[0] += found >= 0 && found != script.truth[i] && !indexOnly ? 1 : 0;
        counts[1] += found < 0 && script.truth[i] >= 0 ? 1 : 0;
        counts[2] += indexOnly ? 1 : 0;
        counts[3] += verdict == Verdict.ADMITTED ? 0 : 1;
    }

    private static MatchOutcome outcome(
            MatchCase about, MatchScript script, Map<EdgeFate, Long> booked, long[] counts, double nanos) {
        long matched = booked.getOrDefault(EdgeFate.MATCHED, 0L);
        long missing = booked.getOrDefault(EdgeFate.FRAME_MISSING, 0L);
        long spurious = booked.getOrDefault(EdgeFate.SPURIOUS, 0L);
        long unread = booked.getOrDefault(EdgeFate.UNREAD, 0L);
        long wrong = Math.abs(matched - (script.delivered - script.unmatched))
                + Math.abs(missing - script.missing)
                + Math.abs(spurious - script.spurious)
                + Math.abs(unread - script.unread)
                + counts[3];
        long lastIndex = script.edges == 0 ? 0 : script.edgeIndex[script.edges - 1] + 1;
        boolean closed = matched + missing + spurious + unread == lastIndex;
        return new MatchOutcome(about.name(), script.delivered, counts[0], counts[1], counts[2], wrong, closed, nanos);
    }
}
