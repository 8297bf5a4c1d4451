package org.emberline.edge.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.util.concurrent.locks.LockSupport;

/**
 * How a stage waits: asleep until there is a frame in the ring, and then, until the stage before has done with it, in naps. The Disruptor's own
 * strategies that sleep do so only for the ring, and spin for the stage before: four stages behind a busy one would take all of a machine with two
 * cores, and the busy one's share with it.
 */
final class StageWait implements WaitStrategy {
    private static final int LOOKS_AWAKE = 100;
    private static final long NAP_NANOS = 20_000;

    private final BlockingWaitStrategy ring = new BlockingWaitStrategy();

    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence before, SequenceBarrier barrier)
            throws AlertException, InterruptedException {
        if (cursor.get() < sequence) {
            var _ = ring.waitFor(sequence, cursor, cursor, barrier);
        }
        int looks = 0;
        long done = before.get();
        while (done < sequence) {
            barrier.checkAlert();
            if (looks < LOOKS_AWAKE) {
                looks++;
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, NAP_NANOS);
            }
            done = before.get();
        }
        return done;
    }

    @Override
    public void signalAllWhenBlocking() {
        ring.signalAllWhenBlocking();
    }
}
