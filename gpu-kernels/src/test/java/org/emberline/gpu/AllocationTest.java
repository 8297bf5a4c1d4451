package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.emberline.gpu.bslz4.Bslz4Writer;
import org.emberline.gpu.bslz4.CorruptChunkException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A frame costs no heap memory. */
final class AllocationTest {
    private static final int FRAMES = 200;
    private static final int BATCHES = 240;
    /** Bytes. */
    private static final long SMALLEST_OBJECT = 16;

    static Stream<Arguments> settings() {
        return Stream.of(TestBackend.values())
                .flatMap(backend -> Stream.of(PixelFormat.U16, PixelFormat.I32, PixelFormat.F32)
                        .flatMap(format -> Stream.of(Splitting.values())
                                .map(splitting -> Arguments.of(backend, format, splitting))));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aFrameAllocatesNothing(TestBackend backend, PixelFormat format, Splitting splitting) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        IntegrationPlan plan =
                new PlanBuilder().format(format).splitting(splitting).build();
        Reduction result = Reduction.of(plan);
        try (Arena arena = Arena.ofConfined();
                Reducer reducer = backend.open(plan)) {
            MemorySegment[] ring = new MemorySegment[4];
            for (int i = 0; i < ring.length; i++) {
                ring[i] = Frames.of(arena, plan, pixel -> pixel % 5);
            }
            long least = Long.MAX_VALUE;
            // The first batches run before the compiler has done away with short-lived objects.
            for (int batch = 0; batch < BATCHES && least > 0; batch++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < FRAMES; i++) {
                    reducer.reduce(ring[i % ring.length], result);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least, "bytes allocated by " + FRAMES + " frames");
        }
    }

    /** All lanes of the CPU, a cake, rings, and pixels that become invalid and valid again. */
    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void aCakeOfALargeFrameAllocatesNothing(TestBackend backend) {
        Sectors sectors = Sectors.cake(AzimuthalAxis.fullCircle(36))
                .withRings(List.of(new Ring("a", 20, 30, 5)))
                .withFilter(RingFilter.Quantiles.MEDIAN);
        IntegrationPlan plan = new PlanBuilder()
                .geometry(new Geometry(new Detector("large", 640, 640, 1e-4, 1e-4, 3), 0.1, 0.03, 0.03, 0, 0, 0, 1e-10))
                .axis(new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 50, 0, 45))
                .format(PixelFormat.I32)
                .sectors(sectors)
                .build();
        assertEquals(0, leastAllocated(backend, plan, 10, 30, false), "bytes allocated by 10 frames");
    }

    /** A frame that is only begun may cost an event and the bookkeeping of an asynchronous copy. */
    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void anOverlappedFrameAllocatesAtMost128Bytes(TestBackend backend) {
        IntegrationPlan plan = new PlanBuilder().format(PixelFormat.I32).build();
        long bytes = leastAllocated(backend, plan, FRAMES, BATCHES, true);
        System.out.println("overlapped on " + backend + ": " + bytes / FRAMES + " bytes a frame");
        assertTrue(bytes <= 128L * FRAMES, bytes + " bytes allocated by " + FRAMES + " frames");
    }

    private static long leastAllocated(
            TestBackend backend, IntegrationPlan plan, int frames, int batches, boolean overlapped) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        try (Arena arena = Arena.ofShared();
                Reducer reducer = backend.open(plan)) {
            MemorySegment[] ring = new MemorySegment[4];
            Reduction[] results = new Reduction[4];
            for (int i = 0; i < ring.length; i++) {
                int hot = 7 * i;
                ring[i] = Frames.of(arena, plan, pixel -> pixel == hot ? -1 : pixel % 5);
                results[i] = Reduction.of(plan);
            }
            for (int batch = 0; batch < batches && least > 0; batch++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < frames; i++) {
                    if (overlapped) {
                        reducer.begin(ring[i % 4], 1, results[i % 4]);
                        if (i % 4 == 3) {
                            reducer.finish();
                        }
                    } else {
                        reducer.reduce(ring[i % 4], 1, results[i % 4]);
                    }
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
        }
        return least;
    }

    static Stream<Arguments> compressedSettings() {
        return Stream.of(TestBackend.values())
                .flatMap(backend -> Stream.of(PixelFormat.U16, PixelFormat.I32)
                        .flatMap(format -> Stream.of(4096 / format.bytes(), 1000)
                                .map(blockSamples -> Arguments.of(backend, format, blockSamples))));
    }

    /** On the CPU frames large enough for two lanes; blocks that suit the lanes and blocks that do not. */
    @ParameterizedTest
    @MethodSource("compressedSettings")
    void aCompressedFrameAllocatesNothing(TestBackend backend, PixelFormat format, int blockSamples)
            throws CorruptChunkException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        IntegrationPlan plan = CompressedFrameTest.Kind.PLAIN.plan(format, backend == TestBackend.CPU ? 520 : 33, 510);
        Reduction result = Reduction.of(plan);
        try (Arena arena = Arena.ofShared();
                Reducer reducer = backend.open(plan)) {
            MemorySegment[] ring = new MemorySegment[4];
            for (int i = 0; i < ring.length; i++) {
                int every = i + 2;
                byte[] frame = Frames.of(arena, plan, pixel -> pixel % every).toArray(ValueLayout.JAVA_BYTE);
                byte[] chunk = new Bslz4Writer(format.bytes(), blockSamples).write(frame);
                ring[i] = arena.allocateFrom(ValueLayout.JAVA_BYTE, chunk);
            }
            long least = Long.MAX_VALUE;
            for (int batch = 0; batch < BATCHES && least >= SMALLEST_OBJECT * FRAMES; batch++) {
                long before = threads.getTotalThreadAllocatedBytes();
                for (int i = 0; i < FRAMES; i++) {
                    reducer.reduceCompressed(ring[i % ring.length], 1, result);
                }
                least = Math.min(least, threads.getTotalThreadAllocatedBytes() - before);
            }
            // The virtual machine's own threads make an object now and then; one per frame would be 16 bytes of it at
            // least.
            assertTrue(
                    least < SMALLEST_OBJECT * FRAMES,
                    "all threads allocated " + least + " bytes in " + FRAMES + " frames");
        }
    }
}
