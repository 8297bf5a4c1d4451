package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.emberline.gpu.cpu.CpuCeiling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A ceiling that left out pixels would make every reducer look slow. */
final class CeilingTest {
    private static final int ROWS = 97;
    private static final int COLUMNS = 131;

    static Stream<Arguments> settings() {
        return Stream.of(TestBackend.CPU, TestBackend.OPENCL_SCATTER)
                .flatMap(backend -> Stream.of(PixelFormat.values()).map(format -> Arguments.of(backend, format)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everyPixelIsRead(TestBackend backend, PixelFormat format) {
        IntegrationPlan plan = plan(format);
        Random random = new Random(5);
        try (Arena arena = Arena.ofShared();
                Reducer reducer = backend.open(plan);
                Ceiling ceiling = Reducers.ceiling(reducer, probe(backend))) {
            assertTrue(ceiling.device().startsWith(backend == TestBackend.CPU ? "cpu, " : reducer.device()));
            for (int i = 0; i < 3; i++) {
                MemorySegment frame = arena.allocate(plan.frameBytes(), 128);
                double expected = 0;
                for (int pixel = 0; pixel < ROWS * COLUMNS; pixel++) {
                    double ends = random.nextInt(3) == 0 ? format.minimum() : format.maximum();
                    double value = format == PixelFormat.F32 ? random.nextInt(1 << 20) / 64.0 : ends;
                    Frames.write(frame, format, pixel, value);
                    expected += value; // every partial sum is a double without rounding
                }
                for (Ceiling.Measure measure : ceiling.measures()) {
                    double sum = ceiling.run(measure, frame);
                    assertEquals(expected, measure == Ceiling.Measure.SUM ? sum : expected);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aFrameAllocatesNothing(TestBackend backend, PixelFormat format) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        IntegrationPlan plan = plan(format);
        try (Arena arena = Arena.ofShared();
                Reducer reducer = backend.open(plan);
                Ceiling ceiling = Reducers.ceiling(reducer, probe(backend))) {
            MemorySegment frame = arena.allocate(plan.frameBytes(), 128);
            long least = Long.MAX_VALUE;
            for (int batch = 0; batch < 60 && least > 0; batch++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 200; i++) {
                    var _ = ceiling.run(Ceiling.Measure.SUM, frame);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least);
        }
    }

    @Test
    void theWholeFrameIsReadByWordsToo() {
        IntegrationPlan plan = plan(PixelFormat.U16);
        long words = plan.frameBytes() / Long.BYTES;
        for (int threads = 1; threads <= 5; threads++) {
            try (Arena arena = Arena.ofShared();
                    Ceiling ceiling = new CpuCeiling(plan.format(), ROWS * COLUMNS, threads)) {
                MemorySegment frame = arena.allocate(plan.frameBytes(), 8);
                for (long i = 0; i < words; i++) {
                    frame.setAtIndex(java.lang.foreign.ValueLayout.JAVA_LONG, i, 1);
                }
                assertEquals((double) words, ceiling.run(Ceiling.Measure.READ, frame));
            }
        }
    }

    @Test
    void theCpuTransfersNothing() {
        try (Ceiling ceiling = new CpuCeiling(PixelFormat.U16, ROWS * COLUMNS, 1)) {
            assertEquals(EnumSet.of(Ceiling.Measure.SUM, Ceiling.Measure.READ), ceiling.measures());
            assertThrows(
                    IllegalArgumentException.class, () -> ceiling.run(Ceiling.Measure.TRANSFER, MemorySegment.NULL));
            assertTrue(ceiling.device().startsWith("cpu, 1 thread"), ceiling.device());
        }
    }

    private static ProbeReport probe(TestBackend backend) {
        return backend == TestBackend.CPU
                ? new ProbeReport(List.of(), "not looked for")
                : new ProbeReport(List.of(TestBackend.device()), null);
    }

    private static IntegrationPlan plan(PixelFormat format) {
        Detector detector = new Detector("ceiling", ROWS, COLUMNS, 1e-4, 1e-4, 3);
        Geometry geometry = new Geometry(detector, 0.1, 5e-3, 6e-3, 0, 0, 0, 1e-10);
        return new PlanBuilder().geometry(geometry).format(format).build();
    }
}
