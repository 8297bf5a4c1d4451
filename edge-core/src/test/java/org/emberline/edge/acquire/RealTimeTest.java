package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RealTimeTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_800_000_000L * SECOND;

    private long now = START;
    private int parks;

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private void sleep(long nanos) {
        assertTrue(nanos > 0 && nanos <= SECOND / 10, "looks at the clock ten times a second");
        now += nanos;
        parks++;
    }

    @Test
    void aFrameComesWhenItsExposureAndTheDelayAreOver() {
        RealTime turn = new RealTime(Turn.ALWAYS, 3 * SECOND, () -> now, this::sleep);
        assertTrue(turn.await(START + SECOND));
        assertEquals(START + 4 * SECOND, now);
        assertEquals(40, parks);
        assertTrue(turn.await(START));
        assertEquals(START + 4 * SECOND, now, "what is late is not waited for");
    }

    @Test
    void aClockThatIsSetForwardEndsTheWait() {
        RealTime turn = new RealTime(Turn.ALWAYS, 0, () -> now, nanos -> now += 3600 * SECOND);
        assertTrue(turn.await(START + 1800 * SECOND));
    }

    @Test
    void anInterruptAndARefusalEndIt() {
        assertFalse(new RealTime(_ -> false, 0, () -> now, this::sleep).await(START));
        RealTime turn = new RealTime(
                Turn.ALWAYS, 0, () -> now, _ -> Thread.currentThread().interrupt());
        assertFalse(turn.await(START + SECOND));
    }
}
