package org.emberline.gpu.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emberline.gpu.PixelFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every backend against the definitions, on random plans with every kind of bad pixel. */
final class ImageTruthTest {
    private static final List<PixelFormat> FORMATS = List.of(PixelFormat.values());

    static Stream<Arguments> cases() {
        return Stream.of(ImageBackend.values())
                .flatMap(backend -> IntStream.range(0, 36).mapToObj(seed -> Arguments.of(backend, (long) seed)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheDefinitions(ImageBackend backend, long seed) {
        Random random = new Random(seed);
        PlanMaker maker = randomPlan(random, (int) seed);
        ImagingPlan plan = maker.plan();
        ImageReduction result = ImageReduction.of(plan);
        try (Arena arena = Arena.ofConfined();
                ImageReducer reducer = backend.open(plan)) {
            for (double w : new double[] {0, random.nextDouble(), 1}) {
                MemorySegment frame = PlanMaker.frame(arena, plan, pixel -> counts(random, plan, pixel));
                reducer.reduce(frame, w, result);
                compare(plan, new Truth(plan, pixel -> plan.format().read(frame, pixel), w), result);
            }
        }
    }

    private static PlanMaker randomPlan(Random random, int seed) {
        PlanMaker maker = new PlanMaker();
        maker.format = FORMATS.get(seed % FORMATS.size());
        maker.detail = seed / FORMATS.size() % 2 == 0 ? ImageDetail.FULL : ImageDetail.DENSITY;
        maker.factor = new int[] {4, 1, 2, 3, 8, 16}[random.nextInt(6)];
        int widest = seed % 9 == 7 ? 6000 : 700; // some wider than what is worked on at once
        maker.shape = new ImageShape(maker.factor + random.nextInt(90), maker.factor + random.nextInt(widest));
        boolean small = maker.format == PixelFormat.U8;
        maker.fields(random, small ? 20 : 200, small ? 150 : 15_000);
        if (random.nextInt(4) == 0) {
            maker.after = null;
        }
        float[] last = maker.after;
        if (last != null && random.nextInt(4) == 0) {
            for (int i = 0; i < last.length; i++) { // flats far apart
                last[i] = maker.dark[i] + (last[i] - maker.dark[i]) * (1 + 2 * random.nextFloat());
            }
        }
        double never = random.nextBoolean() ? Double.POSITIVE_INFINITY : 1e300;
        maker.saturationCounts = random.nextInt(3) == 0 ? never : small ? 240 : 14_000;
        boolean[] mask = new boolean[maker.shape.pixels()];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = random.nextInt(200) == 0 || i % maker.shape.columns() < random.nextInt(9);
            spoil(random, maker, i);
        }
        maker.mask = mask;
        return maker;
    }

    /** Dead, negative and impossible pixels of the fields. */
    private static void spoil(Random random, PlanMaker maker, int i) {
        switch (random.nextInt(900)) {
            case 0 -> maker.before[i] = maker.dark[i];
            case 1 -> maker.dark[i] = Float.NaN;
            case 2 -> maker.before[i] = Float.POSITIVE_INFINITY;
            case 3 -> maker.dark[i] = -3;
            case 4 -> maker.dark[i] = Float.NEGATIVE_INFINITY;
            case 5 -> maker.before[i] = Float.NaN;
            default -> {}
        }
    }

    private static double counts(Random random, ImagingPlan plan, int pixel) {
        double flat = plan.flatfield().before()[pixel];
        double dark = plan.flatfield().dark()[pixel];
        double usual = Double.isFinite(flat + dark) ? dark + (flat - dark) * Math.exp(-2 * random.nextDouble()) : 7;
        double wild = Math.min(65_535, plan.format().maximum());
        return switch (random.nextInt(400)) {
            case 0 -> Math.max(0, Math.floor(dark));
            case 1 -> wild;
            case 2 -> plan.format() == PixelFormat.F32 ? Double.NaN : 0;
            case 3 -> plan.format() == PixelFormat.F32 ? Double.POSITIVE_INFINITY : 0;
            case 4 -> plan.format().signed() ? -30 : 0;
            default -> Math.clamp(usual, 0, plan.format() == PixelFormat.U8 ? 255 : 30_000);
        };
    }

    private static void compare(ImagingPlan plan, Truth truth, ImageReduction result) {
        int odd = 0;
        for (int i = 0; i < truth.valid.length; i++) {
            String where = "block " + i;
            assertEquals(truth.valid[i], result.validPixels()[i], where);
            odd += truth.valid[i] < plan.factor() * plan.factor() ? 1 : 0;
            double od = truth.opticalDensity[i];
            // The difference of two logarithms near 8, in single precision at the end.
            assertNear(od, result.opticalDensity()[i], 1e-7 * Math.abs(od) + 3e-9, where);
            if (plan.detail() == ImageDetail.FULL) {
                double t = truth.transmission[i];
                assertNear(t, result.transmission()[i], 1e-7 * t, where);
                assertNear(truth.variance[i], result.variance()[i], 1e-7 * truth.variance[i], where);
            }
        }
        assertTrue(odd > 0 || truth.valid.length < 10, "no block with a bad pixel");
        assertEquals(truth.saturated, result.saturatedPixels());
        assertEquals(truth.unlit, result.unlitPixels());
        assertEquals(IntStream.of(truth.valid).asLongStream().sum(), result.totalValidPixels());
    }

    private static void assertNear(double expected, double actual, double tolerance, String where) {
        if (Double.isNaN(expected)) {
            assertTrue(Double.isNaN(actual), where + ": " + actual);
        } else {
            assertEquals(expected, actual, tolerance, where);
        }
    }
}
