package org.emberline.firmware.sampling;

import java.util.Arrays;

/** Latencies of one channel. One thread. */
final class LatencyWindow {
    private static final int KEPT = 255;

    private final long[] latest = new long[KEPT];
    private long count;
    private long min = Long.MAX_VALUE;
    private long max;

    void add(long nanos) {
        latest[(int) (count++ % KEPT)] = nanos;
        min = Math.min(min, nanos);
        max = Math.max(max, nanos);
    }

    SamplingStatus.Latency latency() {
        if (count == 0) {
            return new SamplingStatus.Latency(0, 0, 0, 0);
        }
        long[] sorted = Arrays.copyOf(latest, (int) Math.min(count, KEPT));
        Arrays.sort(sorted);
        return new SamplingStatus.Latency(count, min, sorted[sorted.length / 2], max);
    }
}
