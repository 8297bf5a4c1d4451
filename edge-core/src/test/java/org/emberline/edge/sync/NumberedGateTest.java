package org.emberline.edge.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.EnumMap;
import java.util.Map;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameGate.EdgeFate;
import org.emberline.edge.frame.FrameGate.Verdict;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.firmware.Trigger;
import org.junit.jupiter.api.Test;

class NumberedGateTest {
    private static final long S = 1_000_000_000;

    private final TriggerTimeline line = new TriggerTimeline(8);
    private final Map<EdgeFate, Long> booked = new EnumMap<>(EdgeFate.class);
    private final FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, 4, 1);
    private long edges;
    private final NumberedGate gate = new NumberedGate(
            line, index -> edges = Math.max(edges, index + 1), (fate, count) -> booked.merge(fate, count, Long::sum));

    private void edge(long index, long nanos) {
        line.append(new Trigger(index, nanos));
        edges = Math.max(edges, index + 1);
    }

    private Verdict frame(long index) {
        announce(index);
        return gate.admit(slot);
    }

    private void announce(long index) {
        slot.reset(0);
        slot.triggerIndex = index;
        slot.startNanos = 4 * S;
        slot.stopNanos = 6 * S;
    }

    @Test
    void theTriggersClockWins() {
        edge(0, 5 * S);
        assertEquals(Verdict.ADMITTED, frame(0));
        assertEquals(5 * S, slot.startNanos);
        assertEquals(7 * S, slot.stopNanos);
        assertEquals(0, slot.flags);
        assertEquals(Map.of(EdgeFate.MATCHED, 1L), booked);
    }

    @Test
    void aFrameWhoseEdgeWasNotReadKeepsItsTimesAndSaysSo() {
        edge(0, 5 * S);
        assertEquals(Verdict.ADMITTED, frame(0));
        assertEquals(Verdict.ADMITTED, frame(1));
        assertTrue(slot.has(FrameFlag.TRIGGER_MISSING));
        assertEquals(4 * S, slot.startNanos);
        assertEquals(6 * S, slot.stopNanos);
        assertEquals(Map.of(EdgeFate.MATCHED, 1L, EdgeFate.UNREAD, 1L), booked);
        assertEquals(2, edges, "the frame shows that there was an edge");
    }

    @Test
    void aFrameThatKnowsNoEdgeBooksNone() {
        edge(0, 5 * S);
        assertEquals(Verdict.ADMITTED, frame(-1));
        assertTrue(slot.has(FrameFlag.TRIGGER_MISSING));
        assertEquals(Map.of(), booked);
    }

    @Test
    void edgesThatArePassedOverLedToNothing() {
        for (int i = 0; i < 7; i++) {
            edge(i, i * S);
        }
        assertEquals(Verdict.ADMITTED, frame(2));
        announce(4);
        gate.missing(slot);
        gate.end(EdgeFate.SOURCE_LOST);
        assertEquals(
                Map.of(
                        EdgeFate.SPURIOUS,
                        3L,
                        EdgeFate.MATCHED,
                        1L,
                        EdgeFate.FRAME_MISSING,
                        1L,
                        EdgeFate.SOURCE_LOST,
                        2L),
                booked);
        assertEquals(7, edges);
        gate.end(EdgeFate.ABORTED);
        assertFalse(booked.containsKey(EdgeFate.ABORTED), "nothing is open any more");
    }

    @Test
    void anEdgeBeginsOneFrame() {
        edge(0, 0);
        edge(1, S);
        edge(2, 2 * S);
        assertEquals(Verdict.ADMITTED, frame(0));
        assertEquals(Verdict.DUPLICATE, frame(0));
        assertEquals(Verdict.ADMITTED, frame(2));
        assertEquals(Verdict.LATE, frame(1));
        assertEquals(Verdict.DUPLICATE, frame(2));
        announce(1);
        gate.missing(slot);
        assertEquals(Map.of(EdgeFate.MATCHED, 2L, EdgeFate.SPURIOUS, 1L), booked);
    }

    @Test
    void forgottenTriggersAreUnknownNotWrong() {
        for (int i = 0; i < 12; i++) {
            line.append(new Trigger(i, i));
        }
        assertEquals(TriggerTimeline.UNKNOWN, line.timestampNanos(3));
        assertEquals(4, line.timestampNanos(4));
        assertEquals(TriggerTimeline.UNKNOWN, line.timestampNanos(12));
        assertEquals(11, line.latestIndex());
    }
}
