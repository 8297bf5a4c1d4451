package org.emberline.firmware.gpiochip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.emberline.firmware.clock.FixedClock;
import org.emberline.firmware.clock.UtcClock;
import org.junit.jupiter.api.Test;

class StampScaleTest {
    private static final long AHEAD = 1_700_000_000_000_000_000L;

    private final UtcClock utc = FixedClock.ahead(AHEAD);
    private long now = 1_000_000_000_000L;

    @Test
    void monotonicStampsBecomeUtc() {
        StampScale scale = StampScale.of(EventClock.MONOTONIC, utc);
        scale.afterRead();
        assertEquals(AHEAD + 123_456_789, scale.utcNanos(123_456_789));
    }

    @Test
    void realtimeStampsAreUtc() {
        StampScale scale = StampScale.of(EventClock.REALTIME, utc);
        scale.afterRead();
        assertEquals(123_456_789, scale.utcNanos(123_456_789));
    }

    /** The engine's counter began 777 s later and is 50 ppm slow; edges are read 30 to 229 us after they happened, at 100 Hz. */
    @Test
    void hardwareStampsAreFoundByTheSoonestRead() {
        StampScale scale = new StampScale.Hardware(utc, () -> now);
        long edge = now;
        long worst = 0;
        for (int i = 0; i < 5000; i++) {
            edge += 10_000_000;
            long counter = edge - 777_000_000_000L - (edge / 1_000_000) * 50;
            now = edge + 30_000 + (i * 37 % 200) * 1000L;
            scale.afterRead();
            long late = scale.utcNanos(counter) - (AHEAD + edge);
            if (i > 200) {
                worst = Math.max(worst, Math.abs(late));
            }
        }
        // The quickest wake-up, 30 us, less what the scales drift in up to two seconds, 100 us, is the bias.
        long bias = worst;
        assertTrue(bias <= 101_000, () -> "bias=" + bias);
    }

    @Test
    void aQuietHardwareLineForgetsItsOldOffset() {
        StampScale scale = new StampScale.Hardware(utc, () -> now);
        scale.afterRead();
        assertEquals(AHEAD + now, scale.utcNanos(5));
        now += 3_600_000_000_000L;
        scale.afterRead();
        // An hour later, and the counters have drifted by 180 ms in the meantime.
        assertEquals(AHEAD + now, scale.utcNanos(5 + 3_600_000_000_000L + 180_000_000L));
    }
}
