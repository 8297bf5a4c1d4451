package org.emberline.firmware.clock;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.emberline.firmware.linux.Errno;
import org.emberline.firmware.linux.SystemCalls;

/** Whether anything keeps the system's clock right, as the kernel was told by NTP or PTP. */
public sealed interface ClockSynchronisation {

    /**
     * What the kernel says.
     *
     * @param synchronised whether something disciplines the clock; when not, the errors below say nothing
     * @param offsetNanos what the kernel still has to slew away, positive when the clock is behind
     * @param estimatedErrorNanos as the daemon estimates it; 0 when it does not
     * @param maximumErrorNanos the daemon's bound, which grows by 500 ppm while nobody renews it
     */
    record Known(boolean synchronised, long offsetNanos, long estimatedErrorNanos, long maximumErrorNanos)
            implements ClockSynchronisation {}

    /** @param reason why the kernel did not say */
    record Unavailable(String reason) implements ClockSynchronisation {}

    /** Asks the kernel by adjtimex(2), changing nothing; needs no rights. Any thread. */
    static ClockSynchronisation now() {
        return now(SystemCalls.ofThisMachine());
    }

    /** As {@link #now()}, of the given kernel. */
    static ClockSynchronisation now(SystemCalls calls) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timex = arena.allocate(Timex.BYTES, Long.BYTES); // modes = 0: only read
            int state = calls.adjtimex(timex);
            return state < 0 ? new Unavailable("adjtimex: " + Errno.words(-state)) : Timex.decode(state, timex);
        }
    }
}
