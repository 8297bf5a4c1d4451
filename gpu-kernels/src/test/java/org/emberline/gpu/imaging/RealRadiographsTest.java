package org.emberline.gpu.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.emberline.gpu.PixelFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Measured projections against figures that were computed elsewhere. */
final class RealRadiographsTest {
    private static final ImageShape SHAPE = new ImageShape(135, 160);
    private static final int PROJECTIONS = 46;

    static Stream<Arguments> frames() {
        return Stream.of(ImageBackend.values())
                .flatMap(backend -> Stream.of(0, 30).map(frame -> Arguments.of(backend, frame)));
    }

    private static float[] floats(ByteBuffer from) {
        float[] values = new float[from.remaining() / Float.BYTES];
        from.asFloatBuffer().get(values);
        return values;
    }

    private static ByteBuffer raw(int number) throws IOException {
        String name = String.format(Locale.ROOT, "i13-projections/raw_%05d.tiff", number);
        return RealRadiographs.tiff(RealRadiographs.path(name));
    }

    private static ImagingPlan projections(int factor) throws IOException {
        Path folder = RealRadiographs.path("i13-projections");
        PlanMaker maker = new PlanMaker();
        maker.shape = SHAPE;
        maker.dark = floats(RealRadiographs.tiff(folder.resolve("dark_00001.tiff")));
        maker.before = floats(RealRadiographs.tiff(folder.resolve("flat_00001.tiff")));
        maker.factor = factor;
        return maker.plan();
    }

    private static ImageReduction projection(ImageBackend backend, int number, int factor) throws IOException {
        return reduce(backend, projections(factor), raw(number), 0);
    }

    private static ImageReduction reduce(ImageBackend backend, ImagingPlan plan, ByteBuffer pixels, int first) {
        ImageReduction result = ImageReduction.of(plan);
        try (Arena arena = Arena.ofConfined();
                ImageReducer reducer = backend.open(plan)) {
            MemorySegment frame = arena.allocate(plan.frameBytes());
            MemorySegment.copy(MemorySegment.ofBuffer(pixels), first, frame, 0, plan.frameBytes());
            reducer.reduce(frame, 0, result);
        }
        return result;
    }

