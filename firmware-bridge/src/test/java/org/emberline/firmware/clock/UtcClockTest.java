package org.emberline.firmware.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class UtcClockTest {
    private static final long SECOND = 1_000_000_000;
    private static final long UTC = 1_700_000_000 * SECOND;

    private long now = 5 * SECOND;
    private long offset = UTC;
    private long uncertainty = 100;
    private int comparisons;

    private final UtcClock clock = new UtcClock(this::compare, () -> now);

    @Test
    void isLookedAtOnceASecond() {
        now += SECOND - 1;
        clock.relation();
        assertEquals(1, comparisons);
        now += 1;
        clock.relation();
        clock.relation();
        assertEquals(2, comparisons);
        now += 100 * SECOND;
        clock.relation();
        assertEquals(3, comparisons);
    }

    @Test
    void keepsTheTighterWhileNothingChanges() {
        ClockRelation first = clock.relation();
        offset += 250;
        uncertainty = 150; // 250 <= 100 + 150
        now += SECOND;
        assertSame(first, clock.relation());
        uncertainty = 60;
        offset = UTC + 100;
        now += SECOND;
        assertEquals(now + offset, clock.relation().utcAt(now));
        assertEquals(0, clock.steps());
    }

    @Test
    void followsSmallChangesWithoutCallingThemSteps() {
        offset += 50_000_000;
        now += SECOND;
        assertEquals(now + offset, clock.relation().utcAt(now));
        assertEquals(0, clock.steps());
        assertEquals(0, clock.latestStepNanos());
    }

    @Test
    void countsStepsBothWays() {
        offset += 50_000_001;
        now += SECOND;
        assertEquals(now + offset, clock.relation().utcAt(now));
        assertEquals(1, clock.steps());
        assertEquals(50_000_001, clock.latestStepNanos());
        offset -= 2 * SECOND;
        now += SECOND;
        assertEquals(now + offset, clock.relation().utcAt(now));
        assertEquals(2, clock.steps());
        assertEquals(-2 * SECOND, clock.latestStepNanos());
    }

    private ClockRelation compare() {
        comparisons++;
        return new ClockRelation(now, now + offset, uncertainty);
    }
}
