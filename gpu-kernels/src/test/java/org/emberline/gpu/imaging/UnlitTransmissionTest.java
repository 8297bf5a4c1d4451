package org.emberline.gpu.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.emberline.gpu.PixelFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transmission with every pixel that is a number, against its definition. */
final class UnlitTransmissionTest {
    private static final double BETWEEN = 0.37;

    private static ImagingPlan plan(int factor, FlatScaling scaling) {
        PlanMaker maker = new PlanMaker().fields(new Random(5), 200, 3000);
        maker.format = PixelFormat.F32;
        maker.factor = factor;
        maker.scaling = scaling;
        maker.saturationCounts = 2500;
        boolean[] mask = new boolean[maker.shape.pixels()];
        mask[40] = true;
        maker.mask = mask;
        maker.before[90] = maker.dark[90];
        return maker.plan();
    }

    /** Some below the dark, some saturated, some no numbers; the block of the last corner has nothing else. */
    private static double counts(Random random, ImagingPlan plan, int pixel) {
        boolean last = pixel / plan.shape().columns() >= plan.shape().rows() - 4
                && pixel % plan.shape().columns() >= plan.shape().columns() - 4;
        return switch (last ? 0 : random.nextInt(12)) {
            case 0 -> Double.NaN;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> 2500;
            case 3, 4, 5 -> plan.flatfield().dark()[pixel] - 50 * random.nextDouble();
            case 6 -> plan.flatfield().dark()[pixel];
            default -> plan.flatfield().dark()[pixel] + 2000 * random.nextDouble();
        };
    }

    private static double mean(ImagingPlan plan, MemorySegment frame, int blockRow, int blockColumn) {
        Flatfield field = plan.flatfield();
        double sum = 0;
        int count = 0;
        for (int i = 0; i < plan.factor() * plan.factor(); i++) {
            int row = blockRow * plan.factor() + i / plan.factor();
            int column = blockColumn * plan.factor() + i % plan.factor();
            int pixel = row * plan.shape().columns() + column;
            double raw = plan.format().read(frame, pixel);
            boolean dead = pixel == 40 || pixel == 90;
            if (!dead && !Double.isNaN(raw) && !Double.isInfinite(raw) && raw < 2500) {
                double flat = (1 - BETWEEN) * field.before()[pixel] + BETWEEN * field.last()[pixel];
                sum += (raw - field.dark()[pixel]) / (flat - field.dark()[pixel]);
                count++;
            }
        }
        return sum / count;
    }

    @ParameterizedTest
    @EnumSource(ImageBackend.class)
    void everyNumberCounts(ImageBackend backend) {
        for (FlatScaling scaling : new FlatScaling[] {FlatScaling.NONE, new FlatScaling.Rim(1)}) {
            for (int factor : new int[] {1, 3, 4}) {
                ImagingPlan plan = plan(factor, scaling);
                ImageReduction result = ImageReduction.of(plan);
                Random random = new Random(factor);
                try (Arena arena = Arena.ofConfined();
                        ImageReducer reducer = backend.open(plan)) {
                    MemorySegment frame = PlanMaker.frame(arena, plan, pixel -> counts(random, plan, pixel));
                    reducer.reduce(frame, BETWEEN, result);
                    float[] density = result.opticalDensity().clone();
                    UnlitTransmission.include(plan, frame, BETWEEN, result);
                    compare(plan, frame, result);
                    assertTrue(Arrays.equals(density, result.opticalDensity()), "nothing else is touched");
                }
            }
        }
    }

    private static void compare(ImagingPlan plan, MemorySegment frame, ImageReduction result) {
        int columns = result.shape().columns();
        int negative = 0;
        for (int block = 0; block < result.shape().pixels(); block++) {
            double expected = mean(plan, frame, block / columns, block % columns) / result.flatScale();
            float found = result.transmission()[block];
            assertEquals(Double.isNaN(expected), Float.isNaN(found), "block " + block);
            if (!Double.isNaN(expected)) {
                assertEquals(expected, found, 1e-6 * Math.abs(expected) + 1e-9, "block " + block);
            }
            negative += found < 0 ? 1 : 0;
        }
        assertTrue(negative > 0 || plan.factor() > 1, "some are below 0");
        int last = result.shape().pixels() - 1;
        assertTrue(Float.isNaN(result.transmission()[last]), "no number at all in the last block");
    }
}
