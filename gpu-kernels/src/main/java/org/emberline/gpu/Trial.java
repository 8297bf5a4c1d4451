package org.emberline.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.emberline.gpu.choice.Contest;

/** A reducer is timed on a frame of its own plan's shape and format, filled with small numbers. */
final class Trial {

    private Trial() {}

    static double millisecondsPerFrame(Reducer reducer) {
        Reduction into = Reduction.of(reducer.plan());
        try (Arena arena = Arena.ofShared()) {
            return Contest.millisecondsPerFrame(frame(arena, reducer.plan()), frame -> reducer.reduce(frame, into));
        }
    }

    private static MemorySegment frame(Arena arena, IntegrationPlan plan) {
        long bytes = plan.frameBytes();
        MemorySegment frame = arena.allocate(Math.ceilDiv(bytes, Long.BYTES) * Long.BYTES, 4096);
        SplittableRandom random = new SplittableRandom(1);
        // Bits that are small positive numbers in every format.
        long mask = switch (plan.format().bytes()) {
            case 1 -> 0x3f3f_3f3f_3f3f_3f3fL;
            case 2 -> 0x00ff_00ff_00ff_00ffL;
            default -> 0x0000_00ff_0000_00ffL;
        };
        for (long i = 0; i < frame.byteSize() / Long.BYTES; i++) {
            frame.setAtIndex(ValueLayout.JAVA_LONG, i, random.nextLong() & mask);
        }
        return frame;
    }
}
