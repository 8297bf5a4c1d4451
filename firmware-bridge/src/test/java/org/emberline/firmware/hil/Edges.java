package org.emberline.firmware.hil;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.emberline.firmware.Trigger;

/** Where a test takes the edges from, and can hold them up. */
final class Edges implements Consumer<Trigger> {
    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<Trigger> queue = new LinkedBlockingQueue<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released;

    private Edges(int locks) {
        released = new CountDownLatch(locks);
    }

    static Edges flowing() {
        return new Edges(0);
    }

    /** Blocks whoever delivers, until {@link #release}. */
    static Edges heldUp() {
        return new Edges(1);
    }

    @Override
    public void accept(Trigger trigger) {
        entered.countDown();
        await(released);
        queue.add(trigger);
    }

    Trigger take() throws InterruptedException {
        Trigger trigger = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(trigger, "no edge came");
        return trigger;
    }

    void awaitFirst() {
        await(entered);
    }

    void release() {
        released.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
