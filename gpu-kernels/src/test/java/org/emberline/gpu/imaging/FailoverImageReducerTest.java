package org.emberline.gpu.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emberline.gpu.ReducerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device that breaks at any frame costs none. */
final class FailoverImageReducerTest {
    private static final int FRAMES = 6;
    private static final ImagingPlan PLAN = plan();

    private static ImagingPlan plan() {
        PlanMaker maker = new PlanMaker();
        maker.dark = new float[maker.shape.pixels()];
        maker.before = new float[maker.shape.pixels()];
        Arrays.fill(maker.before, 1000);
        return maker.plan();
    }

    /** Breaks for good after some calls, with half of the result written. */
    private static final class Fragile implements ImageReducer {
        private final ImageReducer sound = ImageBackend.CPU.open(PLAN);
        private int left;
        private boolean closed;

        Fragile(int calls) {
            left = calls;
        }

        @Override
        public ImagingPlan plan() {
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
        public void reduce(MemorySegment frame, double flatFraction, ImageReduction into) {
            ImageReducer.requireArguments(PLAN, frame, flatFraction, into);
            if (left-- <= 0) {
                Arrays.fill(into.opticalDensity(), 0, 5, -7);
                throw new ReducerException("CL_OUT_OF_RESOURCES");
            }
            sound.reduce(frame, flatFraction, into);
        }

        @Override
        public void close() {
            closed = true;
            sound.close();
        }
    }

    private static ImageReducer cpu() {
        return ImageBackend.CPU.open(PLAN);
    }

    private static MemorySegment frame(Arena arena, int counts) {
        return PlanMaker.frame(arena, PLAN, pixel -> counts);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, FRAMES})
    void everyFrameIsDoneWhenTheDeviceBreaks(int calls) {
        List<String> events = new ArrayList<>();
        Fragile fragile = new Fragile(calls);
        try (Arena arena = Arena.ofConfined();
                ImageReducer reducer = new FailoverImageReducer(fragile, FailoverImageReducerTest::cpu, events::add)) {
            for (int i = 0; i < FRAMES; i++) {
                ImageReduction into = ImageReduction.of(PLAN);
                reducer.reduce(frame(arena, 100 + i), 0, into);
                for (float density : into.opticalDensity()) {
                    assertEquals(Math.log(1000.0 / (100 + i)), density, 2e-7);
                }
                assertEquals(PLAN.shape().pixels(), into.totalValidPixels());
                assertEquals(i < calls ? "opencl" : "cpu", reducer.backend());
                assertEquals(i < calls, reducer.device().equals("Fragile"));
            }
            assertEquals(PLAN, reducer.plan());
        }
        List<String> one = List.of("Fragile failed and cpu took over: CL_OUT_OF_RESOURCES");
        assertEquals(calls < FRAMES ? one : List.of(), events);
        assertTrue(fragile.closed);
    }

    @Test
    void aBadArgumentIsNoFailureOfTheDevice() {
        List<String> events = new ArrayList<>();
        try (Arena arena = Arena.ofConfined();
                ImageReducer reducer =
                        new FailoverImageReducer(new Fragile(9), FailoverImageReducerTest::cpu, events::add)) {
            MemorySegment frame = frame(arena, 500);
            assertThrows(IllegalArgumentException.class, () -> reducer.reduce(frame, 1.5, ImageReduction.of(PLAN)));
            assertEquals("opencl", reducer.backend());
        }
        assertEquals(List.of(), events);
    }

    @Test
    void whenTheOtherFailsTooItIsSaid() {
        Fragile second = new Fragile(0);
        try (Arena arena = Arena.ofConfined();
                ImageReducer reducer = new FailoverImageReducer(new Fragile(0), () -> second, text -> {})) {
            MemorySegment frame = frame(arena, 500);
            for (int i = 0; i < 2; i++) {
                assertThrows(ReducerException.class, () -> reducer.reduce(frame, 0, ImageReduction.of(PLAN)));
            }
        }
        assertTrue(second.closed);
    }
}
