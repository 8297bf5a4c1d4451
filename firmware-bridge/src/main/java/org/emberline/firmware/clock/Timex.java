package org.emberline.firmware.clock;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/** {@code struct timex} of {@code sys/timex.h} on 64 bits, as far as it is of use. */
final class Timex {
    static final int BYTES = 208;

    private static final int OFFSET = 8;
    private static final int MAXERROR = 24;
    private static final int ESTERROR = 32;
    private static final int STATUS = 40;
    private static final int STA_UNSYNC = 0x40;
    private static final int STA_NANO = 0x2000;
    private static final int TIME_ERROR = 5;

    private Timex() {}

    /** @param state what adjtimex answered */
    static ClockSynchronisation.Known decode(int state, MemorySegment timex) {
        int status = timex.get(JAVA_INT, STATUS);
        // Only the offset has a unit that can be chosen; the errors are microseconds always.
        TimeUnit offsetUnit = (status & STA_NANO) != 0 ? TimeUnit.NANOSECONDS : TimeUnit.MICROSECONDS;
        return new ClockSynchronisation.Known(
                state != TIME_ERROR && (status & STA_UNSYNC) == 0,
                offsetUnit.toNanos(timex.get(JAVA_LONG, OFFSET)),
                TimeUnit.MICROSECONDS.toNanos(timex.get(JAVA_LONG, ESTERROR)),
                TimeUnit.MICROSECONDS.toNanos(timex.get(JAVA_LONG, MAXERROR)));
    }
}
