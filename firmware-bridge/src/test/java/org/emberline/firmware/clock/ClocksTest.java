package org.emberline.firmware.clock;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ClocksTest {
    private static final int REALTIME = 0;
    private static final int MONOTONIC = 1;

    /** The kernel stamps edges by CLOCK_MONOTONIC; that they can be compared with nanoTime rests on this. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void nanoTimeIsTheMonotonicClock() throws Throwable {
        for (int i = 0; i < 1000; i++) {
            long before = kernelNanos(MONOTONIC);
            long between = System.nanoTime();
            long after = kernelNanos(MONOTONIC);
            assertTrue(before <= between && between <= after, before + " " + between + " " + after);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theRelationIsThatOfTheKernel() throws Throwable {
        ClockRelation relation = Clocks.relation();
        long before = kernelNanos(REALTIME);
        long monotonic = kernelNanos(MONOTONIC);
        long after = kernelNanos(REALTIME);
        long utc = relation.utcAt(monotonic);
        long slack = relation.uncertaintyNanos();
        assertTrue(before - slack <= utc && utc <= after + slack, before + " " + utc + " " + after + " +- " + slack);
        assertTrue(slack < 1_000_000, () -> "nine tries and none within a millisecond: " + slack);
    }

    @Test
    void theTightestTryCounts() {
        // Nine brackets of 90, 80, ..., 10, ... ns: the one of 10 is the eighth.
        long[] widths = {90, 80, 70, 60, 50, 40, 30, 10, 20};
        long[] looks = new long[18];
        for (int i = 0; i < 9; i++) {
            looks[2 * i] = 1000L * i;
            looks[2 * i + 1] = 1000L * i + widths[i];
        }
        LongSupplier monotonic = LongStream.of(looks).iterator()::nextLong;
        LongSupplier utc = LongStream.rangeClosed(1, 9).map(i -> i * 1_000_000).iterator()::nextLong;
        assertEquals(new ClockRelation(7005, 8_000_000, 5), Clocks.relation(monotonic, utc));
    }

    @SuppressWarnings("restricted")
    private static long kernelNanos(int clock) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle gettime = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("clock_gettime"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(16, 8);
            assertEquals(0, (int) gettime.invokeExact(clock, time));
            return time.get(JAVA_LONG, 0) * 1_000_000_000 + time.get(JAVA_LONG, 8);
        }
    }
}
