package org.emberline.edge.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameGate.EdgeFate;
import org.emberline.edge.frame.FrameGate.Verdict;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.firmware.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A line and a detector at 100 Hz, 8 ms of exposure, frames 1 ms after it; the detector's clock is 0.7 s behind and 50 ppm fast. */
class TriggerMatcherTest {
    private static final long BEGIN = 1_800_000_000_000_000_000L;
    private static final long PERIOD = 10_000_000;
    private static final long EXPOSURE = 8_000_000;
    private static final long LATENCY = 1_000_000;
    private static final long MICROSECONDS = 1_000;

    private final EdgeQueue edges = new EdgeQueue(1 << 12);
    private final Map<EdgeFate, Long> booked = new EnumMap<>(EdgeFate.class);
    private final List<Long> jumps = new ArrayList<>();
    private final Arena arena = Arena.ofConfined();
    private final FrameSlot slot = new FrameSlot(arena, Long.BYTES, 1, 0);
    private TriggerMatcher matcher = matcher(new MatchSettings(TriggerMode.EXTERNAL_EDGE, 1, 0, 2 * LATENCY));
    private long nextIndex;
    private long series = 7;
    private long detectorShift;
    private long hostShift;

    @AfterEach
    void free() {
        arena.close();
    }

    private TriggerMatcher matcher(MatchSettings settings) {
        return new TriggerMatcher(edges, settings, (fate, n) -> booked.merge(fate, n, Long::sum), jumps::add);
    }

    private static long begin(long k) {
        return BEGIN + k * PERIOD;
    }

    private long edge(long at) {
        edges.append(new Trigger(nextIndex, at + hostShift));
        return nextIndex++;
    }

    private FrameSlot describe(long number, long at) {
        slot.reset(0);
        long since = at - BEGIN;
        slot.hardwareId = number;
        slot.seriesId = series;
        slot.detectorNanos = since + since / 20_000 - 700_000_000L + detectorShift;
        slot.arrivalNanos = at + hostShift + EXPOSURE + LATENCY;
        slot.stopNanos = EXPOSURE;
        return slot;
    }

    private Verdict frame(long number, long at) {
        return matcher.admit(describe(number, at));
    }

    private void bound(long index) {
        assertFalse(slot.has(FrameFlag.TRIGGER_MISSING), "missing");
        assertFalse(slot.has(FrameFlag.TRIGGER_INDEX_ONLY), "in doubt");
        assertEquals(index, slot.triggerIndex);
    }

    /** Plain frames and edges from number {@code first} to before {@code end}. */
    private void run(long first, long end) {
        for (long k = first; k < end; k++) {
            long index = edge(begin(k));
            assertEquals(Verdict.ADMITTED, frame(k, begin(k)));
            bound(index);
            assertEquals(begin(k) + hostShift, slot.startNanos);
            assertEquals(begin(k) + hostShift + EXPOSURE, slot.stopNanos);
        }
    }

    private long booked(EdgeFate fate) {
        return booked.getOrDefault(fate, 0L);
    }

    @Test
    void everyFrameFindsItsEdgeFromTheFirstOn() {
        run(0, 100);
        matcher.end(EdgeFate.FRAME_MISSING);
        assertEquals(Map.of(EdgeFate.MATCHED, 100L), booked);
        assertEquals(0.7 + BEGIN / 1e9, matcher.clock().offsetSeconds(), 1e-3);
    }

    @Test
    void aFrameWhoseEdgeWasMissedGetsItsTimeFromTheClock() {
        run(0, 200);
        assertEquals(Verdict.ADMITTED, frame(200, begin(200)));
        assertTrue(slot.has(FrameFlag.TRIGGER_MISSING));
        assertEquals(-1, slot.triggerIndex);
        assertTrue(Math.abs(slot.startNanos - begin(200)) < 20 * MICROSECONDS);
        assertEquals(EXPOSURE, slot.stopNanos - slot.startNanos);
        long index = edge(begin(201));
        frame(201, begin(201));
        bound(index);
    }

    @Test
    void aDoubleIsNobodysEdge() {
        run(0, 50);
        long first = edge(begin(50));
        edge(begin(50) + 500 * MICROSECONDS);
        frame(50, begin(50));
        bound(first);
        run(51, 60);
        matcher.end(EdgeFate.FRAME_MISSING);
        assertEquals(Map.of(EdgeFate.MATCHED, 60L, EdgeFate.SPURIOUS, 1L), booked);
    }

