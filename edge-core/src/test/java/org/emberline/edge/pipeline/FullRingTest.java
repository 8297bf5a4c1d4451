package org.emberline.edge.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.emberline.edge.frame.FrameGate;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More frames than the ring has places, while nothing moves on. */
@Timeout(60)
class FullRingTest {
    private static final int FRAMES = 10;

    private final AtomicLong archived = new AtomicLong();
    private final Books books = new Books(archived::get);
    private final CountDownLatch jammed = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private final CountDownLatch delivered = new CountDownLatch(FRAMES);
    private final List<Long> triggers = new ArrayList<>();

    /** Holds the first frame until the test lets go. */
    private void measure(FrameSlot slot) {
        jammed.countDown();
        awaitQuietly(free);
    }

    private void archive(FrameSlot slot) {
        assertEquals(slot.triggerIndex, slot.pixels().get(ValueLayout.JAVA_LONG, 0), "its own pixels");
        triggers.add(slot.triggerIndex);
        archived.incrementAndGet();
    }

    private Pipeline pipeline(WhenFull whenFull, FrameSource source) {
        return Bench.pipeline(
                whenFull,
                new Pipeline.Way(
                        source,
                        new Announced(books),
                        new Pipeline.Stages(_ -> {}, _ -> {}, this::measure, this::archive),
                        books));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a stage", e);
        }
    }

    /** Lets the held stage go before the pipeline is closed, which waits for it: a test that fails must not hang. */
    private interface Release extends AutoCloseable {
        @Override
        void close();
    }

    /** Delivers all frames as soon as it is asked; the first is on its way before the second comes. */
    private final class Hurried implements FrameSource {
        private long next;

        @Override
        public Next next(FrameSlot slot) {
            if (next == FRAMES) {
                return Next.END;
            }
            if (next == 1) {
                awaitQuietly(jammed);
            }
            slot.triggerIndex = next;
            slot.pixels().set(ValueLayout.JAVA_LONG, 0, next++);
            delivered.countDown();
            return Next.FRAME;
        }

        @Override
        public void close() {}
    }

    @Test
    void aSourceThatCanWaitLosesNothing() throws Exception {
        try (Pipeline pipeline = pipeline(WhenFull.BLOCK, new Hurried());
                Release _ = free::countDown) {
            pipeline.start();
            jammed.await();
            free.countDown();
            assertEquals(EndReason.COMPLETED, pipeline.awaitEnd());
            assertEquals(new Ledger(10, 10, 10, 10, 10, Map.of()), books.ledger());
        }
    }

    @Test
    void aBlockedSourceIsNotAsked() throws Exception {
        try (Pipeline pipeline = pipeline(WhenFull.BLOCK, new Hurried());
                Release _ = free::countDown) {
            pipeline.start();
            jammed.await();
            pipeline.stop(); // the source waits for a place, or soon will: it is not to wait for ever
            free.countDown();
            assertEquals(EndReason.STOPPED, pipeline.awaitEnd());
            assertEquals(FRAMES, delivered.getCount() + books.ledger().received());
            assertTrue(books.ledger().settled());
            assertTrue(books.ledger().received() <= Bench.SLOTS, "never more than there are places");
        }
    }

    @Test
    void theNewestAreDroppedAndCounted() throws Exception {
        try (Pipeline pipeline = pipeline(WhenFull.DROP_NEWEST, new Hurried());
                Release _ = free::countDown) {
            pipeline.start();
            delivered.await();
            free.countDown();
            assertEquals(EndReason.COMPLETED, pipeline.awaitEnd());
            assertEquals(new Ledger(10, 10, 4, 4, 4, Map.of("QUEUE_FULL", 6L)), books.ledger());
            assertTrue(books.ledger().settled());
            assertEquals(List.of(0L, 1L, 2L, 3L), triggers);
        }
    }

    @Test
    void aRunThatIsToHaveAllFramesEndsAtTheFirstThatFindsNoRoom() throws Exception {
        Books beside = new Books(() -> 0);
        FrameGate freeing = new FrameGate() {
            private final FrameGate announced = new Announced(books);

            @Override
            public Verdict admit(FrameSlot slot) {
                return announced.admit(slot);
            }

            @Override
            public void missing(FrameSlot slot) {
                announced.missing(slot);
            }

            @Override
            public void end(EdgeFate fate) {
                free.countDown();
            }
        };
        try (Pipeline pipeline = Bench.pipeline(
                        WhenFull.FAIL,
                        new Pipeline.Way(
                                new Hurried(),
                                freeing,
                                new Pipeline.Stages(_ -> {}, _ -> {}, this::measure, this::archive),
                                books),
                        new Pipeline.Way(
                                new Patient(),
                                new Announced(beside),
                                new Pipeline.Stages(_ -> {}, _ -> {}, _ -> {}, _ -> {}),
                                beside));
                Release _ = free::countDown) {
            pipeline.start();
            assertEquals(EndReason.OVERRUN, pipeline.awaitEnd(), "the other detector is stopped, too");
            assertEquals(new Ledger(5, 5, 4, 4, 4, Map.of("QUEUE_FULL", 1L)), books.ledger());
            assertEquals(
                    new RunState.Ended(EndReason.OVERRUN), pipeline.get().run().state());
        }
    }

    /** Has no frame until it is interrupted. */
    private static final class Patient implements FrameSource {
        @Override
        public Next next(FrameSlot slot) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                return Next.END;
            }
            throw new IllegalStateException("nobody counts down");
        }

        @Override
        public void close() {}
    }
}
