package org.emberline.edge.sync;

import static org.emberline.edge.sync.FrameNumbers.Place.BEHIND;
import static org.emberline.edge.sync.FrameNumbers.Place.DUPLICATE;
import static org.emberline.edge.sync.FrameNumbers.Place.FAR_BEHIND;
import static org.emberline.edge.sync.FrameNumbers.Place.FIRST;
import static org.emberline.edge.sync.FrameNumbers.Place.NEXT;
import static org.emberline.edge.sync.FrameNumbers.Place.STRAY;
import static org.emberline.edge.sync.FrameNumbers.Place.UNNUMBERED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.sync.FrameNumbers.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameNumbersTest {
    private static final long WRAP = 1L << 32;

    private final FrameNumbers numbers = new FrameNumbers();
    private final FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, 1, 0);

    private void expect(Place place, long series, long number, long time) {
        slot.reset(0);
        slot.seriesId = series;
        slot.hardwareId = number;
        slot.detectorNanos = time;
        assertEquals(place, numbers.place(slot), () -> "series " + series + " number " + number);
    }

    private void expect(Place place, long number) {
        expect(place, 1, number, FrameSlot.UNKNOWN);
    }

    @Test
    void theStepTellsWhatWasLeftOut() {
        expect(FIRST, 7);
        expect(NEXT, 8);
        assertEquals(1, numbers.step());
        expect(NEXT, 12);
        assertEquals(4, numbers.step());
        expect(BEHIND, 10);
        assertEquals(0, numbers.step());
        expect(NEXT, 13);
        assertEquals(1, numbers.step());
    }

    @Test
    void theWindowIs64Wide() {
        expect(FIRST, 0);
        expect(NEXT, 163);
        expect(BEHIND, 100);
        expect(DUPLICATE, 100);
        expect(FAR_BEHIND, 99);
        expect(DUPLICATE, 163);
        expect(NEXT, 164);
        expect(FAR_BEHIND, 100);
        expect(BEHIND, 101);
    }

    @Test
    void aLeapBeyondTheWindowForgets() {
        expect(FIRST, 0);
        expect(NEXT, 1);
        expect(NEXT, 65);
        expect(FAR_BEHIND, 1);
        expect(BEHIND, 2);
        expect(BEHIND, 64);
        expect(NEXT, 128);
        expect(DUPLICATE, 65);
    }

    @Test
    void afterTheWrapNumbersGoOn() {
        expect(FIRST, WRAP - 3);
        expect(NEXT, WRAP - 1);
        expect(NEXT, 1);
        assertEquals(2, numbers.step());
        expect(BEHIND, 0);
        expect(BEHIND, WRAP - 2);
        expect(DUPLICATE, WRAP - 3);
        expect(DUPLICATE, 1);
        expect(FAR_BEHIND, WRAP - 63);
    }

    @Test
    void numbersOf64BitsDoNotWrapAt32() {
        expect(FIRST, WRAP - 1);
        expect(NEXT, WRAP);
        assertEquals(1, numbers.step());
        expect(NEXT, WRAP + 5);
        expect(DUPLICATE, WRAP - 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE + 1, -1, 0, 1, Long.MAX_VALUE})
    void numbersAtTheEndsOfALongAreNeverTakenForOthers(long far) {
        for (long near : new long[] {Long.MAX_VALUE, Long.MIN_VALUE + 1, 1L << 62, -(1L << 62)}) {
            FrameNumbers fresh = new FrameNumbers();
            slot.reset(0);
            slot.seriesId = 1;
            slot.hardwareId = near;
            assertEquals(FIRST, fresh.place(slot));
            slot.hardwareId = far;
            Place place = fresh.place(slot);
            assertEquals(far == near, place == DUPLICATE, () -> far + " after " + near + " is " + place);
        }
    }

    @Test
    void eightEndedSeriesAreRemembered() {
        for (int series = 1; series <= 10; series++) {
            expect(FIRST, series, 0, FrameSlot.UNKNOWN);
            expect(NEXT, series, 1, FrameSlot.UNKNOWN);
        }
        for (int series = 2; series < 10; series++) {
            expect(STRAY, series, 2, FrameSlot.UNKNOWN);
        }
        expect(NEXT, 10, 2, FrameSlot.UNKNOWN);
        expect(FIRST, 1, 2, FrameSlot.UNKNOWN);
        expect(STRAY, 10, 3, FrameSlot.UNKNOWN);
        expect(FIRST, 2, 0, FrameSlot.UNKNOWN);
    }

    @Test
    void theUnnamedSeriesMayBeEndedToo() {
        expect(FIRST, 0, 5, 100);
        expect(FIRST, 9, 0, 200);
        expect(STRAY, 0, 6, 300);
    }

    @Test
    void anUnnamedSeriesBeginsAgainAtALaterTime() {
        expect(FIRST, 0, 10, 1000);
        expect(NEXT, 0, 11, 1100);
        expect(NEXT, 0, 12, 1200);
        expect(DUPLICATE, 0, 11, 1100);
        expect(DUPLICATE, 0, 10, 1000);
        expect(FIRST, 0, 11, 1300);
        expect(NEXT, 0, 12, 1400);
        expect(FIRST, 0, 11, 500);
        expect(NEXT, 0, 12, 600);
    }

    @Test
    void aNamedSeriesDoesNot() {
        expect(FIRST, 3, 10, 1000);
        expect(NEXT, 3, 11, 1100);
        expect(DUPLICATE, 3, 10, 1200);
    }

    @Test
    void framesWithoutNumberHaveNoPlace() {
        expect(UNNUMBERED, FrameSlot.UNKNOWN);
        expect(UNNUMBERED, FrameSlot.UNKNOWN);
        expect(FIRST, 2, FrameSlot.UNKNOWN, FrameSlot.UNKNOWN);
    }

    /** What had come before a frame without number says nothing about the numbers after it. */
    @Test
    void afterAFrameWithoutNumberNothingHasCome() {
        expect(FIRST, 10);
        expect(NEXT, 11);
        expect(NEXT, 12);
        expect(UNNUMBERED, FrameSlot.UNKNOWN);
        expect(UNNUMBERED, 20);
        expect(BEHIND, 19);
        expect(DUPLICATE, 20);
        expect(NEXT, 21);
    }
}
