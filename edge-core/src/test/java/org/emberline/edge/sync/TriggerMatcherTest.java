package org.emberline.edge.sync;

import static org.emberline.edge.sync.MatchRig.MS;
import static org.emberline.edge.sync.MatchRig.PERIOD;
import static org.emberline.edge.sync.MatchRig.PROMPT;
import static org.emberline.edge.sync.MatchRig.US;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameGate.EdgeFate;
import org.emberline.edge.frame.FrameGate.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single mishaps in a plain series of numbered and stamped frames. */
class TriggerMatcherTest {
    private final MatchRig rig = new MatchRig(PROMPT);

    TriggerMatcherTest() {
        rig.fast = 50e-6;
        rig.jitter = 2 * US;
    }

    @Test
    void inAPlainSeriesEveryFrameHasItsEdge() {
        rig.pairs(0, 300);
        rig.end();
        rig.assertBooked(300, 0, 0, 0);
        ClockView clock = rig.matcher.clock();
        assertEquals(MatchRig.BEGIN / 1e9 + 0.7 - 50e-6 * 30, clock.offsetSeconds(), 1e-4);
        assertEquals(-50e-6, clock.drift(), 1e-6);
        assertEquals(0.015, clock.latencySeconds(), 1e-6);
        assertEquals(0, clock.jumps());
    }

    @Test
    void aFrameWhoseEdgeWasMissedHasItsTimeFromTheClock() {
        rig.pairs(0, 200);
        rig.frame(200, 200 * PERIOD);
        rig.assertUnbound(200 * PERIOD, 10 * US);
        rig.pairs(201, 300);
        rig.end();
        rig.assertBooked(299, 0, 0, 0);
    }

    @Test
    void severalMissedInARowAreNoJumpOfTheClock() {
        rig.pairs(0, 200);
        for (int k = 200; k < 240; k++) {
            rig.frame(k, k * PERIOD);
            rig.assertUnbound(k * PERIOD, 20 * US);
        }
        rig.pairs(240, 300);
        assertEquals(0, rig.matcher.clock().jumps());
    }

    /** Its own edge was missed, and another came twenty spreads beside it: the frame may have that, but has to say so. */
    @ParameterizedTest
    @ValueSource(longs = {-80, -40, 40, 80})
    void anEdgeFarFromTheStampIsNotTakenUnsaid(long micros) {
        rig.pairs(0, 1000);
        rig.edge(1000 * PERIOD + micros * US);
        rig.frame(1000, 1000 * PERIOD);
        assertNotEquals(0, rig.slot.flags);
        rig.pairs(1001, 1100);
        rig.end();
    }

    @Test
    void edgesThatTheReaderLostAreUnread() {
        rig.pairs(0, 200);
        rig.lose(2);
        rig.frame(200, 200 * PERIOD);
        rig.assertUnbound(200 * PERIOD, 10 * US);
        rig.frame(201, 201 * PERIOD);
        rig.assertUnbound(201 * PERIOD, 10 * US);
        rig.pairs(202, 300);
        rig.end();
        rig.assertBooked(298, 0, 0, 2);
    }

    @Test
    void theDoubleOfAnEdgeIsSpuriousAndNeverTaken() {
        for (int k = 0; k < 300; k++) {
            long edge = rig.edge(k * PERIOD);
            if (k % 50 == 0) {
                rig.edge(k * PERIOD + 10 * MS + k * MS * 3 / 25);
            }
            rig.frame(k, k * PERIOD);
            rig.assertBound(edge, rig.host(k * PERIOD));
        }
        rig.end();
        rig.assertBooked(300, 0, 6, 0);
    }

    @Test
    void aDoubleOfTheLastEdgesIsSpuriousTooWhenNoFrameFollows() {
        rig.pairs(0, 100);
        rig.edge(100 * PERIOD);
        rig.edge(100 * PERIOD + 20 * MS);
        rig.end();
        rig.assertBooked(100, 1, 1, 0);
    }

    /** Between two exposures an edge may begin one; the numbers say that none did. */
    @Test
    void anEdgeTooManyIsSuspectedByTheNumbers() {
        rig.exposure = 40 * MS;
        rig.pairs(0, 100);
        rig.edge(99 * PERIOD + 45 * MS);
        rig.pairs(100, 200);
        rig.end();
        rig.assertBooked(200, 0, 1, 0);
    }

    /** Here the true edge falls into the exposure that the wrong one would have begun. */
    @Test
    void anEdgeTooManyDoesNotMakeADoubleOfTheNext() {
        rig.pairs(0, 100);
        rig.edge(99 * PERIOD + 65 * MS);
        long edge = rig.edge(100 * PERIOD);
        rig.frame(100, 100 * PERIOD);
        rig.assertBound(edge, rig.host(100 * PERIOD), FrameFlag.TRIGGER_INDEX_ONLY);
        rig.pairs(101, 200);
        rig.end();
        rig.assertBooked(200, 0, 1, 0);
    }

