package org.emberline.gpu.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.imaging.cpu.CpuImageReducer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the CPU multiplies in single precision: its error, and the ends of the range of counts. */
final class SinglePrecisionTest {
    /** Half a unit in the last place of a number of single precision, over the number. */
    private static final double HALF_UNIT = 0x1p-24;

    /** One rounding of a difference and three of four factors. */
    private static final double MOST_OF_PRODUCTS = 1.75 * HALF_UNIT;

    private static PlanMaker maker(PixelFormat format, int factor, int rows, int columns) {
        PlanMaker maker = new PlanMaker();
        maker.format = format;
        maker.factor = factor;
        maker.shape = new ImageShape(rows, columns);
        maker.detail = ImageDetail.DENSITY;
        return maker;
    }

    private static ImageReduction reduce(ImagingPlan plan, MemorySegment frame) {
        ImageReduction result = ImageReduction.of(plan);
        try (ImageReducer reducer = new CpuImageReducer(plan, 2)) {
            reducer.reduce(frame, 0.3, result);
        }
        return result;
    }

    /** Compares every block and returns the mean square of the errors before the result is rounded, as far as that can be told. */
    private static double compare(ImagingPlan plan, IntToDoubleFunction counts) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment frame = PlanMaker.frame(arena, plan, counts);
            ImageReduction result = reduce(plan, frame);
            Truth truth = new Truth(plan, pixel -> plan.format().read(frame, pixel), 0.3);
            double squares = 0;
            for (int i = 0; i < truth.valid.length; i++) {
                double od = truth.opticalDensity[i];
                if (truth.valid[i] == 0) {
                    assertTrue(Float.isNaN(result.opticalDensity()[i]), "block " + i);
                    assertEquals(0, result.validPixels()[i]);
                    continue;
                }
                double error = result.opticalDensity()[i] - od;
                assertEquals(truth.valid[i], result.validPixels()[i], "block " + i);
                assertEquals(0, error, MOST_OF_PRODUCTS + HALF_UNIT * Math.abs(od) + 1e-9, "block " + i);
                squares += error * error;
            }
            assertEquals(truth.saturated, result.saturatedPixels());
            assertEquals(truth.unlit, result.unlitPixels());
            return squares / truth.valid.length;
        }
    }

    /** Densities near 0, where the rounding of the result itself is far below. */
    @ParameterizedTest
    @CsvSource({"U16, 4", "U16, 8", "U16, 12", "I16, 4", "U8, 4"})
    void theErrorIsWhatTheRoundingsMakeIt(PixelFormat format, int factor) {
        // Errors of independent roundings, each anywhere in its interval.
        double most = Math.sqrt(1.75 / 3) * HALF_UNIT / factor;
        PlanMaker maker = maker(format, factor, 40 * factor, 60 * factor + 3);
        boolean bytes = format == PixelFormat.U8;
        maker.fields(new Random(4), bytes ? 8 : 100, bytes ? 150 : 20_000);
        Random random = new Random(5);
        ImagingPlan plan = maker.plan();
        double meanSquare = compare(
                plan, pixel -> Math.rint(maker.before[pixel] * (bytes ? 0.99 : 0.999 + 0.003 * random.nextDouble())));
        assertTrue(meanSquare < most * most, () -> "rms " + Math.sqrt(meanSquare) + " most " + most);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    void otherFactorsHaveTheErrorOfTheResultOnly(int factor) {
        PlanMaker maker = maker(PixelFormat.U16, factor, 40 * factor, 60 * factor);
        maker.fields(new Random(4), 100, 20_000);
        Random random = new Random(5);
        double meanSquare =
                compare(maker.plan(), pixel -> Math.rint(maker.before[pixel] * (0.999 + 0.003 * random.nextDouble())));
        assertTrue(meanSquare < 1e-18, () -> "rms " + Math.sqrt(meanSquare));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16, 64})
    void theEndsOfTheRangeAreRight(int factor) {
        float justBelowOne = Math.nextDown(1f);
        float usual = 100.3f;
        float belowOne = 1 - 5 * (1 - justBelowOne);
        for (float flat : new float[] {1.5f, 300, 65_535, 1e30f}) {
            PlanMaker maker = maker(PixelFormat.U16, factor, factor, 6 * factor);
            int pixels = maker.shape.pixels();
            maker.dark = new float[pixels];
            maker.before = new float[pixels];
            maker.after = null;
            for (int i = 0; i < pixels; i++) {
                int block = i % (6 * factor) / factor;
                int row = i / (6 * factor);
                // Blocks: the least counts, the most, in turns, a run of little ones and a large one, none lit, usual.
                maker.dark[i] = switch (block) {
                    case 0 -> justBelowOne;
                    case 2 -> row % 2 == 0 ? justBelowOne : 0;
                    case 3 -> i % factor > 0 ? usual : row % 8 < 7 ? belowOne : 0;
                    case 4 -> 1;
                    case 5 -> usual;
                    default -> 0;
                };
                maker.before[i] = maker.dark[i] + flat;
            }
            compare(maker.plan(), pixel -> maker.dark[pixel] == usual ? 217 : maker.dark[pixel] > 0 ? 1 : 65_535);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 254, 254.5, 255, 256})
    void saturationIsToldToTheCount(double saturation) {
        for (PixelFormat format : new PixelFormat[] {PixelFormat.U8, PixelFormat.U16, PixelFormat.I16}) {
            PlanMaker maker = maker(format, 4, 16, 36);
            maker.fields(new Random(6), 5, 200);
            maker.saturationCounts = saturation;
            compare(maker.plan(), pixel -> pixel % 36 < 8 ? 255 : pixel % 36 < 16 ? 254 : 253);
        }
    }

    /** Darks, flats and counts of every size, one block beside the other. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyCountAndDarkIsRight(long seed) {
        Random random = new Random(seed);
        PlanMaker maker = maker(PixelFormat.U16, 4 * (1 + (int) seed % 2), 64, 5000);
        int pixels = maker.shape.pixels();
        maker.dark = new float[pixels];
        maker.before = new float[pixels];
        maker.after = null;
        for (int i = 0; i < pixels; i++) {
            maker.dark[i] = random.nextInt(40) == 0 ? -random.nextFloat() : (float) Math.exp(11 * random.nextDouble());
            maker.before[i] = maker.dark[i] + (float) Math.exp(11 * random.nextDouble());
        }
        compare(
                maker.plan(),
                pixel -> random.nextInt(200) == 0
                        ? random.nextInt(65_536)
                        : Math.min(65_535, Math.floor(maker.dark[pixel]) + 1 + random.nextInt(3000)));
    }
}
