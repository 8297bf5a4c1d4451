package org.emberline.gpu.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.imaging.cpu.CpuImageReducer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every backend has to do. Expected values are closed formulas. */
final class ImageReducerContractTest {
    private static final double SINGLE = 1e-7;

    private static PlanMaker uniform(float dark, float before, float after) {
        PlanMaker maker = new PlanMaker();
        maker.dark = filled(maker, dark);
        maker.before = filled(maker, before);
        maker.after = filled(maker, after);
        return maker;
    }

    private static float[] filled(PlanMaker maker, float value) {
        float[] values = new float[maker.shape.pixels()];
        Arrays.fill(values, value);
        return values;
    }

    private static ImageReduction reduce(
            ImageBackend backend, ImagingPlan plan, double w, IntToDoubleFunction... frames) {
        ImageReduction result = ImageReduction.of(plan);
        try (Arena arena = Arena.ofConfined();
                ImageReducer reducer = backend.open(plan)) {
            assertEquals(plan, reducer.plan());
            for (IntToDoubleFunction frame : frames) {
                reducer.reduce(PlanMaker.frame(arena, plan, frame), w, result);
            }
        }
        return result;
    }

    @ParameterizedTest
    @EnumSource(ImageBackend.class)
    void theFlatIsInterpolatedInTime(ImageBackend backend) {
        ImagingPlan plan = uniform(100, 1100, 2100).plan();
        for (double w : new double[] {0, 0.25, 1}) {
            ImageReduction result = reduce(backend, plan, w, pixel -> 600);
            double t = 500 / (1000 + 1000 * w);
            for (int i = 0; i < result.shape().pixels(); i++) {
                assertEquals(t, result.transmission()[i], SINGLE * t);
                assertEquals(-Math.log(t), result.opticalDensity()[i], SINGLE);
            }
        }
        assertEquals(0.25, plan.flatfield().fraction(250_000_000));
        assertEquals(0, plan.flatfield().fraction(-1));
        assertEquals(1, plan.flatfield().fraction(1_000_000_001));
    }

    @ParameterizedTest
    @EnumSource(ImageBackend.class)
    void aDeadPixelChangesNoNeighbour(ImageBackend backend) {
        PlanMaker maker = uniform(100, 1100, 1100);
        maker.saturationCounts = 60_000;
        maker.dark[0] = 0;
        maker.before[0] = 0;
        maker.after = null;
        maker.before[5] = 90;
        maker.mask = new boolean[maker.shape.pixels()];
        maker.mask[10] = true;
        ImageReduction result = reduce(backend, maker.plan(), 0, pixel -> switch (pixel) {
            case 0 -> 0;
            case 15 -> 60_000;
            case 20 -> 100;
            case 25 -> 99;
            default -> 600;
        });
        for (int i = 0; i < result.shape().pixels(); i++) {
            assertEquals(Math.log(2), result.opticalDensity()[i], SINGLE, "block " + i);
            assertEquals(0.5, result.transmission()[i], SINGLE, "block " + i);
            assertEquals(List.of(0, 1, 2, 3, 5, 6).contains(i) ? 15 : 16, result.validPixels()[i], "block " + i);
        }
        assertEquals(1, result.saturatedPixels());
        assertEquals(2, result.unlitPixels());
        assertEquals(24 * 36 - 6, result.totalValidPixels());
    }

    @ParameterizedTest
    @EnumSource(ImageBackend.class)
    void aBlockWithoutValidPixelsIsNothing(ImageBackend backend) {
        PlanMaker maker = uniform(100, 1100, 1100);
        boolean[] mask = new boolean[maker.shape.pixels()];
        for (int row = 4; row < 8; row++) {
            Arrays.fill(mask, row * 36 + 8, row * 36 + 12, true);
        }
        maker.mask = mask;
        ImageReduction result = reduce(backend, maker.plan(), 0, pixel -> 600);
        int block = 9 + 2;
        assertEquals(0, result.validPixels()[block]);
        assertTrue(Float.isNaN(result.opticalDensity()[block]));
        assertTrue(Float.isNaN(result.transmission()[block]));
        assertTrue(Float.isNaN(result.variance()[block]));
        assertEquals(6 * 9 - 1, Arrays.stream(result.histogram()).sum() + result.underflow() + result.overflow());
        assertEquals(Math.log(2), result.opticalDensity()[block + 1], SINGLE);
    }

    @ParameterizedTest
    @EnumSource(ImageBackend.class)
    void theMeanDensityIsOfLogarithmsAndTheMeanTransmissionOfRatios(ImageBackend backend) {
        PlanMaker maker = uniform(0, 10_000, 10_000);
        ImageReduction result = reduce(backend, maker.plan(), 0, pixel -> pixel % 2 == 0 ? 1000 : 9000);
        assertEquals(-(Math.log(0.1) + Math.log(0.9)) / 2, result.opticalDensity()[7], SINGLE);
        assertEquals(0.5, result.transmission()[7], SINGLE);
    }

