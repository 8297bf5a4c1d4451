package org.emberline.gpu.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.Stream;
import org.emberline.gpu.PixelFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A radiograph costs no heap memory. */
final class ImageAllocationTest {
    private static final int FRAMES = 50;
    private static final int BATCHES = 60;

    static Stream<Arguments> settings() {
        return Stream.of(ImageBackend.values())
                .flatMap(backend -> Stream.of(PixelFormat.U16, PixelFormat.F32)
                        .flatMap(format ->
                                Stream.of(ImageDetail.values()).map(detail -> Arguments.of(backend, format, detail))));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aFrameAllocatesNothing(ImageBackend backend, PixelFormat format, ImageDetail detail) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PlanMaker maker = new PlanMaker();
        maker.shape = new ImageShape(400, 520);
        maker.fields(new Random(1), 100, 9000);
        maker.before[7] = 0;
        maker.format = format;
        maker.detail = detail;
        maker.scaling = new FlatScaling.Rim(3);
        ImagingPlan plan = maker.plan();
        ImageReduction result = ImageReduction.of(plan);
        try (Arena arena = Arena.ofShared();
                ImageReducer reducer = backend.open(plan)) {
            MemorySegment[] ring = new MemorySegment[3];
            for (int i = 0; i < ring.length; i++) {
                ring[i] = PlanMaker.frame(arena, plan, pixel -> 100 + pixel % 5000);
            }
            long least = Long.MAX_VALUE;
            // The first batches run before the compiler has done away with short-lived objects.
            for (int batch = 0; batch < BATCHES && least > 0; batch++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < FRAMES; i++) {
                    reducer.reduce(ring[i % ring.length], 0.5, result);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least, "bytes allocated by " + FRAMES + " frames");
        }
    }
}
