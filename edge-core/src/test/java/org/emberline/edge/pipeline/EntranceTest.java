package org.emberline.edge.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.junit.jupiter.api.Test;

/** A ring of two places whose only consumer is the test. */
class EntranceTest {
    private final RingBuffer<FrameSlot> ring = RingBuffer.createSingleProducer(EntranceTest::slot, 2);
    private final Sequence consumed = new Sequence();

    EntranceTest() {
        ring.addGatingSequences(consumed);
    }

    private static FrameSlot slot() {
        return new FrameSlot(Arena.ofAuto(), 16, 4, 1);
    }

    private static FrameSlot placeAtOnce(Entrance entrance) {
        return Objects.requireNonNull(entrance.place(() -> true, () -> true));
    }

    private static void enterTwo(Entrance entrance) {
        for (int i = 0; i < 2; i++) {
            var _ = placeAtOnce(entrance);
            assertTrue(entrance.hasRoom());
            entrance.enter();
        }
    }

    @Test
    void aPlaceIsKeptUntilSomethingEnters() {
        Entrance entrance = new Entrance(ring, null);
        FrameSlot place = placeAtOnce(entrance);
        assertSame(place, placeAtOnce(entrance));
        assertTrue(entrance.hasRoom());
        entrance.enter();
        assertEquals(0, ring.getCursor());
        assertSame(ring.get(1), placeAtOnce(entrance));
    }

    @Test
    void whoWaitsForRoomMayLeave() {
        Entrance entrance = new Entrance(ring, null);
        enterTwo(entrance);
        assertNull(entrance.place(() -> true, () -> true));
        consumed.set(0);
        assertSame(ring.get(2), entrance.place(() -> true, () -> true));
    }

    @Test
    void aFrameWithoutRoomStaysOutside() {
        FrameSlot spare = slot();
        Entrance entrance = new Entrance(ring, spare);
        enterTwo(entrance);
        assertSame(spare, placeAtOnce(entrance));
        assertFalse(entrance.hasRoom());
        assertEquals(1, ring.getCursor());
    }

    /** The ring was full when the frame was asked for, and is not when it has come. */
    @Test
    void aFrameThatFindsRoomWhenItComesIsTakenOver() {
        FrameSlot spare = slot();
        Entrance entrance = new Entrance(ring, spare);
        enterTwo(entrance);
        FrameSlot place = placeAtOnce(entrance);
        place.reset(2);
        place.triggerIndex = 3;
        place.hardwareId = 4;
        place.seriesId = 5;
        place.detectorNanos = 6;
        place.arrivalNanos = 7;
        place.startNanos = 8;
        place.stopNanos = 9;
        place.energyKev = 10;
        place.flag(FrameFlag.TIME_SYNTHETIC);
        place.pixels().set(ValueLayout.JAVA_LONG, 8, 11);
        consumed.set(0);
        assertTrue(entrance.hasRoom());
        entrance.enter();
        FrameSlot entered = ring.get(2);
        assertEquals(2, ring.getCursor());
        assertEquals(2, entered.frameIndex);
        assertEquals(3, entered.triggerIndex);
        assertEquals(4, entered.hardwareId);
        assertEquals(5, entered.seriesId);
        assertEquals(6, entered.detectorNanos);
        assertEquals(7, entered.arrivalNanos);
        assertEquals(8, entered.startNanos);
        assertEquals(9, entered.stopNanos);
        assertEquals(10, entered.energyKev);
        assertEquals(FrameFlag.TIME_SYNTHETIC.bit(), entered.flags);
        assertEquals(11, entered.pixels().get(ValueLayout.JAVA_LONG, 8));
        assertSame(spare, placeAtOnce(entrance), "the ring is full again");
        consumed.set(1);
        assertSame(ring.get(3), placeAtOnce(entrance), "from here on frames go straight in");
    }
}
