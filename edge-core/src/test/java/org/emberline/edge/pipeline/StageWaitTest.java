package org.emberline.edge.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class StageWaitTest {
    private static final long WAIT_MILLIS = 300;

    private final RingBuffer<Object> ring = RingBuffer.createSingleProducer(Object::new, 8, new StageWait());
    private final Sequence before = new Sequence();
    private final SequenceBarrier barrier = ring.newBarrier(before);

    private static <T> FutureTask<T> begun(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private void publish() {
        ring.publish(ring.next());
    }

    @Test
    void aStageWaitsForTheRingAndForTheStageBefore() throws Exception {
        FutureTask<Long> waiting = begun(() -> barrier.waitFor(0));
        publish();
        publish();
        assertThrows(TimeoutException.class, () -> waiting.get(50, TimeUnit.MILLISECONDS));
        before.set(1);
        assertEquals(1, waiting.get());
    }

    @Test
    void anAlertEndsTheWaitForEither() {
        barrier.alert();
        assertThrows(AlertException.class, () -> barrier.waitFor(0));
        barrier.clearAlert();
        publish();
        FutureTask<Long> waiting = begun(() -> barrier.waitFor(0));
        barrier.alert();
        assertTrue(assertThrows(Exception.class, waiting::get).getCause() instanceof AlertException);
    }

    @Test
    void waitingForABusyStageLeavesItTheProcessor() throws Exception {
        publish();
        FutureTask<Long> waiting = begun(() -> {
            long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            var _ = barrier.waitFor(0);
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
        });
        assertThrows(TimeoutException.class, () -> waiting.get(WAIT_MILLIS, TimeUnit.MILLISECONDS));
        before.set(0);
        long spent = TimeUnit.NANOSECONDS.toMillis(waiting.get());
        assertTrue(spent < WAIT_MILLIS / 2, "milliseconds of processor time: " + spent);
    }
}
