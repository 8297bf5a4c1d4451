package org.emberline.firmware.hil;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.emberline.firmware.Trigger;
import org.emberline.firmware.clock.UtcClock;

/** Keeps what a reader delivers, without allocating. */
final class Ledger implements Consumer<Trigger> {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final UtcClock clock;
    private final long[] indices;
    private final long[] stamps;
    private final long[] arrivals;
    private final CountDownLatch last = new CountDownLatch(1);
    private int edges;
    private long bytesAtHalf;
    private long bytesAtEnd;
    private int edgesAtHalf;

    Ledger(UtcClock clock, int expected) {
        this.clock = clock;
        indices = new long[expected];
        stamps = new long[expected];
        arrivals = new long[expected];
    }

    @Override
    public void accept(Trigger trigger) {
        indices[edges] = trigger.index();
        stamps[edges] = trigger.timestampNanos();
        arrivals[edges] = clock.relation().utcAt(System.nanoTime());
        edges++;
        if (edgesAtHalf == 0 && trigger.index() >= indices.length / 2) {
            edgesAtHalf = edges;
            bytesAtHalf = THREADS.getCurrentThreadAllocatedBytes();
        }
        if (trigger.index() == indices.length - 1) {
            bytesAtEnd = THREADS.getCurrentThreadAllocatedBytes();
            last.countDown();
        }
    }

    /** Until the last edge came; that one cannot be lost, for the kernel drops the oldest. */
    void awaitIndex(long index) throws InterruptedException {
        assertTrue(last.await(10, TimeUnit.SECONDS), () -> "edge " + index + " did not come; edges=" + edges);
    }

    int edges() {
        return edges;
    }

    /** What the delivering thread allocated for an edge in the second half, when the code was compiled. */
    double bytesAnEdge() {
        return (double) (bytesAtEnd - bytesAtHalf) / (edges - edgesAtHalf);
    }

    /** From the kernel's stamp to the sink, nanoseconds. */
    long[] latencies() {
        long[] result = new long[edges];
        Arrays.setAll(result, i -> arrivals[i] - stamps[i]);
        return result;
    }

    /** From just before the wire was pulled to the kernel's stamp, nanoseconds. */
    long[] stampDelays(long[] before) {
        long[] result = new long[edges];
        Arrays.setAll(result, i -> stamps[i] - before[(int) indices[i]]);
        return result;
    }

    void assertOrder() {
        for (int i = 1; i < edges; i++) {
            int at = i;
            assertTrue(indices[at] > indices[at - 1], () -> "index " + indices[at] + " after " + indices[at - 1]);
            assertTrue(stamps[at] > stamps[at - 1], () -> "stamp " + stamps[at] + " after " + stamps[at - 1]);
        }
    }

    /** No edge is stamped before it was made, but for what UTC is uncertain by. */
    void assertNotBefore(long[] before) {
        long slack = 2 * clock.relation().uncertaintyNanos();
        for (long delay : stampDelays(before)) {
            assertTrue(delay >= -slack, () -> "stamped " + delay + " ns before it was made");
        }
    }
}