    @Test
    void anEdgeBetweenExposuresThatBeganNothingIsNoise() {
        run(0, 50);
        edge(begin(49) + 9_000_000);
        long index = edge(begin(50));
        frame(50, begin(50));
        assertEquals(index, slot.triggerIndex);
        assertTrue(slot.has(FrameFlag.TRIGGER_INDEX_ONLY), "it followed another edge closely");
        run(51, 60);
        matcher.end(EdgeFate.FRAME_MISSING);
        assertEquals(Map.of(EdgeFate.MATCHED, 60L, EdgeFate.SPURIOUS, 1L), booked);
    }

    @Test
    void aLostFrameLeavesItsEdge() {
        run(0, 50);
        edge(begin(50));
        edge(begin(51));
        run(52, 60);
        matcher.end(EdgeFate.FRAME_MISSING);
        assertEquals(Map.of(EdgeFate.MATCHED, 58L, EdgeFate.FRAME_MISSING, 2L), booked);
    }

    @Test
    void whatTheReaderLostIsUnread() {
        run(0, 50);
        nextIndex += 3;
        run(50, 60);
        matcher.end(EdgeFate.FRAME_MISSING);
        assertEquals(Map.of(EdgeFate.MATCHED, 60L, EdgeFate.UNREAD, 3L), booked);
    }

    @Test
    void theEndSaysWhatBecomesOfOpenEdges() {
        run(0, 10);
        edge(begin(10));
        edge(begin(11));
        matcher.end(EdgeFate.SOURCE_LOST);
        assertEquals(Map.of(EdgeFate.MATCHED, 10L, EdgeFate.SOURCE_LOST, 2L), booked);
    }

    @Test
    void aFrameSentTwiceEntersOnceAlsoWhereNumbersWrap() {
        long top = (1L << 32) - 2;
        for (int k = 0; k < 5; k++) {
            long index = edge(begin(k));
            long number = (top + k) & 0xffff_ffffL;
            assertEquals(Verdict.ADMITTED, frame(number, begin(k)));
            bound(index);
            assertEquals(Verdict.DUPLICATE, frame(number, begin(k)));
        }
        matcher.end(EdgeFate.FRAME_MISSING);
        assertEquals(Map.of(EdgeFate.MATCHED, 5L), booked);
    }

    @Test
    void aFrameOutOfOrderFindsItsOwnEdge() {
        run(0, 50);
        long late = edge(begin(50));
        long early = edge(begin(51));
        frame(51, begin(51));
        bound(early);
        describe(50, begin(50)).arrivalNanos = begin(51) + EXPOSURE + 2 * LATENCY;
        assertEquals(Verdict.ADMITTED, matcher.admit(slot));
        assertTrue(slot.has(FrameFlag.FRAME_OUT_OF_ORDER));
        assertEquals(late, slot.triggerIndex);
        assertEquals(begin(50), slot.startNanos);
        run(52, 60);
        matcher.end(EdgeFate.FRAME_MISSING);
        assertEquals(Map.of(EdgeFate.MATCHED, 60L), booked);
    }

    @Test
    void aFrameThatComesWhenItsEdgeWasGivenUpIsLate() {
        run(0, 10);
        edge(begin(10));
        run(11, 200);
        assertEquals(Verdict.LATE, frame(10, begin(10)));
        matcher.end(EdgeFate.FRAME_MISSING);
        assertEquals(1, booked(EdgeFate.FRAME_MISSING));
    }

    @Test
    void aNewSeriesBeginsAnewAndTheOldOneIsStray() {
        run(0, 50);
        edge(begin(50)); // nobody was armed
        edge(begin(51));
        series = 8;
        for (long k = 52; k < 60; k++) {
            long index = edge(begin(k));
            frame(k - 52, begin(k));
            bound(index);
        }
        series = 7;
        assertEquals(Verdict.STRAY, frame(50, begin(50)));
        matcher.end(EdgeFate.FRAME_MISSING);
        assertEquals(Map.of(EdgeFate.MATCHED, 58L, EdgeFate.FRAME_MISSING, 2L), booked);
    }

    @Test
    void aSeriesThatNobodyAnnouncedIsSeenByItsTimes() {
        series = 0;
        run(0, 20);
        for (long k = 30; k < 60; k++) {
            long index = edge(begin(k));
            assertEquals(Verdict.ADMITTED, frame(k - 30, begin(k)));
            bound(index);
        }
    }

    @Test
    void aJumpOfTheDetectorsClockIsFoundAtItsFirstFrame() {
        run(0, 300);
        detectorShift = 2_000_000_000;
        run(300, 400);
        detectorShift = 0;
        run(400, 500);
        assertEquals(2, jumps.size());
        assertEquals(-2e9, jumps.getFirst(), 1e6);
        assertEquals(2e9, jumps.getLast(), 1e6);
        assertEquals(2, matcher.clock().jumps());
    }

