package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A frame costs no heap memory. */
final class AllocationTest {
    private static final int FRAMES = 200;
    private static final int BATCHES = 60;

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
}
