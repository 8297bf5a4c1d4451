package org.emberline.edge.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameGate;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sequences of frames, losses, edges and verdicts through a pipeline whose stages fail at random, while another thread reads the
 * books all the time. The test keeps books of its own, as plainly as it can.
 */
@Timeout(120)
class LedgerUnderFaultsTest {
    private static final int FRAMES = 2000;
    private static final List<FrameGate.Verdict> VERDICTS = List.of(FrameGate.Verdict.values());

    private final AtomicLong archived = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Books books = new Books(archived::get, Map.of(Loss.ARCHIVE_FAILED, refused::get));
    private final Map<Loss, Long> expected = new EnumMap<>(Loss.class);
    private final AtomicReference<@Nullable AssertionError> broken = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Semaphore reads = new Semaphore(0);
    private long edges;
    private long openEdges;
    private long received;
    private long read;

    private void expect(Loss loss) {
        expected.merge(loss, 1L, Long::sum);
    }

    /** The source and the gate in one: what comes, and what the gate will say of it, is drawn at once. */
    private final class Drawn implements FrameSource, FrameGate {
        private final SplittableRandom random;
        private final long dies;
        private final long aborts;
        private final Runnable abort;
        private long next;
        private Verdict verdict = Verdict.ADMITTED;
        private boolean withEdge;

        Drawn(long seed, long dies, long aborts, Runnable abort) {
            random = new SplittableRandom(seed);
            this.dies = dies;
            this.aborts = aborts;
            this.abort = abort;
        }

        @Override
        public Next next(FrameSlot slot) throws IOException {
            if (next == dies) {
                throw new IOException("planted");
            }
            if (next == aborts) {
                abort.run();
                return Next.END;
            }
            if (next++ == FRAMES) {
                return Next.END;
            }
            if (next % 50 == 0) {
                // However fast the frames are: the books are read again and again meanwhile.
                var _ = reads.drainPermits();
                awaitRead();
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                books.edge(edges++);
                openEdges++;
            }
            if (random.nextInt(50) == 0) {
                return Next.LOST;
            }
            received++;
            verdict = random.nextInt(10) > 0 ? Verdict.ADMITTED : VERDICTS.get(random.nextInt(4));
            withEdge = random.nextInt(5) > 0;
            return Next.FRAME;
        }

