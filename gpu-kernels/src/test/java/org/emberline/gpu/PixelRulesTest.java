package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pixels that count in one frame and not in the next. */
final class PixelRulesTest {
    private static final int PIXELS = PlanBuilder.ROWS * PlanBuilder.COLUMNS;

    static Stream<Arguments> settings() {
        return Stream.of(TestBackend.values())
                .flatMap(backend -> Stream.of(PixelFormat.values())
                        .flatMap(format -> Stream.of(Splitting.values())
                                .map(splitting -> Arguments.of(backend, format, splitting))));
    }

    private static double[] frame(Random random, PixelFormat format) {
        double[] values = new double[PIXELS];
        for (int p = 0; p < PIXELS; p++) {
            values[p] = random.nextInt(4) == 0 ? 7 : random.nextInt(120);
            if (format.signed() && random.nextInt(9) == 0) {
                values[p] = -1 - random.nextInt(3);
            }
        }
        return values;
    }

    /** Frame after frame the same as a reducer that never saw another frame, and with the invalid pixels masked. */
    @ParameterizedTest
    @MethodSource("settings")
    void whatWasInvalidLeavesNoTrace(TestBackend backend, PixelFormat format, Splitting splitting) {
        Random random = new Random(7);
        PlanBuilder builder = new PlanBuilder()
                .format(format)
                .splitting(splitting)
                .solidAngle(true)
                .dummy(7, 0)
                .saturation(100)
                .dropSaturated(true);
        IntegrationPlan plan = builder.build();
        try (Arena arena = Arena.ofConfined();
                Reducer reducer = backend.open(plan)) {
            Reduction result = Reduction.of(plan);
            for (int i = 0; i < 4; i++) {
                double[] values = frame(random, format);
                boolean[] mask = new boolean[PIXELS];
                for (int p = 0; p < PIXELS; p++) {
                    mask[p] = values[p] < 0 || values[p] == 7 || values[p] >= 100;
                }
                MemorySegment pixels = Frames.of(arena, plan, p -> values[p]);
                reducer.reduce(pixels, result);
                assertSame(masked(format, splitting, mask, values), result);
                assertEquals(Arrays.stream(values).filter(value -> value >= 100).count(), result.saturatedPixels());
            }
        }
    }

    private static Reduction masked(PixelFormat format, Splitting splitting, boolean[] mask, double[] values) {
        IntegrationPlan plan = new PlanBuilder()
                .format(format)
                .splitting(splitting)
                .solidAngle(true)
                .mask(mask)
                .build();
        Reduction result = Reduction.of(plan);
        try (Arena arena = Arena.ofConfined();
                Reducer reducer = TestBackend.CPU.open(plan)) {
            reducer.reduce(Frames.of(arena, plan, p -> mask[p] ? 0 : values[p]), result);
        }
        return result;
    }

    private static void assertSame(Reduction expected, Reduction actual) {
        assertEquals(expected.validPixels(), actual.validPixels());
        assertEquals(expected.totalCounts(), actual.totalCounts());
        for (int b = 0; b < expected.intensity().length; b++) {
            assertEquals(expected.intensity()[b], actual.intensity()[b], 1e-11, "intensity of bin " + b);
            assertEquals(expected.sigma()[b], actual.sigma()[b], 1e-11, "sigma of bin " + b);
            assertEquals(expected.count()[b], actual.count()[b], 1e-11, "count of bin " + b);
        }
    }

    /** To the last bit, because what is constant is kept in integers. */
    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void theSameFrameGivesTheSameResultWhateverCameBefore(TestBackend backend) {
        Random random = new Random(8);
        IntegrationPlan plan = new PlanBuilder()
                .format(PixelFormat.I32)
                .splitting(Splitting.BBOX)
                .solidAngle(true)
                .polarization(0.9)
                .build();
        try (Arena arena = Arena.ofConfined();
                Reducer reducer = backend.open(plan)) {
            double[] values = frame(random, PixelFormat.I32);
            MemorySegment same = Frames.of(arena, plan, p -> values[p]);
            Reduction first = Reduction.of(plan);
            reducer.reduce(same, first);
            for (int i = 0; i < 50; i++) {
                double[] other = frame(random, PixelFormat.I32);
                reducer.reduce(Frames.of(arena, plan, p -> other[p]), Reduction.of(plan));
            }
            Reduction again = Reduction.of(plan);
            reducer.reduce(same, again);
            assertTrue(Arrays.equals(first.intensity(), again.intensity()));
            assertTrue(Arrays.equals(first.sigma(), again.sigma()));
            assertTrue(Arrays.equals(first.count(), again.count()));
        }
    }

    @Test
    void rulesSayWhatCounts() {
        PixelRules rules = new PixelRules(false, 100, true, 7, 0.5);
        assertTrue(rules.valid(0) && rules.valid(99.9) && rules.valid(6.4) && rules.valid(7.6));
        assertFalse(rules.valid(-1) || rules.valid(100) || rules.valid(6.5) || rules.valid(7.5));
        assertFalse(rules.valid(Double.NaN) || rules.valid(Double.POSITIVE_INFINITY));
        assertTrue(rules.saturated(100) && rules.saturated(1e9));
        assertFalse(rules.saturated(99) || rules.saturated(Double.POSITIVE_INFINITY) || rules.saturated(Double.NaN));
        assertFalse(PixelRules.GAPS_NEGATIVE.canDrop(PixelFormat.U16));
        assertTrue(PixelRules.GAPS_NEGATIVE.canDrop(PixelFormat.I16));
        assertTrue(rules.canDrop(PixelFormat.U8));
        assertFalse(new PixelRules(true, 1e9, true, 70000, 0).canDrop(PixelFormat.U16));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThrows(IllegalArgumentException.class, () -> PixelRules.of(false, Double.NaN));
        assertThrows(
                IllegalArgumentException.class, () -> new PixelRules(false, 1, false, Double.POSITIVE_INFINITY, 0));
        assertThrows(IllegalArgumentException.class, () -> new PixelRules(false, 1, false, 5, -1));
        assertThrows(IllegalArgumentException.class, () -> new PixelRules(false, 1, false, 5, Double.NaN));
    }
}
