package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.emberline.firmware.clock.ClockRelation;
import org.emberline.firmware.clock.ClockSynchronisation;
import org.emberline.firmware.clock.UtcClock;
import org.junit.jupiter.api.Test;

class RunClockTest {
    private static final long SECOND = 1_000_000_000L;
    private static final ClockSynchronisation GOOD = new ClockSynchronisation.Known(true, 1000, 20_000, 300_000);

    private final List<String> events = new ArrayList<>();
    private final List<String> health = new ArrayList<>();
    private long monotonicNanos;
    private long aheadNanos = 1_700_000_000L * SECOND;

    private RunClock clock(ClockSynchronisation synchronisation) {
        UtcClock utc = new UtcClock(
                () -> new ClockRelation(monotonicNanos, monotonicNanos + aheadNanos, 1000), () -> monotonicNanos);
        return new RunClock(
                utc,
                () -> synchronisation,
                event -> events.add(event.kind() + " " + event.text()),
                (condition, reason) -> health.add(condition + " " + reason));
    }

    /** UTC is compared once a second. */
    private void step(long byNanos) {
        aheadNanos += byNanos;
        monotonicNanos += 2 * SECOND;
    }

    @Test
    void theBeginTellsHowTheClockStands() {
        RunClock clock = clock(GOOD);
        clock.begin();
        clock.look();
        assertEquals(
                List.of("CLOCK synchronised, estimated error 20 us, at most 300 us; utc - monotonic = "
                        + "1700000000000000000 ns +- 1000 ns"),
                events);
        assertEquals(new RunClock.Facts(GOOD, 0, 0), clock.facts());
        assertTrue(clock.facts().trusted());
        assertEquals(List.of("OK synchronised, estimated error 20 us, at most 300 us"), health);
    }

    @Test
    void aClockThatIsSetIsAnEventEachTime() {
        RunClock clock = clock(GOOD);
        clock.begin();
        step(3 * SECOND);
        clock.look();
        clock.look();
        step(-SECOND / 10);
        clock.look();
        step(SECOND / 25);
        clock.look();
        assertEquals("WARN was set during the run", health.getLast());
        assertEquals(
                List.of(
                        "CLOCK_STEP the system's clock was set by 3000000000 ns",
                        "CLOCK_STEP the system's clock was set by -100000000 ns"),
                events.subList(1, events.size()),
                "40 ms are no step");
        assertEquals(new RunClock.Facts(GOOD, 2, -SECOND / 10), clock.facts());
        assertFalse(clock.facts().trusted());
    }

    @Test
    void stepsBeforeTheRunAreNotTheRuns() {
        RunClock clock = clock(GOOD);
        step(3 * SECOND);
        var _ = clock.utcNanos();
        clock.begin();
        clock.look();
        assertEquals(0, clock.facts().steps());
    }

    @Test
    void aClockThatNobodyKeepsIsNotTrusted() {
        RunClock free = clock(new ClockSynchronisation.Known(false, 0, 0, 0));
        free.begin();
        assertFalse(free.facts().trusted());
        RunClock unknown = clock(new ClockSynchronisation.Unavailable("adjtimex: not permitted"));
        unknown.begin();
        assertFalse(unknown.facts().trusted());
    }

    @Test
    void closingEndsTheWatch() {
        RunClock clock = clock(GOOD);
        clock.start();
        clock.close();
        clock.close();
        int told = events.size();
        step(SECOND);
        assertEquals(told, events.size());
    }
}