    @Test
    void aLostFrameLeavesItsEdge() {
        rig.pairs(0, 100);
        rig.edge(100 * PERIOD);
        rig.pairs(101, 200);
        rig.end();
        rig.assertBooked(199, 1, 0, 0);
    }

    @Test
    void ofALostFrameAndAnEdgeTooManyEachHasItsReason() {
        rig.exposure = 40 * MS;
        rig.pairs(0, 100);
        rig.edge(99 * PERIOD + 45 * MS);
        rig.edge(100 * PERIOD);
        rig.pairs(101, 200);
        rig.end();
        rig.assertBooked(199, 1, 1, 0);
    }

    @Test
    void aFrameThatIsSentTwiceEntersOnce() {
        rig.pairs(0, 100);
        for (int back = 0; back < 3; back++) {
            rig.slot.reset(0);
            assertEquals(Verdict.DUPLICATE, rig.frame(99 - back * 20, (99 - back * 20) * PERIOD));
        }
        rig.pairs(100, 200);
        rig.end();
        rig.assertBooked(200, 0, 0, 0);
    }

    @Test
    void aFrameOutOfOrderHasItsOwnEdge() {
        rig.pairs(0, 100);
        long held = rig.edge(100 * PERIOD);
        rig.pairs(101, 164);
        assertEquals(Verdict.ADMITTED, rig.frame(100, 100 * PERIOD));
        rig.assertBound(held, rig.host(100 * PERIOD), FrameFlag.FRAME_OUT_OF_ORDER);
        assertEquals(Verdict.DUPLICATE, rig.frame(100, 100 * PERIOD));
        rig.pairs(164, 300);
        rig.end();
        rig.assertBooked(300, 0, 0, 0);
    }

    @Test
    void aFrameOutOfOrderBeyondTheWindowIsLate() {
        rig.pairs(0, 100);
        rig.edge(100 * PERIOD);
        rig.pairs(101, 165);
        assertEquals(Verdict.LATE, rig.frame(100, 100 * PERIOD));
        rig.pairs(165, 300);
        rig.end();
        rig.assertBooked(299, 1, 0, 0);
    }

    @Test
    void aFrameOutOfOrderMayHaveNoEdge() {
        rig.pairs(0, 100);
        rig.pairs(101, 110);
        assertEquals(Verdict.ADMITTED, rig.frame(100, 100 * PERIOD));
        rig.assertUnbound(100 * PERIOD, 10 * US, FrameFlag.FRAME_OUT_OF_ORDER);
        rig.pairs(110, 200);
        rig.end();
        rig.assertBooked(199, 0, 0, 0);
    }

    /** Its exposure is over, but which of those without a frame it was cannot be told by a number alone. */
    @Test
    void aFrameOutOfOrderWithoutStampIsInTimeButUnbound() {
        rig.stamped = false;
        rig.pairs(0, 100);
        rig.edge(100 * PERIOD);
        rig.pairs(101, 110);
        rig.latency += 10 * PERIOD;
        assertEquals(Verdict.ADMITTED, rig.frame(100, 100 * PERIOD));
        assertEquals(-1, rig.slot.triggerIndex);
        assertEquals(FrameFlag.FRAME_OUT_OF_ORDER.bit() | FrameFlag.TRIGGER_MISSING.bit(), rig.slot.flags);
    }

    @Test
    void anIndexThatTheFrameBringsIsTakenAtItsWord() {
        rig.pairs(0, 100);
        long first = rig.edge(100 * PERIOD);
        rig.edge(101 * PERIOD);
        rig.slot.reset(0);
        rig.slot.hardwareId = 100;
        rig.slot.seriesId = 1;
        rig.slot.triggerIndex = first;
        rig.slot.detectorNanos = rig.stamp(101 * PERIOD);
        rig.slot.stopNanos = rig.exposure;
        assertEquals(Verdict.ADMITTED, rig.matcher.admit(rig.slot));
        rig.assertBound(first, rig.host(100 * PERIOD));
    }

    @Test
    void theEndBooksWhatWaitsUnderItsOwnReason() {
        for (EdgeFate fate : new EdgeFate[] {EdgeFate.SOURCE_LOST, EdgeFate.ABORTED}) {
            MatchRig one = new MatchRig(PROMPT);
            one.pairs(0, 50);
            one.edge(50 * PERIOD);
            one.pairs(51, 60);
            one.edge(60 * PERIOD);
            one.edge(61 * PERIOD);
            one.end(fate, 1);
            one.assertBooked(59, 1, 0, 0);
            assertEquals(2, one.booked(fate));
        }
    }
}
