package org.emberline.edge.app.bench;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameGate.EdgeFate;
import org.emberline.edge.frame.FrameGate.Verdict;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.sync.EdgeQueue;
import org.emberline.edge.sync.MatchSettings;
import org.emberline.edge.sync.TriggerMatcher;
import org.emberline.edge.sync.TriggerMode;
import org.emberline.firmware.Trigger;

/** Plays simulated series of triggers and frames to a {@link TriggerMatcher} and compares what it finds with what happened. */
final class MatchSimulation {
    private static final long SLOW = 100_000_000;
    private static final long FAST = 1_000_000;
    private static final double JITTER = 100_000;
    private static final double KERNEL = 2_000;
    private static final int QUEUE = 1 << 12;

    private static final int PLAYS = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

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

    /** Plays one series a few times; the time is the median of those after the first. */
    static MatchOutcome measure(MatchCase about, long seed) {
        MatchOutcome outcome = play(about, seed);
        double[] nanos = new double[PLAYS];
        for (int i = 0; i < PLAYS; i++) {
            outcome = play(about, seed);
            nanos[i] = outcome.nsPerFrame();
        }
        return outcome.taking(Samples.percentile(nanos, 50));
    }

    /** Plays one series. */
    static MatchOutcome play(MatchCase about, long seed) {
        MatchScript script = new MatchScript(about, seed);
        Trigger[] triggers = new Trigger[script.edges];
        Arrays.setAll(triggers, script::trigger);
        FateTally booked = new FateTally();
        long[] counts = new long[4];
        EdgeQueue queue = new EdgeQueue(QUEUE);
        long latency = about.latencyKnown() ? (long) (0.7 * about.periodNanos()) : 0;
        TriggerMatcher matcher =
                new TriggerMatcher(queue, new MatchSettings(TriggerMode.EXTERNAL_EDGE, 1, 0, latency), booked, _ -> {});
        try (Arena arena = Arena.ofConfined()) {
            FrameSlot slot = new FrameSlot(arena, Long.BYTES, 1, 0);
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            long begin = System.nanoTime();
            int edge = 0;
            for (int i = 0; i < script.delivered; i++) {
                int end = script.edgesBefore(i, edge);
                for (; edge < end; edge++) {
                    queue.append(triggers[edge]);
                }
                judge(script, i, admit(matcher, slot, script, i), slot, counts);
            }
            for (; edge < script.edges; edge++) {
                queue.append(triggers[edge]);
            }
            matcher.end(EdgeFate.FRAME_MISSING);
            double frames = script.delivered;
            double nanos = (System.nanoTime() - begin) / frames;
            bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
            return outcome(about, script, booked, counts).costing(nanos, bytes / frames);
        }
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

    /** Counts wrong, unmatched, index-only, and frames that were not admitted as they should. */
    private static void judge(MatchScript script, int i, Verdict verdict, FrameSlot slot, long[] counts) {
        boolean indexOnly = slot.has(FrameFlag.TRIGGER_INDEX_ONLY);
        long found = slot.has(FrameFlag.TRIGGER_MISSING) ? -1 : slot.triggerIndex;
        counts[0] += found >= 0 && found != script.truth[i] && !indexOnly ? 1 : 0;
        counts[1] += found < 0 && script.truth[i] >= 0 ? 1 : 0;
        counts[2] += indexOnly ? 1 : 0;
        boolean expected = verdict == (script.again[i] ? Verdict.DUPLICATE : Verdict.ADMITTED)
                && slot.has(FrameFlag.FRAME_OUT_OF_ORDER) == script.behind[i];
        counts[3] += expected ? 0 : 1;
    }

    private static MatchOutcome outcome(MatchCase about, MatchScript script, FateTally booked, long[] counts) {
        long matched = booked.of(EdgeFate.MATCHED);
        long missing = booked.of(EdgeFate.FRAME_MISSING);
        long spurious = booked.of(EdgeFate.SPURIOUS);
        long unread = booked.of(EdgeFate.UNREAD);
        long wrong = Math.abs(matched - (script.delivered - script.duplicates - script.unmatched))
                + Math.abs(missing - script.missing)
                + Math.abs(spurious - script.spurious)
                + Math.abs(unread - script.unread)
                + counts[3];
        long lastIndex = script.edges == 0 ? 0 : script.edgeIndex[script.edges - 1] + 1;
        boolean closed = booked.total() == lastIndex;
        return new MatchOutcome(
                about.name(), script.delivered, counts[0], counts[1], counts[2], wrong, closed, Double.NaN, Double.NaN);
    }
}
