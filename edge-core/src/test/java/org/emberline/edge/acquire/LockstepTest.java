package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LockstepTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final FrameSlot slot = new FrameSlot(Arena.ofAuto(), 8, 1, 0);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private record Step(long nanos, int participant) {}

    /** Whatever the threads' speeds: the order is that of one thread that looks at all times, and one source is at work at a time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void theOrderIsThatOfTheTimes(int participants) throws Exception {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            List<List<Step>> all = new ArrayList<>();
            for (int i = 0; i < participants; i++) {
                all.add(steps(i, random));
            }
            List<Step> expected =
                    new ArrayList<>(all.stream().flatMap(List::stream).toList());
            expected.sort(Comparator.comparingLong(Step::nanos).thenComparingInt(Step::participant));
            assertEquals(expected, carried(all, seed), "seed=" + seed);
        }
    }

    private static List<Step> steps(int participant, Random random) {
        List<Step> steps = new ArrayList<>();
        long nanos = random.nextInt(20);
        int frames = random.nextInt(40);
        for (int i = 0; i < frames; i++) {
            steps.add(new Step(nanos, participant));
            nanos += random.nextInt(5);
        }
        return steps;
    }

    private List<Step> carried(List<List<Step>> all, int seed) throws Exception {
        Lockstep lockstep = new Lockstep(all.size());
        AtomicInteger working = new AtomicInteger();
        List<Step> order = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Working source = new Working(lockstep.turn(i), all.get(i), working, order, new Random(31L * seed + i));
            FrameSource leaving = lockstep.leaving(i, source);
            ends.add(threads.submit(() -> {
                while (leaving.next(slot) != FrameSource.Next.END) {
                    source.pause();
                }
                return null;
            }));
        }
        for (Future<?> end : ends) {
            end.get();
        }
        return order;
    }

    /** Takes its time, now at work and now outside. */
    private static final class Working implements FrameSource {
        private final Turn turn;
        private final List<Step> steps;
        private final AtomicInteger working;
        private final List<Step> order;
        private final Random random;
        private int next;

        Working(Turn turn, List<Step> steps, AtomicInteger working, List<Step> order, Random random) {
            this.turn = turn;
            this.steps = steps;
            this.working = working;
            this.order = order;
            this.random = random;
        }

        @Override
        public Next next(FrameSlot slot) {
            if (next == steps.size() || !turn.await(steps.get(next).nanos())) {
                return Next.END;
            }
            assertEquals(1, working.incrementAndGet(), "one at a time");
            order.add(steps.get(next++));
            pause();
            working.decrementAndGet();
            return random.nextInt(4) == 0 ? Next.LOST : Next.FRAME;
        }

        void pause() {
            for (int spins = random.nextInt(300); spins > 0; spins--) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void aSourceThatFailsHoldsNobodyUp() throws Exception {
        Lockstep lockstep = new Lockstep(2);
        Future<Boolean> other = threads.submit(() -> lockstep.turn(1).await(5));
        FrameSource failing = lockstep.leaving(0, source(() -> {
            throw new IOException("cable pulled");
        }));
        assertThrows(IOException.class, () -> failing.next(slot));
        assertTrue(other.get());
    }

    @Test
    void aClosedSourceHoldsNobodyUpAndGetsNoTurn() throws Exception {
        Lockstep lockstep = new Lockstep(2);
        Future<Boolean> other = threads.submit(() -> lockstep.turn(1).await(5));
        lockstep.leaving(0, source(() -> FrameSource.Next.FRAME)).close();
        assertTrue(other.get());
        assertFalse(lockstep.turn(0).await(0));
    }

    @Test
    void anInterruptEndsTheWaitAndKeepsItsStatus() throws Exception {
        Lockstep lockstep = new Lockstep(2);
        CountDownLatch begun = new CountDownLatch(1);
        boolean[] interrupted = new boolean[1];
        Thread waiting = new Thread(() -> {
            begun.countDown();
            boolean mayGo = lockstep.turn(1).await(5);
            interrupted[0] = !mayGo && Thread.currentThread().isInterrupted();
        });
        waiting.start();
        begun.await();
        waiting.interrupt();
        waiting.join();
        assertTrue(interrupted[0]);
    }

    private interface Frames {
        FrameSource.Next next() throws IOException;
    }

    private static FrameSource source(Frames frames) {
        return new FrameSource() {
            @Override
            public Next next(FrameSlot slot) throws IOException {
                return frames.next();
            }

            @Override
            public void close() {}
        };
    }
}