        private void awaitRead() {
            try {
                boolean again = false;
                while (!again && broken.get() == null) {
                    again = reads.tryAcquire(1, TimeUnit.SECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Verdict admit(FrameSlot slot) {
            drop();
            switch (verdict) {
                case ADMITTED -> enter(slot);
                case DUPLICATE -> expect(Loss.DUPLICATE);
                case LATE -> expect(Loss.LATE);
                case STRAY -> expect(Loss.STRAY);
            }
            return verdict;
        }

        private void enter(FrameSlot slot) {
            if (withEdge && openEdges > 0) {
                openEdges--;
                books.book(EdgeFate.MATCHED, 1);
            } else {
                slot.flag(FrameFlag.TRIGGER_MISSING);
                expect(Loss.TRIGGER_MISSING);
            }
            if (random.nextInt(100) == 0) {
                slot.flag(FrameFlag.FRAME_OUT_OF_ORDER);
                expect(Loss.OUT_OF_ORDER);
            }
        }

        /** Some edges turn out to have led to nothing. */
        private void drop() {
            if (openEdges > 1 && random.nextInt(3) == 0) {
                boolean unread = random.nextBoolean();
                openEdges--;
                books.book(unread ? EdgeFate.UNREAD : EdgeFate.SPURIOUS, 1);
                expect(unread ? Loss.TRIGGER_UNREAD : Loss.TRIGGER_SPURIOUS);
            }
        }

        @Override
        public void missing(FrameSlot slot) {
            if (openEdges > 0) {
                openEdges--;
                books.book(EdgeFate.FRAME_MISSING, 1);
                expect(Loss.FRAME_MISSING);
            }
        }

        @Override
        public void end(EdgeFate fate) {
            Loss loss = switch (fate) {
                case SOURCE_LOST -> Loss.SOURCE_LOST;
                case ABORTED -> Loss.TRIGGER_ABORTED;
                default -> Loss.FRAME_MISSING;
            };
            if (openEdges > 0) {
                expected.merge(loss, openEdges, Long::sum);
            }
            books.book(fate, openEdges);
            openEdges = 0;
        }

        @Override
        public void close() {}
    }

    /** Reads on and on; every ledger must hold, and none may say less than the one before. */
    private void watch(Books watched) {
        Ledger before = Ledger.EMPTY;
        try {
            while (over.getCount() > 0) {
                Ledger now = watched.ledger();
                assertTrue(now.closes(), now::toString);
                assertTrue(now.unreduced() <= Bench.SLOTS, now::toString);
                assertTrue(now.unpublished() <= Bench.SLOTS, now::toString);
                assertTrue(now.waiting() <= Bench.SLOTS, now::toString);
                assertTrue(
                        now.received() >= before.received()
                                && now.published() >= before.published()
                                && now.triggers() >= before.triggers(),
                        now::toString);
                read += now.equals(before) ? 0 : 1;
                before = now;
                reads.release();
                LockSupport.parkNanos(10_000); // leaves the processor to those who are watched
            }
        } catch (AssertionError e) {
            broken.set(e);
        }
    }

    private Pipeline.Stages stages(long seed) {
        SplittableRandom reducing = new SplittableRandom(seed + 1);
        SplittableRandom archiving = new SplittableRandom(seed + 2);
        return new Pipeline.Stages(
                _ -> {},
                slot -> {
                    if (reducing.nextInt(40) == 0) {
                        throw new IllegalStateException("planted");
                    }
                },
                _ -> {},
                _ -> (archiving.nextInt(30) == 0 ? refused : archived).incrementAndGet());
    }

    private EndReason run(WhenFull whenFull, long seed, long dies, long aborts) throws InterruptedException {
        AtomicReference<@Nullable Pipeline> made = new AtomicReference<>();
        Drawn drawn = new Drawn(seed, dies, aborts, () -> {
            Pipeline pipeline = made.get();
            if (pipeline != null) {
                pipeline.abort();
            }
        });
        Thread reader = Thread.ofPlatform().start(() -> watch(books));
        try (Pipeline pipeline = Bench.pipeline(whenFull, new Pipeline.Way(drawn, drawn, stages(seed), books))) {
            made.set(pipeline);
            pipeline.start();
            return pipeline.awaitEnd();
        } finally {
            over.countDown();
            reader.join();
        }
    }

    /** What the test knows, and nothing but that; what only the threads' pace decides is taken from the books, which must then close. */
    private void assertBooks() {
        AssertionError seen = broken.get();
        if (seen != null) {
            throw seen;
        }
        Ledger last = books.ledger();
        assertTrue(last.settled(), last::toString);
        assertEquals(edges, last.triggers());
        assertEquals(received, last.received());
        Map<String, Long> named = new TreeMap<>(last.lost());
        named.keySet().removeIf(name -> !expected.containsKey(Loss.valueOf(name)));
        Map<String, Long> own = new TreeMap<>();
        expected.forEach((loss, n) -> own.put(loss.name(), n));
        assertEquals(own, named);
        assertTrue(read > 10, "the books were read while they were written reads=" + read);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theBooksHoldAtEveryMomentOfARun(long seed) throws Exception {
        assertEquals(EndReason.COMPLETED, run(WhenFull.BLOCK, seed, -1, -1));
        assertBooks();
        Map<String, Long> lost = books.ledger().lost();
        assertTrue(lost.getOrDefault("REDUCTION_FAILED", 0L) > 20, lost::toString);
        assertTrue(refused.get() > 20);
        assertEquals(refused.get(), lost.get("ARCHIVE_FAILED"));
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void andWhenFramesFindNoRoom(long seed) throws Exception {
        assertEquals(EndReason.COMPLETED, run(WhenFull.DROP_NEWEST, seed, -1, -1));
        assertBooks();
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 10})
    void andWhenTheSourceDies(long seed) throws Exception {
        assertEquals(EndReason.SOURCE_LOST, run(WhenFull.BLOCK, seed, FRAMES * seed / 20, -1));
        assertBooks();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 14})
    void andWhenTheRunIsAborted(long seed) throws Exception {
        assertEquals(EndReason.ABORTED, run(WhenFull.BLOCK, seed, -1, FRAMES * seed / 20));
        assertBooks();
    }
}
