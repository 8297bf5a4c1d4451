package org.emberline.edge.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.junit.jupiter.api.Test;

/** The clock goes on only while a frame waits. */
class PatienceTest {
    private static final long MS = 1_000_000;
    private static final long PERIOD = 100 * MS;

    private final TemperatureTimeline record =
            new TemperatureTimeline(64, new TemperatureTimeline.Expectation(PERIOD, Double.POSITIVE_INFINITY, 8));
    private final FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, 1, 0);
    private long now;
    private long readingsUntil = Long.MAX_VALUE;
    private long next;

    @Test
    void waitsForTheReadingsThatAreNeededAndNoLonger() {
        speak();
        assertEquals(700 * MS, waited(2000, 16, 0, 700));
    }

    @Test
    void goesOnWhenItsTimeIsUp() {
        speak();
        assertEquals(200 * MS, waited(200, 16, 0, 5000));
    }

    @Test
    void theTimeCountsFromTheArrival() {
        speak();
        now = 150 * MS;
        assertEquals(50 * MS, waited(200, 16, 0, 5000));
    }

    @Test
    void aChannelThatFallsSilentIsNotWaitedFor() {
        speak();
        readingsUntil = 250 * MS;
        // The reading of 200 ms was the last; the next is overdue three periods later.
        assertEquals(500 * MS, waited(60_000, 1024, 0, 5000));
        assertEquals(0, waited(60_000, 1024, 1, 5000));
    }

    @Test
    void aChannelThatNeverSpokeIsNotWaitedFor() {
        readingsUntil = 0;
        assertEquals(0, waited(60_000, 1024, 0, 5000));
    }

    @Test
    void noMoreThanHalfOfTheRingEverWaits() {
        speak();
        Patience patience = patience(2000, 16);
        frame(0);
        patience.deadline(slot);
        frame(1);
        now = 10 * MS;
        slot.arrivalNanos = now;
        // A frame every millisecond, and eight of them may be held.
        assertEquals(18 * MS, patience.deadline(slot));
    }

    private void speak() {
        record.append(new Temperature(0, next, 20, 0.1));
        next += PERIOD;
    }

    private long waited(long waitMillis, int slots, int frame, long untilMillis) {
        frame(frame);
        slot.arrivalNanos = frame == 0 ? 0 : now;
        long begin = now;
        Patience patience = patience(waitMillis, slots);
        patience.await(record, untilMillis * MS, patience.deadline(slot));
        return now - begin;
    }

    private void frame(int frame) {
        slot.reset(frame);
        slot.startNanos = frame * MS;
        slot.stopNanos = slot.startNanos;
        slot.arrivalNanos = 0;
    }

    private Patience patience(long waitMillis, int slots) {
        return new Patience(waitMillis * MS, slots, () -> now, nanos -> {
            now += nanos;
            while (next <= now && next < readingsUntil) {
                speak();
            }
        });
    }
}