    @ParameterizedTest
    @EnumSource(ImageBackend.class)
    void anEmptyRegionSetsTheScale(ImageBackend backend) {
        PlanMaker maker = uniform(100, 10_100, 10_100);
        maker.scaling = new FlatScaling.Region(3, 5, 10, 8); // of the map: row 1 and 2, column 2
        ImageReduction result = reduce(backend, maker.plan(), 0, pixel -> {
            int row = pixel / 36;
            int column = pixel % 36;
            boolean empty = row >= 4 && row < 12 && column >= 8 && column < 12;
            return empty ? 9100 : 4600;
        });
        assertEquals(0.9, result.flatScale(), 1e-7);
        assertEquals(Math.log(2), result.opticalDensity()[0], 3e-7);
        assertEquals(0.5, result.transmission()[0], 1e-7);
        assertEquals(0, result.opticalDensity()[9 + 2], 1e-7);
        double variance = result.variance()[9 + 2];
        assertEquals(Math.sqrt(variance / 2), result.flatScaleSigma(), 1e-7 * Math.sqrt(variance));
    }

    @ParameterizedTest
    @EnumSource(ImageBackend.class)
    void theRimSetsTheScaleWhileLessThanHalfOfItIsCovered(ImageBackend backend) {
        PlanMaker maker = uniform(100, 10_100, 10_100);
        maker.scaling = new FlatScaling.Rim(1);
        ImageReduction result = reduce(backend, maker.plan(), 0, pixel -> pixel % 36 < 14 ? 3000 : 8100);
        assertEquals(0.8, result.flatScale(), 1e-7);
        ImageReduction unscaled = reduce(backend, uniform(100, 10_100, 10_100).plan(), 0, pixel -> 5100);
        assertEquals(1, unscaled.flatScale());
    }

    @ParameterizedTest
    @EnumSource(ImageBackend.class)
    void withoutAValidPixelInTheRegionNothingIsKnown(ImageBackend backend) {
        PlanMaker maker = uniform(100, 10_100, 10_100);
        maker.scaling = new FlatScaling.Region(0, 0, 4, 4);
        ImageReduction result = reduce(backend, maker.plan(), 0, pixel -> pixel / 36 < 4 && pixel % 36 < 4 ? 50 : 4600);
        assertTrue(Double.isNaN(result.flatScale()));
        assertTrue(Float.isNaN(result.opticalDensity()[20]));
        assertEquals(0, Arrays.stream(result.histogram()).sum());
    }

    @ParameterizedTest
    @EnumSource(ImageBackend.class)
    void theHistogramCountsEveryBlockOnce(ImageBackend backend) {
        PlanMaker maker = uniform(0, 10_000, 10_000);
        maker.histogram = new HistogramBins(0.25, 0.75, 2);
        double[] density = {0.24, 0.26, 0.49, 0.51, 0.74, 0.76, 1, 2, 0.3};
        ImageReduction result =
                reduce(backend, maker.plan(), 0, pixel -> Math.rint(10_000 * Math.exp(-density[pixel % 36 / 4])));
        assertEquals(6, result.underflow());
        assertArrayEquals(new long[] {18, 12}, result.histogram());
        assertEquals(18, result.overflow());
    }

    @ParameterizedTest
    @EnumSource(ImageBackend.class)
    void previewsHalveTheMapAndKeepItsMean(ImageBackend backend) {
        Random random = new Random(8);
        PlanMaker maker = new PlanMaker();
        maker.shape = new ImageShape(2 * 131, 2 * 259 + 1);
        maker.factor = 2;
        maker.fields(random, 50, 20_000);
        for (int i = 0; i < 500; i++) {
            maker.before[random.nextInt(maker.before.length)] = 0;
        }
        ImageReduction result = reduce(backend, maker.plan(), 0.5, pixel -> 5000 + random.nextInt(9000));
        assertEquals(
                List.of(new ImageShape(66, 130), new ImageShape(33, 65), new ImageShape(17, 33)),
                result.previews().stream().map(PreviewLevel::shape).toList());
        double mean = mean(result.opticalDensity(), result.validPixels());
        for (PreviewLevel level : result.previews()) {
            assertEquals(mean, mean(level.opticalDensity(), level.validPixels()), 1e-7);
            assertEquals(
                    result.totalValidPixels(),
                    Arrays.stream(level.validPixels()).sum());
        }
        PreviewLevel first = result.previews().getFirst();
        double sum = 0;
        int count = 0;
        for (int block : new int[] {0, 1, 259, 260}) {
            sum += (double) result.validPixels()[block] * result.opticalDensity()[block];
            count += result.validPixels()[block];
        }
        assertEquals(sum / count, first.opticalDensity()[0], 1e-6);
    }

