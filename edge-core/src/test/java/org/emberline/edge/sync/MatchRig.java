package org.emberline.edge.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameGate.EdgeFate;
import org.emberline.edge.frame.FrameGate.Verdict;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.firmware.Trigger;

/**
 * A matcher between a trigger line and a detector, whose clocks, losses and silences a test decides. Moments are nanoseconds of true
 * time since the begin of the test.
 */
final class MatchRig {
    static final long US = 1_000;
    static final long MS = 1_000_000;
    static final long S = 1_000_000_000;
    static final long BEGIN = 1_800_000_000L * S;
    /** 10 Hz, 80 ms exposed, here 15 ms later. */
    static final long PERIOD = 100 * MS;

    static final MatchSettings PROMPT = new MatchSettings(TriggerMode.EXTERNAL_EDGE, 1, 0, 50 * MS);

    final TriggerMatcher matcher;
    final FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, 1, 0);
    private final Map<EdgeFate, long[]> booked = new EnumMap<>(EdgeFate.class);
    private final EdgeQueue queue;
    private final SplittableRandom random = new SplittableRandom(7);

    long exposure = 80 * MS;
    long latency = 15 * MS;
    boolean numbered = true;
    boolean stamped = true;
    boolean arriving = true;
    long series = 1;
    /** What the detector's clock gains, and the standard deviation of its stamps. */
    double fast;

    double jitter;
    long detectorShift = -700 * MS;
    long hostShift;
    /** Index of the next edge. */
    long line;
    /** Frames that did not say the truth, nor that they do not know it. */
    int silentlyWrong;
    /** Frames that said that something is missing though nothing was. */
    int doubted;

    private long lastHost;

    MatchRig(MatchSettings settings) {
        this(settings, 1 << 15);
    }

    MatchRig(MatchSettings settings, int capacity) {
        for (EdgeFate fate : EdgeFate.values()) {
            booked.put(fate, new long[1]);
        }
        queue = new EdgeQueue(capacity);
        matcher = new TriggerMatcher(queue, settings, this::book, _ -> {});
    }

    long host(long moment) {
        return BEGIN + moment + hostShift;
    }

    /** An edge is seen; returns its index. */
    long edge(long moment) {
        lastHost = host(moment);
        return edgeAt(lastHost);
    }

    long edgeAt(long stamp) {
        edge(new Trigger(line, stamp));
        return line - 1;
    }

    void edge(Trigger trigger) {
        queue.append(trigger);
        line = trigger.index() + 1;
    }

    /** Edges are counted by the line and lost by its reader. */
    void lose(int edges) {
        line += edges;
    }

    /** A frame of an exposure that began at a moment comes. */
    Verdict frame(long number, long moment) {
        slot.reset(0);
        slot.hardwareId = numbered ? number : FrameSlot.UNKNOWN;
        slot.seriesId = series;
        slot.detectorNanos = stamped ? stamp(moment) : FrameSlot.UNKNOWN;
        slot.arrivalNanos = arriving ? host(moment) + exposure + latency : FrameSlot.UNKNOWN;
        slot.stopNanos = exposure;
        return matcher.admit(slot);
    }

    long stamp(long moment) {
        return moment + (long) (moment * fast + jitter * random.nextGaussian()) + detectorShift;
    }

    /** An edge and its frame, which must be bound to it without a doubt. */
    void pair(long number, long moment) {
        long edge = edge(moment);
        long stamp = lastHost;
        assertEquals(Verdict.ADMITTED, frame(number, moment), () -> "frame " + number);
        assertBound(edge, stamp);
    }

    /** So many pairs at {@link #PERIOD}, number {@code from} at its multiple. */
    void pairs(int from, int until) {
        for (int k = from; k < until; k++) {
            pair(k, k * PERIOD);
        }
    }

    /** An edge and its frame, which may say that it does not know; counts how often, and how often it says what is not true. */
    void doubtfulPair(long number, long moment) {
        long edge = edge(moment);
        doubtful(frame(number, moment), edge);
    }

    void doubtful(Verdict verdict, long edge) {
        boolean known = !slot.has(FrameFlag.TRIGGER_MISSING) && !slot.has(FrameFlag.TRIGGER_INDEX_ONLY);
        doubted += verdict == Verdict.ADMITTED && known ? 0 : 1;
        silentlyWrong += known && slot.triggerIndex != edge ? 1 : 0;
    }

    /** The latest frame is bound to an edge, and nothing is wrong with it but this. */
    void assertBound(long edge, long stamp, FrameFlag... flags) {
        assertEquals(edge, slot.triggerIndex, () -> FrameFlag.names(slot.flags) + " of the frame at edge " + edge);
        assertFlags(flags);
        assertEquals(stamp, slot.startNanos);
        assertEquals(stamp + exposure, slot.stopNanos);
    }

    /** The latest frame has no edge, but a time that is right to so many nanoseconds. */
    void assertUnbound(long moment, long within, FrameFlag... more) {
        assertEquals(-1, slot.triggerIndex);
        FrameFlag[] flags = Arrays.copyOf(more, more.length + 1);
        flags[more.length] = FrameFlag.TRIGGER_MISSING;
        assertFlags(flags);
        long error = slot.startNanos - host(moment);
        assertTrue(Math.abs(error) <= within, () -> "off by " + error + " ns");
        assertEquals(exposure, slot.stopNanos - slot.startNanos);
    }

    private void assertFlags(FrameFlag... flags) {
        assertEquals(
                List.of(flags).stream().map(FrameFlag::name).sorted().toList(),
                FrameFlag.names(slot.flags).stream().sorted().toList());
    }

    /** Allocates nothing. */
    private void book(EdgeFate fate, long count) {
        Objects.requireNonNull(booked.get(fate))[0] += count;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        booked.forEach(
                (fate, sum) -> text.append(fate).append('=').append(sum[0]).append(' '));
        return text.toString();
    }

    long booked(EdgeFate fate) {
        return Objects.requireNonNull(booked.get(fate))[0];
    }

    /** Ends the series; every edge must have been booked once, {@code frames} for each. */
    void end(EdgeFate fate, int frames) {
        matcher.end(fate);
        assertEquals(
                line * frames, booked.values().stream().mapToLong(sum -> sum[0]).sum(), this::toString);
    }

    void end() {
        end(EdgeFate.FRAME_MISSING, 1);
    }

    /** What was booked until now, in the order of the fates. */
    void assertBooked(long matched, long frameMissing, long spurious, long unread) {
        assertEquals(
                List.of(matched, frameMissing, spurious, unread),
                List.of(
                        booked(EdgeFate.MATCHED),
                        booked(EdgeFate.FRAME_MISSING),
                        booked(EdgeFate.SPURIOUS),
                        booked(EdgeFate.UNREAD)));
    }
}
