package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel against the plain Java code, on random geometries, formats and corrections. */
final class BackendAgreementTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void bothBackendsAgree(long seed) {
        Random random = new Random(seed);
        IntegrationPlan plan = plan(random);
        Reduction cpu = Reduction.of(plan);
        Reduction openCl = Reduction.of(plan);
        try (Arena arena = Arena.ofConfined();
                Reducer onCpu = TestBackend.CPU.open(plan);
                Reducer onDevice = TestBackend.OPENCL_SCATTER.open(plan);
                Reducer byCells = TestBackend.OPENCL_GATHER.open(plan)) {
            for (int i = 0; i < 3; i++) {
                MemorySegment frame = Frames.of(arena, plan, pixel -> value(random, plan.format()));
                onCpu.reduce(frame, cpu);
                onDevice.reduce(frame, openCl);
                compare(plan, cpu, openCl);
                byCells.reduce(frame, openCl);
                compare(plan, cpu, openCl);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34})
    void framesThatAreOnlyBegunComeOutTheSame(long seed) {
        Random random = new Random(seed);
        IntegrationPlan plan = plan(random);
        for (TestBackend backend : TestBackend.values()) {
            try (Arena arena = Arena.ofShared();
                    Reducer blocking = TestBackend.CPU.open(plan);
                    Reducer reducer = backend.open(plan)) {
                Reduction[] results = new Reduction[8];
                MemorySegment[] frames = new MemorySegment[8];
                for (int i = 0; i < frames.length; i++) {
                    frames[i] = Frames.of(arena, plan, pixel -> value(random, plan.format()));
                    results[i] = Reduction.of(plan);
                    reducer.begin(frames[i], 1 + i, results[i]);
                }
                reducer.finish();
                for (int i = 0; i < frames.length; i++) {
                    Reduction expected = Reduction.of(plan);
                    blocking.reduce(frames[i], 1 + i, expected);
                    compare(plan, expected, results[i]);
                }
            }
        }
    }

    private static void compare(IntegrationPlan plan, Reduction cpu, Reduction openCl) {
        assertAllClose(cpu.count(), openCl.count(), plan.splitting() == Splitting.NO ? 0 : 1e-9, "count");
        assertAllClose(cpu.intensity(), openCl.intensity(), 1e-9, "intensity");
        assertSigmasClose(cpu.sigma(), openCl.sigma(), "sigma");
        assertSigmasClose(cpu.deviation(), openCl.deviation(), "deviation");
        assertEquals(plan.sectors().cake(), cpu.cake().isPresent());
        if (plan.sectors().cake()) {
            Cake expected = cpu.cake().orElseThrow();
            Cake actual = openCl.cake().orElseThrow();
            assertAllClose(expected.count(), actual.count(), 1e-9, "count of cell");
            assertAllClose(expected.intensity(), actual.intensity(), 1e-9, "intensity of cell");
            assertSigmasClose(expected.sigma(), actual.sigma(), "sigma of cell");
        }
        for (int r = 0; r < cpu.rings().size(); r++) {
            RingCounts expected = cpu.rings().get(r);
            RingCounts actual = openCl.rings().get(r);
            assertAllClose(expected.gross(), actual.gross(), 1e-9, "gross");
            assertAllClose(expected.net(), actual.net(), 1e-9, "net");
            assertAllClose(expected.netVariance(), actual.netVariance(), 1e-9, "variance of net");
            assertAllClose(expected.normalisation(), actual.normalisation(), 1e-9, "normalisation");
            assertAllClose(expected.pixels(), actual.pixels(), 1e-9, "pixels");
        }
        assertClose(cpu.totalCounts(), openCl.totalCounts(), "total counts");
        assertEquals(cpu.validPixels(), openCl.validPixels());
        assertEquals(cpu.saturatedPixels(), openCl.saturatedPixels());
    }

    private static void assertClose(double expected, double actual, String what) {
        assertClose(expected, actual, 1e-9, what);
    }

    private static void assertClose(double expected, double actual, double tolerance, String what) {
        double scale = Double.isNaN(expected) ? 1 : Math.max(1, Math.abs(expected));
        assertEquals(expected, actual, tolerance * scale, what);
    }

    private static void assertAllClose(double[] expected, double[] actual, double tolerance, String what) {
        for (int i = 0; i < expected.length; i++) {
            assertClose(expected[i], actual[i], tolerance, what + " " + i);
        }
    }

