package org.emberline.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Times a reducer on frames like those to come: its own plan's shape and format, filled with small numbers. */
final class Contest {
    private static final int FRAMES = 9;
    /** Until compilers and drivers have settled: a program that has just started is several times as slow. */
    private static final long WARM_UP_NANOS = 350_000_000;

    private static final long NANOS = 250_000_000;

    private Contest() {}

    /** Takes at most about half a second, or a few frames if they take longer. */
    static double millisecondsPerFrame(Reducer reducer) {
        IntegrationPlan plan = reducer.plan();
        Reduction into = Reduction.of(plan);
        try (Arena arena = Arena.ofShared()) {
            MemorySegment frame = frame(arena, plan);
            long begin = System.nanoTime();
            for (int i = 0; i < 2 || System.nanoTime() - begin < WARM_UP_NANOS; i++) {
                reducer.reduce(frame, into);
            }
            double[] nanos = new double[FRAMES];
            int timed = 0;
            begin = System.nanoTime();
            while (timed < FRAMES && (timed < 2 || System.nanoTime() - begin < NANOS)) {
                long start = System.nanoTime();
                reducer.reduce(frame, into);
                nanos[timed++] = System.nanoTime() - start;
            }
            Arrays.sort(nanos, 0, timed);
            return nanos[timed / 2] / 1e6;
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