    @Test
    void aJumpOfThisMachinesClockToo() {
        run(0, 300);
        hostShift = 2_000_000_000;
        run(300, 400);
        assertEquals(1, jumps.size());
        assertEquals(2e9, jumps.getFirst(), 1e6);
        matcher.end(EdgeFate.FRAME_MISSING);
        assertEquals(Map.of(EdgeFate.MATCHED, 400L), booked);
    }

    @Test
    void aStampThatStandsStillIsNone() {
        run(0, 100);
        for (long k = 100; k < 110; k++) {
            long index = edge(begin(k));
            describe(k, begin(k)).detectorNanos = describe(99, begin(99)).detectorNanos;
            slot.hardwareId = k;
            slot.arrivalNanos = begin(k) + EXPOSURE + LATENCY;
            matcher.admit(slot);
            assertEquals(index, slot.triggerIndex);
        }
        run(110, 120);
    }

    @Test
    void severalFramesOfOneTrigger() {
        matcher = matcher(new MatchSettings(TriggerMode.EXTERNAL_EDGE, 3, PERIOD, 2 * LATENCY));
        long number = 0;
        for (long k = 0; k < 30; k++) {
            long index = edge(begin(5 * k));
            for (int burst = 0; burst < 3; burst++) {
                frame(number++, begin(5 * k + burst));
                bound(index);
                assertEquals(begin(5 * k + burst), slot.startNanos);
            }
        }
        matcher.end(EdgeFate.FRAME_MISSING);
        assertEquals(Map.of(EdgeFate.MATCHED, 90L), booked);
    }

    @Test
    void whereTheLevelCountsEveryEdgeBeginsAFrame() {
        matcher = matcher(new MatchSettings(TriggerMode.EXTERNAL_LEVEL, 1, 0, 2 * LATENCY));
        long number = 0;
        for (long k = 0; k < 20; k++) {
            long first = edge(begin(k));
            long second = edge(begin(k) + 4_500_000);
            shortFrame(number++, begin(k));
            assertEquals(first, slot.triggerIndex);
            shortFrame(number++, begin(k) + 4_500_000);
            assertEquals(second, slot.triggerIndex);
        }
        matcher.end(EdgeFate.FRAME_MISSING);
        assertEquals(Map.of(EdgeFate.MATCHED, 40L), booked);
    }

    private void shortFrame(long number, long at) {
        describe(number, at).arrivalNanos = at + EXPOSURE + LATENCY;
        matcher.admit(slot);
    }

    @Test
    void withoutNumberTimeAndArrivalThereIsOnlyOrderAndThatIsSaid() {
        for (long k = 0; k < 20; k++) {
            long index = edge(begin(k));
            slot.reset(0);
            slot.stopNanos = EXPOSURE;
            assertEquals(Verdict.ADMITTED, matcher.admit(slot));
            assertEquals(index, slot.triggerIndex);
            assertTrue(slot.has(FrameFlag.TRIGGER_INDEX_ONLY));
        }
    }

    @Test
    void aFrameThatKnowsItsEdgeIsTakenAtItsWord() {
        edge(begin(0));
        edge(begin(1));
        long third = edge(begin(2));
        describe(0, begin(2)).triggerIndex = third;
        matcher.admit(slot);
        bound(third);
        describe(1, begin(3)).triggerIndex = 17;
        matcher.admit(slot);
        assertTrue(slot.has(FrameFlag.TRIGGER_MISSING), "its edge was never seen");
    }

    @Test
    void edgesWithoutAnyFrameAreBookedHoweverMany() {
        run(0, 3);
        for (int k = 3; k < 50_000; k++) {
            edge(begin(k));
        }
        matcher.end(EdgeFate.FRAME_MISSING);
        assertEquals(50_000, booked.values().stream().mapToLong(Long::longValue).sum());
        assertEquals(3, booked(EdgeFate.MATCHED));
    }

    @Test
    void framesBeforeAnyEdgeSayThatTheyHaveNone() {
        for (long k = 0; k < 5; k++) {
            assertEquals(Verdict.ADMITTED, frame(k, begin(k)));
            assertTrue(slot.has(FrameFlag.TRIGGER_MISSING));
        }
        for (long k = 5; k < 40; k++) {
            long index = edge(begin(k));
            frame(k, begin(k));
            assertEquals(index, slot.triggerIndex);
        }
        bound(nextIndex - 1);
    }
}
