package org.emberline.edge.app.bench;

import java.util.SplittableRandom;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.firmware.Trigger;

/**
 * What happens in a simulated series, made before it is played: exposures, their edges, their frames, and what is true of them.
 *
 * <p>The detector's clock is 0.7 s behind and 50 ppm fast. In an eventful series, at a quarter of it the line and the detector pause for
 * 90 s; at a half the series is armed again, while 5 triggers find the detector not ready, and numbers begin anew; the numbers of the
 * first half wrap at 32 bits; at 5/8 the detector's clock jumps by 2 s, at 3/4 this machine's does. One frame in a thousand is sent twice,
 * and one comes after its successor.
 */
final class MatchScript {
    private static final long BEGIN = 1_800_000_000_000_000_000L;
    private static final double DETECTOR_FAST = 50e-6;
    private static final long DETECTOR_BEHIND = 700_000_000;
    private static final long PAUSE = 90_000_000_000L;
    private static final long JUMP = 2_000_000_000;
    private static final int UNARMED = 5;
    private static final double EXPOSED = 0.8;
    private static final double LATENCY_JITTER = 0.05;
    private static final double TWICE = 0.001;
    private static final double BEHIND = 0.001;
    private static final long AT_ONCE = 1000;

    final long[] edgeIndex;
    final long[] edgeStamp;
    int edges;
    final long[] number;
    final long[] series;
    final long[] stamp;
    final long[] arrival;
    /** True index of the edge that began the frame, -1 when it was not seen, or when the frame has come before. */
    final long[] truth;
    /** Whether the frame has come before. */
    final boolean[] again;
    /** Whether its successor has come before. */
    final boolean[] behind;

    final long exposure;
    int delivered;
    long missing;
    long spurious;
    long unread;
    long unmatched;
    int duplicates;

    private final MatchCase about;
    private final SplittableRandom random;
    private long line;
    private long hostShift;
    private long detectorShift;

    MatchScript(MatchCase about, long seed) {
        this.about = about;
        random = new SplittableRandom(seed);
        int n = about.frames() + UNARMED;
        edgeIndex = new long[2 * n];
        edgeStamp = new long[2 * n];
        number = new long[2 * n];
        series = new long[2 * n];
        stamp = new long[2 * n];
        arrival = new long[2 * n];
        truth = new long[2 * n];
        again = new boolean[2 * n];
        behind = new boolean[2 * n];
        exposure = (long) (EXPOSED * about.periodNanos());
        write();
    }

    private void write() {
        long now = BEGIN;
        int armedAgain = about.eventful() ? about.frames() / 2 : Integer.MAX_VALUE;
        long firstNumber = about.eventful() ? (1L << 32) - about.frames() / 4 : 0;
        for (int k = 0; k < about.frames(); k++) {
            happen(k);
            now += interval() + (about.eventful() && k == about.frames() / 4 ? PAUSE : 0);
            if (k == armedAgain) {
                for (int i = 0; i < UNARMED; i++) {
                    missing += edge(now) >= 0 ? 1 : 0;
                    now += interval();
                }
            }
            long edge = edge(now);
            if (random.nextDouble() < about.lossFraction()) {
                missing += edge >= 0 ? 1 : 0;
            } else {
                frame(
                        now,
                        edge,
                        k < armedAgain ? (firstNumber + k) & 0xffff_ffffL : k - armedAgain,
                        k < armedAgain ? 1 : 2);
                if (about.eventful()) {
                    mishap();
                }
            }
        }
    }

    private void happen(int k) {
        if (about.eventful()) {
            detectorShift = k >= about.frames() / 8 * 5 ? JUMP : 0;
            hostShift = k >= about.frames() / 4 * 3 ? JUMP : 0;
        }
    }

    private long interval() {
        return (long) (about.periodNanos() * (about.irregular() ? 1 + 0.5 * random.nextDouble() : 1));
    }

    /** An edge, and perhaps its double; the index, or -1 when the edge is not seen. */
    private long edge(long now) {
        long index = -1;
        if (random.nextDouble() >= about.lossFraction()) {
            index = line;
            see(now);
        } else if (random.nextBoolean()) {
            line++;
            unread++;
            return -1;
        } else {
            return -1;
        }
        if (random.nextDouble() < about.lossFraction()) {
            see(now + (long) (exposure * (0.05 + 0.5 * random.nextDouble())));
            spurious++;
        }
        return index;
    }

    private void see(long now) {
        edgeIndex[edges] = line++;
        edgeStamp[edges++] = now + hostShift + (long) (about.edgeJitterNanos() * random.nextGaussian());
    }

    private void frame(long now, long edge, long newNumber, long newSeries) {
        int at = delivered++;
        number[at] = about.numbered() ? newNumber : FrameSlot.UNKNOWN;
        series[at] = about.numbered() || about.stamped() ? newSeries : 0;
        double jitter = about.detectorJitterNanos() * random.nextGaussian();
        long since = now - BEGIN;
        stamp[at] = about.stamped()
                ? since + (long) (since * DETECTOR_FAST + jitter) - DETECTOR_BEHIND + detectorShift
                : FrameSlot.UNKNOWN;
        double late =
                about.periodNanos() * (about.latencyFraction() - LATENCY_JITTER * Math.log(1 - random.nextDouble()));
        long come = now + hostShift + exposure + (long) late;
        arrival[at] = at == 0 ? come : Math.max(come, arrival[at - 1] + AT_ONCE);
        truth[at] = edge;
        unmatched += edge < 0 ? 1 : 0;
    }

    /** The latest frame is sent twice, or overtakes the one before. */
    private void mishap() {
        int at = delivered - 1;
        double chance = random.nextDouble();
        if (chance < TWICE) {
            number[delivered] = number[at];
            series[delivered] = series[at];
            stamp[delivered] = stamp[at];
            arrival[delivered] = arrival[at] + AT_ONCE;
            truth[delivered] = -1;
            again[delivered++] = true;
            duplicates++;
        } else if (chance < TWICE + BEHIND
                && at > 0
                && series[at - 1] == series[at]
                && !again[at - 1]
                && !behind[at - 1]) {
            swap(number, at);
            swap(stamp, at);
            swap(truth, at);
            arrival[at - 1] = arrival[at];
            arrival[at] += AT_ONCE;
            behind[at] = true;
        }
    }

    private static void swap(long[] values, int at) {
        long value = values[at];
        values[at] = values[at - 1];
        values[at - 1] = value;
    }

    /** How many edges have been read when frame {@code at} has come, from {@code from} on. */
    int edgesBefore(int at, int from) {
        int end = from;
        while (end < edges && edgeStamp[end] <= arrival[at]) {
            end++;
        }
        return end;
    }

    Trigger trigger(int i) {
        return new Trigger(edgeIndex[i], edgeStamp[i]);
    }
}
