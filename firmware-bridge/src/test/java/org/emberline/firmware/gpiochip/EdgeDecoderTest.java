package org.emberline.firmware.gpiochip;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.emberline.firmware.Trigger;
import org.emberline.firmware.clock.FixedClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeDecoderTest {
    private static final int LINE = 5;

    private final EdgeDecoder decoder = new EdgeDecoder(LINE, StampScale.of(EventClock.REALTIME, FixedClock.ahead(0)));
    private final List<Trigger> seen = new ArrayList<>();

    @Test
    void numbersFromOneBecomeIndicesFromZero() {
        decode(1, 2, 3);
        decode(4);
        assertEquals(List.of(0L, 1L, 2L, 3L), indices());
        assertEquals(1001, seen.getFirst().timestampNanos());
        assertCounts(4, 0, 0);
    }

    @Test
    void missingNumbersAreLostEdges() {
        decode(1, 2, 6);
        decode(7, 107);
        assertEquals(List.of(0L, 1L, 5L, 6L, 106L), indices());
        assertCounts(5, 102, 0);
    }

    @Test
    void edgesLostBeforeTheFirstReadAreLostToo() {
        decode(4, 5);
        assertEquals(List.of(3L, 4L), indices());
        assertCounts(2, 3, 0);
    }

    @Test
    void whatCameBeforeTheStartIsNotCounted() {
        decoder.skip(events(1, 2, 3, 9), 4 * 48);
        decode(10, 12);
        assertEquals(List.of(0L, 2L), indices());
        assertCounts(2, 1, 0);
        assertEquals(4, decoder.ignored.sum());
    }

    @Test
    void numbersStartOverAfterThirtyTwoBits() {
        decoder.skip(events(-3), 48);
        decode(-2, -1, 0, 1, 4);
        assertEquals(List.of(0L, 1L, 2L, 3L, 6L), indices());
        assertCounts(5, 2, 0);
    }

    @Test
    void aGapAcrossTheTurnIsItsOwnLength() {
        decoder.skip(events(Integer.MAX_VALUE - 1), 48);
        decode(Integer.MIN_VALUE + 2);
        assertEquals(List.of(3L), indices());
        assertCounts(1, 3, 0);
    }

    @Test
    void indicesGoOnBeyondThirtyTwoBits() {
        int step = Integer.MAX_VALUE;
        decode(step, 2 * step, 3 * step, 4 * step); // as u32: modulo 2^32
        assertEquals(4L * step - 1, seen.getLast().index());
        assertCounts(4, 4L * step - 4, 0);
    }

    @Test
    void repeatedAndEarlierNumbersAreRefused() {
        decode(1, 5, 5, 3, 6);
        assertEquals(List.of(0L, 4L, 5L), indices());
        assertCounts(3, 3, 2);
    }

    @Test
    void eventsOfNobodyAreRefused() {
        MemorySegment events = events(1, 2, 3, 4);
        events.set(JAVA_INT, 8, 3); // neither rising nor falling
        events.set(JAVA_INT, 48 + 8, 0);
        events.set(JAVA_INT, 96 + 12, LINE + 1); // another line
        decoder.decode(events, 4 * 48, seen::add, () -> false);
        assertEquals(List.of(3L), indices());
        assertCounts(1, 3, 3);
    }

    @Test
    void fallingEdgesCountAsWell() {
        MemorySegment events = events(1, 2);
        events.set(JAVA_INT, 8, 2);
        decoder.decode(events, 2 * 48, seen::add, () -> false);
        assertEquals(List.of(0L, 1L), indices());
    }

    @Test
    void halfAnEventIsNone() {
        decoder.decode(events(1, 2), 48 + 47, seen::add, () -> false);
        assertEquals(List.of(0L), indices());
        assertCounts(1, 0, 1);
    }

    @Test
    void nothingFollowsTheEnd() {
        decoder.decode(events(1, 2, 3), 3 * 48, seen::add, () -> seen.size() == 2);
        assertEquals(List.of(0L, 1L), indices());
        assertCounts(2, 0, 0);
    }

    /** Garbage must neither throw nor break the books: every index is passed by exactly once, delivered or lost. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void garbageKeepsTheBooks(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2000; round++) {
            int length = random.nextInt(0, 5 * 48);
            MemorySegment noise = Arena.ofAuto().allocate(5 * 48, 8);
            MemorySegment.copy(random(random), 0, noise, JAVA_BYTE, 0, 5 * 48);
            for (int at = 0; at < 5 * 48; at += 48) { // most by far would be refused otherwise
                if (random.nextInt(4) > 0) {
                    noise.set(JAVA_INT, at + 8, random.nextInt(0, 4));
                    noise.set(JAVA_INT, at + 12, LINE);
                }
            }
            decoder.decode(noise, length, seen::add, () -> false);
        }
        for (int i = 1; i < seen.size(); i++) {
            assertTrue(seen.get(i).index() > seen.get(i - 1).index());
        }
        assertTrue(seen.size() > 100, () -> "seen=" + seen.size());
        assertTrue(decoder.malformed.sum() > 100);
        assertEquals(seen.size(), decoder.edges.sum());
        assertEquals(seen.getLast().index() + 1, decoder.edges.sum() + decoder.lost.sum());
    }

    private static byte[] random(SplittableRandom random) {
        byte[] bytes = new byte[5 * 48];
        random.nextBytes(bytes);
        return bytes;
    }

    private void decode(int... numbers) {
        decoder.decode(events(numbers), numbers.length * 48L, seen::add, () -> false);
    }

    /** Rising edges of the line with these numbers, at 1000 ns plus the number. */
    private static MemorySegment events(int... numbers) {
        MemorySegment events = Arena.ofAuto().allocate(numbers.length * 48L, 8);
        for (int i = 0; i < numbers.length; i++) {
            events.set(JAVA_LONG, i * 48L, 1000L + numbers[i]);
            events.set(JAVA_INT, i * 48L + 8, 1);
            events.set(JAVA_INT, i * 48L + 12, LINE);
            events.set(JAVA_INT, i * 48L + 16, numbers[i]);
            events.set(JAVA_INT, i * 48L + 20, numbers[i]);
        }
        return events;
    }

    private List<Long> indices() {
        return seen.stream().map(Trigger::index).toList();
    }

    private void assertCounts(long edges, long lost, long malformed) {
        assertEquals(
                edges + " edges " + lost + " lost " + malformed + " malformed",
                decoder.edges + " edges " + decoder.lost + " lost " + decoder.malformed + " malformed");
    }
}
