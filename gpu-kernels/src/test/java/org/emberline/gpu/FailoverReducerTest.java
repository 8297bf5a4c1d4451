package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emberline.gpu.bslz4.Bslz4Writer;
import org.emberline.gpu.bslz4.CorruptChunkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A device that breaks at any moment costs no frame. */
final class FailoverReducerTest {
    private static final IntegrationPlan PLAN = new PlanBuilder().build();
    private static final int FRAMES = 12;

    /** When a device breaks. */
    enum Break {
        IN_REDUCE,
        IN_BEGIN,
        IN_FINISH
    }

    /** Holds frames back until {@link #finish}, and breaks for good at one call. */
    private static final class Fragile implements Reducer {
        private final Break when;
        private int left;
        private final List<Runnable> begun = new ArrayList<>();
        private final Reducer sound = TestBackend.CPU.open(PLAN);
        private boolean closed;

        Fragile(Break when, int calls) {
            this.when = when;
            left = calls;
        }

        private void call(Break now) {
            if (now == when && left-- <= 0) {
                throw new ReducerException("CL_OUT_OF_RESOURCES");
            }
        }

        @Override
        public IntegrationPlan plan() {
            return PLAN;
        }

        @Override
        public String backend() {
            return "opencl";
        }

        @Override
        public String device() {
            return "Fragile";
        }

        @Override
        public void reduce(MemorySegment frame, double monitor, Reduction into) {
            call(Break.IN_REDUCE);
            sound.reduce(frame, monitor, into);
        }

        @Override
        public void reduceCompressed(MemorySegment chunk, double monitor, Reduction into) throws CorruptChunkException {
            call(Break.IN_REDUCE);
            sound.reduceCompressed(chunk, monitor, into);
        }

        @Override
        public void begin(MemorySegment frame, double monitor, Reduction into) {
            call(Break.IN_BEGIN);
            begun.add(() -> sound.reduce(frame, monitor, into));
        }

        @Override
        public void finish() {
            call(Break.IN_FINISH);
            begun.forEach(Runnable::run);
            begun.clear();
        }

        @Override
        public void close() {
            closed = true;
            sound.close();
        }
    }

    private static Reducer cpu() {
        return TestBackend.CPU.open(PLAN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 11})
    void blockingFramesAreDoneByTheOther(int calls) {
        List<String> events = new ArrayList<>();
        Fragile fragile = new Fragile(Break.IN_REDUCE, calls);
        try (Arena arena = Arena.ofConfined();
                FailoverReducer reducer = new FailoverReducer(fragile, FailoverReducerTest::cpu, events::add)) {
            for (int i = 0; i < FRAMES; i++) {
                int value = i;
                Reduction into = Reduction.of(PLAN);
                reducer.reduce(Frames.of(arena, PLAN, p -> value + 1), 2, into);
                assertEquals((i + 1) / 2.0, into.intensity()[3], 1e-12);
                assertEquals(i < calls ? "opencl" : "cpu", reducer.backend());
            }
        }
        assertEquals(List.of("Fragile failed and cpu took over: CL_OUT_OF_RESOURCES"), events);
        assertTrue(fragile.closed);
    }

    @Test
    void aCompressedFrameIsDoneByTheOther() throws CorruptChunkException {
        List<String> events = new ArrayList<>();
        try (Arena arena = Arena.ofConfined();
                FailoverReducer reducer =
                        new FailoverReducer(new Fragile(Break.IN_REDUCE, 0), FailoverReducerTest::cpu, events::add)) {
            byte[] frame = Frames.of(arena, PLAN, p -> 6).toArray(ValueLayout.JAVA_BYTE);
            byte[] chunk = new Bslz4Writer(PLAN.format().bytes(), 40).write(frame);
            Reduction into = Reduction.of(PLAN);
            reducer.reduceCompressed(arena.allocateFrom(ValueLayout.JAVA_BYTE, chunk), 2, into);
            assertEquals(3, into.intensity()[3], 1e-12);
            MemorySegment corrupt = arena.allocateFrom(ValueLayout.JAVA_BYTE, Arrays.copyOf(chunk, chunk.length - 3));
            assertThrows(CorruptChunkException.class, () -> reducer.reduceCompressed(corrupt, 1, into));
        }
        assertEquals(1, events.size());
    }

    @ParameterizedTest
    @EnumSource(
            value = Break.class,
            names = {"IN_BEGIN", "IN_FINISH"})
    void framesInFlightAreDoneByTheOther(Break when) {
        for (int calls = 0; calls < 4; calls++) {
            List<String> events = new ArrayList<>();
            try (Arena arena = Arena.ofConfined();
                    FailoverReducer reducer =
                            new FailoverReducer(new Fragile(when, calls), FailoverReducerTest::cpu, events::add)) {
                List<Reduction> results = new ArrayList<>();
                for (int i = 0; i < FRAMES; i++) {
                    int value = i;
                    results.add(Reduction.of(PLAN));
                    reducer.begin(Frames.of(arena, PLAN, p -> value), 1, results.getLast());
                    if (i % 3 == 2) {
                        reducer.finish();
                    }
                }
                reducer.finish();
                for (int i = 0; i < FRAMES; i++) {
                    assertEquals(i, results.get(i).intensity()[3], 1e-12, when + " after " + calls);
                }
            }
            assertEquals(1, events.size());
        }
    }

    @Test
    void aBadArgumentIsNoFailureOfTheDevice() {
        List<String> events = new ArrayList<>();
        try (Arena arena = Arena.ofConfined();
                FailoverReducer reducer = new FailoverReducer(cpu(), FailoverReducerTest::cpu, events::add)) {
            MemorySegment frame = Frames.of(arena, PLAN, p -> 1);
            Reduction into = Reduction.of(PLAN);
            for (double monitor : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
                assertThrows(IllegalArgumentException.class, () -> reducer.reduce(frame, monitor, into));
                assertThrows(IllegalArgumentException.class, () -> reducer.begin(frame, monitor, into));
            }
            reducer.finish();
        }
        assertEquals(List.of(), events);
    }

    @Test
    void whenTheOtherFailsTooItIsSaid() {
        try (Arena arena = Arena.ofConfined();
                FailoverReducer reducer = new FailoverReducer(
                        new Fragile(Break.IN_REDUCE, 0), () -> new Fragile(Break.IN_REDUCE, 0), text -> {})) {
            MemorySegment frame = Frames.of(arena, PLAN, p -> 1);
            assertThrows(ReducerException.class, () -> reducer.reduce(frame, Reduction.of(PLAN)));
            assertThrows(ReducerException.class, () -> reducer.reduce(frame, Reduction.of(PLAN)));
        }
    }
}
