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

    private static void compare(IntegrationPlan plan, Reduction cpu, Reduction openCl) {
        double sameCount = plan.splitting() == Splitting.NO ? 0 : 1e-9;
        for (int bin = 0; bin < plan.axis().bins(); bin++) {
            assertEquals(cpu.count()[bin], openCl.count()[bin], sameCount, "count of bin " + bin);
            assertClose(cpu.intensity()[bin], openCl.intensity()[bin], "intensity of bin " + bin);
            assertClose(cpu.sigma()[bin], openCl.sigma()[bin], "sigma of bin " + bin);
        }
        assertClose(cpu.totalCounts(), openCl.totalCounts(), "total counts");
        assertEquals(cpu.validPixels(), openCl.validPixels());
        assertEquals(cpu.saturatedPixels(), openCl.saturatedPixels());
    }

    private static void assertClose(double expected, double actual, String what) {
        double scale = Double.isNaN(expected) ? 1 : Math.max(1, Math.abs(expected));
        assertEquals(expected, actual, 1e-9 * scale, what);
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
        int bins = 1 << random.nextInt(10);
        return new PlanBuilder()
                .geometry(geometry)
                .format(any(random, List.of(PixelFormat.values())))
                .flipRows(flip)
                .axis(new RadialAxis(
                        unit,
                        bins,
                        all.lower() + within(random, -0.2, 0.3) * width,
                        all.upper() - within(random, -0.2, 0.3) * width))
                .splitting(random.nextBoolean() ? Splitting.NO : Splitting.BBOX)
                .solidAngle(random.nextBoolean())
                .polarization(random.nextBoolean() ? within(random, -1, 1) : Double.NaN)
                .dark(random.nextBoolean() ? floats(random, rows * columns, -1, 5) : null)
                .flat(random.nextBoolean() ? floats(random, rows * columns, -0.1, 2) : null)
                .mask(random.nextBoolean() ? booleans(random, rows * columns) : null)
                .keepNegative(random.nextBoolean())
                .saturation(within(random, 1, 150))
                .build();
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