    @ParameterizedTest
    @EnumSource(ImageDetail.class)
    void theNumberOfThreadsChangesNothing(ImageDetail detail) {
        for (FlatScaling scaling : List.of(FlatScaling.NONE, new FlatScaling.Rim(2))) {
            Random random = new Random(3);
            PlanMaker maker = new PlanMaker();
            maker.shape = new ImageShape(2 * 421 + 1, 2 * 309);
            maker.factor = 2;
            maker.fields(random, 50, 20_000);
            maker.before[4000] = 0;
            maker.detail = detail;
            maker.scaling = scaling;
            ImagingPlan plan = maker.plan();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment frame = PlanMaker.frame(arena, plan, pixel -> 5000 + random.nextInt(9000));
                ImageReduction alone = reduceWith(1, plan, frame);
                for (int threads = 2; threads <= 7; threads++) {
                    ImageReduction result = reduceWith(threads, plan, frame);
                    assertArrayEquals(alone.opticalDensity(), result.opticalDensity());
                    assertArrayEquals(alone.variance(), result.variance());
                    assertArrayEquals(alone.validPixels(), result.validPixels());
                    assertArrayEquals(alone.histogram(), result.histogram());
                    assertEquals(alone.totalValidPixels(), result.totalValidPixels());
                    for (int i = 0; i < alone.previews().size(); i++) {
                        assertArrayEquals(
                                alone.previews().get(i).opticalDensity(),
                                result.previews().get(i).opticalDensity());
                        assertArrayEquals(
                                alone.previews().get(i).validPixels(),
                                result.previews().get(i).validPixels());
                    }
                }
            }
        }
    }

    private static ImageReduction reduceWith(int threads, ImagingPlan plan, MemorySegment frame) {
        ImageReduction result = ImageReduction.of(plan);
        try (ImageReducer reducer = new CpuImageReducer(plan, threads)) {
            reducer.reduce(frame, 0.5, result);
        }
        return result;
    }

    private static double mean(float[] density, int[] valid) {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < density.length; i++) {
            sum += valid[i] > 0 ? (double) valid[i] * density[i] : 0;
            count += valid[i];
        }
        return sum / count;
    }

    @ParameterizedTest
    @EnumSource(ImageBackend.class)
    void manyPixelsPerBlockLoseNoDigits(ImageBackend backend) {
        for (ImageDetail detail : ImageDetail.values()) {
            PlanMaker maker = new PlanMaker();
            maker.format = PixelFormat.F32;
            maker.shape = new ImageShape(64, 128);
            maker.factor = 64;
            maker.dark = filled(maker, 0);
            maker.before = filled(maker, 1e6f);
            maker.detail = detail;
            // 2048 factors of 1e-6 and as many of 1e+6 (of scattered light, say): either product alone is no number.
            ImageReduction result = reduce(backend, maker.plan(), 0, pixel -> pixel % 128 < 32 ? 1e12 : 1);
            assertEquals(0, result.opticalDensity()[0], SINGLE);
            assertEquals(6 * Math.log(10), result.opticalDensity()[1], 20 * SINGLE);
        }
    }

    @ParameterizedTest
    @EnumSource(ImageBackend.class)
    void wrongArgumentsAreRefused(ImageBackend backend) {
        ImagingPlan plan = uniform(100, 1100, 1100).plan();
        PlanMaker dense = uniform(100, 1100, 1100);
        dense.detail = ImageDetail.DENSITY;
        ImageReduction into = ImageReduction.of(plan);
        try (Arena arena = Arena.ofConfined();
                ImageReducer reducer = backend.open(plan)) {
            MemorySegment frame = PlanMaker.frame(arena, plan, pixel -> 600);
            assertRefused("flat_fraction=1.5", () -> reducer.reduce(frame, 1.5, into));
            assertRefused("flat_fraction=NaN", () -> reducer.reduce(frame, Double.NaN, into));
            assertRefused("bytes=1727", () -> reducer.reduce(frame.asSlice(1), 0, into));
            assertRefused("native", () -> reducer.reduce(MemorySegment.ofArray(new byte[4000]), 0, into));
            assertRefused("full=false", () -> reducer.reduce(frame, 0, ImageReduction.of(dense.plan())));
        }
    }

    @ParameterizedTest
    @EnumSource(ImageBackend.class)
    void aPlanWithoutAUsablePixelIsRefused(ImageBackend backend) {
        assertRefused(
                "no pixel can be used",
                () -> backend.open(uniform(100, 100, 100).plan()).close());
    }

    private static void assertRefused(String words, Runnable call) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, call::run).getMessage());
        assertTrue(message.contains(words), message);
    }
}
