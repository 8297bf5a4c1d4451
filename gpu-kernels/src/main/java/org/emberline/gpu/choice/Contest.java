package org.emberline.gpu.choice;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Consumer;

/** Times a reducer on a frame like those to come. */
public final class Contest {
    private static final int FRAMES = 9;
    /** Until compilers and drivers have settled: a program that has just started is several times as slow. */
    private static final long WARM_UP_NANOS = 350_000_000;

    private static final long NANOS = 250_000_000;

    private Contest() {}

    /** Median time of a frame, after a warm-up. Takes at most about half a second, or a few frames if they take longer. */
    public static double millisecondsPerFrame(MemorySegment frame, Consumer<MemorySegment> reduce) {
        long begin = System.nanoTime();
        for (int i = 0; i < 2 || System.nanoTime() - begin < WARM_UP_NANOS; i++) {
            reduce.accept(frame);
        }
        double[] nanos = new double[FRAMES];
        int timed = 0;
        begin = System.nanoTime();
        while (timed < FRAMES && (timed < 2 || System.nanoTime() - begin < NANOS)) {
            long start = System.nanoTime();
            reduce.accept(frame);
            nanos[timed++] = System.nanoTime() - start;
        }
        Arrays.sort(nanos, 0, timed);
        return nanos[timed / 2] / 1e6;
    }
}
