package org.emberline.edge.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

@Timeout(60)
class AbortTest {
    private final AtomicLong archived = new AtomicLong();
    private final Books books = new Books(archived::get);
    private final List<Long> kept = new ArrayList<>();
    private final CountDownLatch jammed = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private final AtomicLong measured = new AtomicLong();

    /** Frames until it is stopped, or so many; then waits for the stop, so that the ring is all there is. */
    private record Until(long frames, AtomicLong next, CountDownLatch all) implements FrameSource {
        @Override
        public Next next(FrameSlot slot) {
            if (next.get() == frames) {
                all.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    return Next.END;
                }
            }
            slot.triggerIndex = next.getAndIncrement();
            return Next.FRAME;
        }

        @Override
        public void close() {}
    }

    private void measure(FrameSlot slot) {
        measured.incrementAndGet();
        if (slot.frameIndex == 1) {
            jammed.countDown();
            try {
                free.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a stage", e);
            }
        }
    }

    private void archive(FrameSlot slot) {
        kept.add(slot.frameIndex);
        archived.incrementAndGet();
    }

    private Pipeline pipeline(FrameSource source, FrameGate gate) {
        return Bench.pipeline(
                WhenFull.BLOCK,
                new Pipeline.Way(
                        source, gate, new Pipeline.Stages(_ -> {}, _ -> {}, this::measure, this::archive), books));
    }

    /** Three frames in the ring: one has passed, one is being measured, one waits. */
    @Test
    void whatHasNotBeenMeasuredIsDiscardedAndCounted() throws Exception {
        Until source = new Until(3, new AtomicLong(), new CountDownLatch(1));
        try (Pipeline pipeline = pipeline(source, new Announced(books))) {
            assertEquals(new RunState.Idle(), pipeline.get().run().state());
            pipeline.start();
            source.all().await();
            jammed.await();
            pipeline.abort();
            pipeline.abort();
            free.countDown();
            assertEquals(EndReason.ABORTED, pipeline.awaitEnd());
            assertEquals(new Ledger(3, 3, 1, 1, 1, Map.of("DISCARDED", 2L)), books.ledger());
            assertTrue(books.ledger().settled());
            assertEquals(List.of(0L), kept);
            assertEquals(2, measured.get(), "nothing is begun after the abort");
            assertEquals(
                    new RunState.Ended(EndReason.ABORTED), pipeline.get().run().state());
        }
    }

    @Test
    void theStopOfTheSameRunKeepsThem() throws Exception {
        Until source = new Until(3, new AtomicLong(), new CountDownLatch(1));
        try (Pipeline pipeline = pipeline(source, new Announced(books))) {
            pipeline.start();
            source.all().await();
            jammed.await();
            pipeline.stop();
            free.countDown();
            assertEquals(EndReason.STOPPED, pipeline.awaitEnd());
            assertEquals(new Ledger(3, 3, 3, 3, 3, Map.of()), books.ledger());
            assertEquals(List.of(0L, 1L, 2L), kept);
        }
    }

    @Test
    void aRunThatIsStoppingCanStillBeAborted() throws Exception {
        Until source = new Until(3, new AtomicLong(), new CountDownLatch(1));
        try (Pipeline pipeline = pipeline(source, new Announced(books))) {
            pipeline.start();
            source.all().await();
            jammed.await();
            pipeline.stop();
            pipeline.abort();
            free.countDown();
            assertEquals(EndReason.ABORTED, pipeline.awaitEnd());
            assertEquals(2, books.ledger().lost().get("DISCARDED"));
        }
    }

    /** A full ring, and a source that waits for a place in it. */
    @Test
    void anAbortFreesASourceThatWaitsForRoom() throws Exception {
        Until source = new Until(1000, new AtomicLong(), new CountDownLatch(1));
        try (Pipeline pipeline = pipeline(source, new Announced(books))) {
            pipeline.start();
            jammed.await();
            pipeline.abort();
            free.countDown();
            assertEquals(EndReason.ABORTED, pipeline.awaitEnd());
            Ledger ledger = books.ledger();
            assertTrue(ledger.settled(), ledger::toString);
            assertTrue(ledger.frames() <= Bench.SLOTS + 1, ledger::toString);
            assertEquals(List.of(0L), kept);
        }
    }

    /** Edges that wait when the run ends are booked by the reason of its end. */
    @Test
    void theGateIsToldOfTheEnd() throws Exception {
        books.edge(4);
        List<FrameGate.EdgeFate> ends = new ArrayList<>();
        FrameGate gate = new FrameGate() {
            @Override
            public Verdict admit(FrameSlot slot) {
                books.book(EdgeFate.MATCHED, 1);
                return Verdict.ADMITTED;
            }

            @Override
            public void missing(FrameSlot slot) {
                throw new AssertionError("nothing is announced and lost");
            }

            @Override
            public void end(EdgeFate fate) {
                ends.add(fate);
                books.book(fate, 2);
            }
        };
        Until source = new Until(3, new AtomicLong(), new CountDownLatch(1));
        try (Pipeline pipeline = pipeline(source, gate)) {
            pipeline.start();
            source.all().await();
            jammed.await();
            assertEquals(2, books.ledger().openTriggers());
            assertTrue(books.ledger().closes());
            pipeline.abort();
            free.countDown();
            assertEquals(EndReason.ABORTED, pipeline.awaitEnd());
        }
        assertEquals(List.of(FrameGate.EdgeFate.ABORTED), ends);
        assertEquals(new Ledger(5, 3, 1, 1, 1, Map.of("DISCARDED", 2L, "TRIGGER_ABORTED", 2L)), books.ledger());
    }

    @Test
    void anAbortAfterTheEndChangesNothing() throws Exception {
        free.countDown();
        Until source = new Until(3, new AtomicLong(), new CountDownLatch(1));
        try (Pipeline pipeline = pipeline(source, new Announced(books))) {
            pipeline.start();
            source.all().await();
            pipeline.stop();
            assertEquals(EndReason.STOPPED, pipeline.awaitEnd());
            pipeline.abort();
            pipeline.publishFinal();
            assertEquals(EndReason.STOPPED, pipeline.get().run().endReason());
            assertFalse(books.ledger().lost().containsKey("DISCARDED"));
        }
    }
}
