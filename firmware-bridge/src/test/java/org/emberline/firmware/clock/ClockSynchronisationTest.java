package org.emberline.firmware.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.emberline.firmware.linux.Errno;
import org.emberline.firmware.linux.FakeCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Offsets and bits are written as numbers here, from {@code sys/timex.h} by way of a C compiler. */
class ClockSynchronisationTest {
    private static final int TIME_OK = 0;
    private static final int TIME_ERROR = 5;

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisMachineAnswers() {
        switch (ClockSynchronisation.now()) {
            case ClockSynchronisation.Known known -> {
                // The kernel bounds both to 16 s and the offset to half a second.
                assertTrue(known.maximumErrorNanos() >= 0 && known.maximumErrorNanos() <= 16_000_000_000L, "" + known);
                assertTrue(
                        known.estimatedErrorNanos() >= 0 && known.estimatedErrorNanos() <= 16_000_000_000L, "" + known);
                assertTrue(Math.abs(known.offsetNanos()) <= 500_000_000L, "" + known);
            }
            case ClockSynchronisation.Unavailable unavailable ->
                assertTrue(unavailable.reason().startsWith("adjtimex: "), unavailable.reason());
        }
    }

    @Test
    void nanosecondsAreToldFromMicroseconds() {
        assertEquals(
                new ClockSynchronisation.Known(true, -123_456, 42_000, 98_765_000),
                decode(TIME_OK, 0x2001, -123_456, 42, 98_765));
        assertEquals(
                new ClockSynchronisation.Known(true, -123_456_000, 42_000, 98_765_000),
                decode(TIME_OK, 0x0001, -123_456, 42, 98_765));
    }

    @Test
    void unsynchronisedIsSaid() {
        assertEquals(
                new ClockSynchronisation.Known(false, 0, 16_000_000_000L, 16_000_000_000L),
                decode(TIME_ERROR, 0x0040, 0, 16_000_000, 16_000_000));
        assertEquals(
                new ClockSynchronisation.Known(false, 0, 1000, 1000), decode(TIME_OK, 0x2041, 0, 1, 1), "STA_UNSYNC");
        assertEquals(
                new ClockSynchronisation.Known(false, 0, 1000, 1000),
                decode(TIME_ERROR, 0x3001, 0, 1, 1),
                "clock fault");
        assertEquals(
                new ClockSynchronisation.Known(true, 0, 1000, 1000),
                decode(1, 0x2011, 0, 1, 1),
                "a leap second is near");
    }

    @Test
    void aKernelThatRefusesIsNoClock() {
        ClockSynchronisation.Unavailable refused =
                assertInstanceOf(ClockSynchronisation.Unavailable.class, ClockSynchronisation.now(new FakeCalls() {}));
        assertEquals("adjtimex: " + Errno.words(Errno.EPERM), refused.reason());
    }

    private static ClockSynchronisation decode(int state, int status, long offset, long estimated, long maximum) {
        return ClockSynchronisation.now(new FakeCalls() {
            @Override
            public int adjtimex(MemorySegment timex) {
                assertEquals(208, timex.byteSize());
                ByteBuffer bytes = timex.asByteBuffer().order(ByteOrder.nativeOrder());
                assertEquals(0, bytes.getInt(0), "modes: nothing is to be changed");
                bytes.putLong(8, offset)
                        .putLong(24, maximum)
                        .putLong(32, estimated)
                        .putInt(40, status);
                return state;
            }
        });
    }
}