    private static double mean(float[] values, int rows, int columns, boolean logarithm) {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < rows * columns; i++) {
            if (!Float.isNaN(values[i])) {
                sum += values[i];
                count++;
            }
        }
        assertTrue(count > 0 || logarithm, "no pixel at all");
        return sum / count;
    }

    @ParameterizedTest
    @MethodSource("frames")
    void projectionsAgreeWithTheReference(ImageBackend backend, int number) throws IOException {
        Path reference = RealRadiographs.path("i13-projections/ref_flatfield.json");
        String frame = "\"" + number + "\":";
        ByteBuffer raw = raw(number);
        long sum = 0;
        for (int i = 0; i < SHAPE.pixels(); i++) {
            sum += raw.getShort(2 * i) & 0xffff;
        }
        assertEquals((long) RealRadiographs.number(reference, frame, "raw_sum"), sum);
        ImageReduction single = projection(backend, number, 1);
        float[] t = single.transmission();
        assertEquals(SHAPE.pixels() - 1, single.totalValidPixels());
        assertTrue(Float.isNaN(t[0]), "pixel (0,0) is dead");
        assertClose(reference, frame, "T_mean", mean(t, 135, 160, false));
        assertClose(reference, frame, "T_01", t[1]);
        assertClose(reference, frame, "T_67_80", t[67 * 160 + 80]);
        assertClose(reference, frame, "negln_mean", mean(single.opticalDensity(), 135, 160, true));
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (float value : t) {
            least = value < least ? value : least;
            most = value > most ? value : most;
        }
        assertClose(reference, frame, "T_min", least);
        assertClose(reference, frame, "T_max", most);
        ImageReduction halved = projection(backend, number, 2);
        assertEquals(new ImageShape(67, 80), halved.shape());
        assertEquals(3, halved.validPixels()[0]);
        assertClose(reference, frame, "ds2_mean", mean(halved.transmission(), 67, 80, false));
        assertClose(reference, frame, "ds2_00", halved.transmission()[0]);
    }

    /** The reference knows two of the projections; its formula, in double precision, holds for all of them. */
    @ParameterizedTest
    @EnumSource(ImageBackend.class)
    void everyProjectionAgreesWithTheFormula(ImageBackend backend) throws IOException {
        for (int factor = 1; factor <= 2; factor++) {
            ImagingPlan plan = projections(factor);
            ImageReduction result = ImageReduction.of(plan);
            try (Arena arena = Arena.ofConfined();
                    ImageReducer reducer = backend.open(plan)) {
                MemorySegment frame = arena.allocate(plan.frameBytes());
                for (int number = 0; number < PROJECTIONS; number++) {
                    frame.copyFrom(MemorySegment.ofBuffer(raw(number)));
                    reducer.reduce(frame, 0, result);
                    Truth truth = new Truth(plan, pixel -> plan.format().read(frame, pixel), 0);
                    String where = "projection " + number + ", factor " + factor;
                    assertClose(truth.transmission, result.transmission(), where);
                    assertClose(truth.opticalDensity, result.opticalDensity(), where);
                    assertArrayEquals(truth.valid, result.validPixels(), where);
                    assertEquals(factor * factor - 1, result.validPixels()[0], "pixel (0,0) is dead in " + where);
                }
            }
        }
    }

    private static void assertClose(double[] expected, float[] actual, String where) {
        assertEquals(expected.length, actual.length, where);
        for (int i = 0; i < expected.length; i++) {
            double tolerance = 1e-6 * Math.abs(expected[i]);
            assertEquals(expected[i], actual[i], Double.isNaN(tolerance) ? 0 : tolerance, where + ", pixel " + i);
        }
    }

    private static void assertClose(Path reference, String frame, String key, double actual) throws IOException {
        double expected = RealRadiographs.number(reference, frame, key);
        assertEquals(expected, actual, 1e-6 * Math.abs(expected), key);
    }

    @ParameterizedTest
    @EnumSource(ImageBackend.class)
    void normalisedTomogramsAgree(ImageBackend backend) throws IOException {
        Path folder = RealRadiographs.path("normalize-vectors");
        PlanMaker maker = new PlanMaker();
        maker.shape = new ImageShape(8, 46);
        maker.format = PixelFormat.I32;
        maker.factor = 1;
        maker.dark = meanOfTwo(RealRadiographs.npy(folder.resolve("dark.npy")));
        maker.before = meanOfTwo(RealRadiographs.npy(folder.resolve("flat.npy")));
        ImagingPlan plan = maker.plan();
        ByteBuffer frames = RealRadiographs.npy(folder.resolve("tomo.npy"));
        float[] expected = floats(RealRadiographs.npy(folder.resolve("normalize.npy")));
        for (int number = 0; number < 16; number++) {
            ImageReduction result = reduce(backend, plan, frames, Math.toIntExact(number * plan.frameBytes()));
            for (int i = 0; i < plan.shape().pixels(); i++) {
                float wanted = expected[number * plan.shape().pixels() + i];
                float found = result.transmission()[i];
                assertEquals(wanted > 0, !Float.isNaN(found), "frame " + number + " pixel " + i + ": " + wanted);
                if (wanted > 0) {
                    assertEquals(wanted, found, 1e-6 * wanted, "frame " + number + " pixel " + i);
                }
            }
        }
    }

    private static float[] meanOfTwo(ByteBuffer frames) {
        float[] mean = new float[frames.remaining() / 8];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (frames.getInt(4 * i) + frames.getInt(4 * (i + mean.length))) / 2f;
        }
        return mean;
    }
}
