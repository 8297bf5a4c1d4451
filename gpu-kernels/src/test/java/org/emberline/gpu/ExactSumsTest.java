package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Integers that are not split add up exactly, however large the sums. */
final class ExactSumsTest {

    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void integersAreSummedExactlyBeyondTheReachOfDoubles(TestBackend backend) {
        int side = 1500;
        Detector detector = new Detector("large", side, side, 1e-4, 1e-4, 3);
        IntegrationPlan plan = new PlanBuilder()
                .geometry(new Geometry(detector, 0.2, 0.05, 0.05, 0, 0, 0, 1e-10))
                .format(PixelFormat.U32)
                .axis(new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 1, 0, 300))
                .build();
        Reduction result = new Reduction(1);
        long sum = 0;
        for (int pixel = 0; pixel < side * side; pixel++) {
            sum += 0xffff_ffffL - pixel % 7;
        }
        assertTrue(sum > 1L << 53, "doubles would round");
        try (Arena arena = Arena.ofConfined();
                Reducer reducer = backend.open(plan)) {
            reducer.reduce(Frames.of(arena, plan, pixel -> 0xffff_ffffL - pixel % 7), result);
        }
        assertEquals((double) sum, result.totalCounts());
        assertEquals((double) sum / (side * side), result.intensity()[0]);
    }

    /** Just below and well above what 32 bits hold. */
    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void sumsDoNotOverflow(TestBackend backend) {
        for (int side : new int[] {255, 256, 300}) {
            Detector detector = new Detector("full", side, side, 1e-4, 1e-4, 3);
            IntegrationPlan plan = new PlanBuilder()
                    .geometry(new Geometry(detector, 0.2, 0.01, 0.01, 0, 0, 0, 1e-10))
                    .axis(new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 1, 0, 300))
                    .build();
            Reduction result = Reduction.of(plan);
            try (Arena arena = Arena.ofConfined();
                    Reducer reducer = backend.open(plan)) {
                reducer.reduce(Frames.of(arena, plan, pixel -> 65_535), result);
            }
            assertEquals(65_535.0 * side * side, result.totalCounts());
            assertEquals(65_535, result.intensity()[0]);
        }
    }
}