    /** Their squares are differences of sums. */
    private static void assertSigmasClose(double[] expected, double[] actual, String what) {
        for (int i = 0; i < expected.length; i++) {
            assertClose(expected[i] * expected[i], actual[i] * actual[i], 1e-9, what + " " + i);
        }
    }

    private static double value(Random random, PixelFormat format) {
        double value = Math.exp(random.nextDouble() * Math.log(120));
        if (!format.signed()) {
            return value;
        }
        return random.nextInt(10) == 0 ? -value : value;
    }

    private static IntegrationPlan plan(Random random) {
        int rows = 40 + random.nextInt(260);
        int columns = 40 + random.nextInt(260);
        Detector detector = new Detector(
                "random", rows, columns, within(random, 5e-5, 3e-4), within(random, 5e-5, 3e-4), 1 + random.nextInt(4));
        Geometry geometry = new Geometry(
                detector,
                within(random, 0.02, 0.3),
                within(random, -0.5, 1.5) * rows * detector.pixel1Metres(),
                within(random, -0.5, 1.5) * columns * detector.pixel2Metres(),
                within(random, -0.3, 0.3),
                within(random, -0.3, 0.3),
                within(random, -3, 3),
                within(random, 1e-11, 2e-10));
        RadialUnit unit = any(random, List.of(RadialUnit.values()));
        boolean flip = random.nextBoolean();
        RadialRange all = RadialRange.ofPixels(geometry, unit, flip, null);
        double width = all.upper() - all.lower();
        Sectors sectors = sectors(random, all);
        int bins = 1 << (sectors.rings().isEmpty() ? random.nextInt(10) : 5 + random.nextInt(5));
        return new PlanBuilder()
                .geometry(geometry)
                .format(any(random, List.of(PixelFormat.values())))
                .flipRows(flip)
                .axis(new RadialAxis(
                        unit,
                        bins,
                        all.lower() + within(random, -0.2, 0.3) * width,
                        all.upper() - within(random, -0.2, 0.3) * width))
                .splitting(any(random, List.of(Splitting.values())))
                .errorModel(any(random, List.of(ErrorModel.values())))
                .sectors(sectors)
                .dropSaturated(random.nextBoolean())
                .dummy(random.nextBoolean() ? 1 + random.nextInt(9) : Double.NaN, random.nextBoolean() ? 0 : 0.6)
                .darkVariance(random.nextBoolean() ? floats(random, rows * columns, -0.01, 3) : null)
                .solidAngle(random.nextBoolean())
                .polarization(random.nextBoolean() ? within(random, -1, 1) : Double.NaN)
                .dark(random.nextBoolean() ? floats(random, rows * columns, -1, 5) : null)
                .flat(random.nextBoolean() ? floats(random, rows * columns, -0.1, 2) : null)
                .mask(random.nextBoolean() ? booleans(random, rows * columns) : null)
                .keepNegative(random.nextBoolean())
                .saturation(within(random, 1, 150))
                .build();
    }

    private static Sectors sectors(Random random, RadialRange range) {
        if (random.nextInt(3) == 0) {
            return Sectors.NONE;
        }
        double from = within(random, -360, 360);
        AzimuthalAxis axis = new AzimuthalAxis(1 + random.nextInt(40), from, from + within(random, 20, 360));
        RingFilter filter = any(
                random, List.of(RingFilter.NONE, new RingFilter.SigmaClip(3, 5), new RingFilter.Quantiles(0.2, 0.8)));
        double width = range.upper() - range.lower();
        double centre = range.lower() + 0.5 * width;
        Ring ring = new Ring("a", centre, centre + 0.2 * width, random.nextBoolean() ? 0 : 0.2 * width);
        boolean wideBins = random.nextBoolean(); // in which a ring may have no bin of its own
        return new Sectors(axis, random.nextBoolean(), wideBins ? List.of() : List.of(ring), filter);
    }

    private static <T> T any(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static double within(Random random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    private static float[] floats(Random random, int count, double low, double high) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) within(random, low, high);
        }
        return floats;
    }

    private static boolean[] booleans(Random random, int count) {
        boolean[] booleans = new boolean[count];
        for (int i = 0; i < count; i++) {
            booleans[i] = random.nextInt(4) == 0;
        }
        return booleans;
    }
}
