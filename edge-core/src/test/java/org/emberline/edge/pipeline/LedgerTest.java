package org.emberline.edge.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerTest {

    /** Every reason once: what the sentences of the balances say, done by hand. */
    private static final Map<String, Long> ONE_EACH = Map.ofEntries(
            Map.entry("FRAME_MISSING", 1L),
            Map.entry("TRIGGER_MISSING", 1L),
            Map.entry("TRIGGER_UNREAD", 1L),
            Map.entry("TRIGGER_SPURIOUS", 1L),
            Map.entry("TRIGGER_ABORTED", 1L),
            Map.entry("SOURCE_LOST", 1L),
            Map.entry("DUPLICATE", 1L),
            Map.entry("LATE", 1L),
            Map.entry("STRAY", 1L),
            Map.entry("OUT_OF_ORDER", 1L),
            Map.entry("QUEUE_FULL", 1L),
            Map.entry("DISCARDED", 1L),
            Map.entry("REDUCTION_FAILED", 1L),
            Map.entry("ARCHIVE_FAILED", 1L),
            Map.entry("PATTERN_NOT_KEPT", 1L),
            Map.entry("PREVIEW_NOT_KEPT", 1L),
            Map.entry("MAP_NOT_KEPT", 1L));

    private static final Set<Loss> NOTES =
            Set.of(Loss.OUT_OF_ORDER, Loss.PATTERN_NOT_KEPT, Loss.PREVIEW_NOT_KEPT, Loss.MAP_NOT_KEPT);

    @Test
    void everyReasonHasItsPlace() {
        // 10 frames, one of them without an edge; 5 edges led to none; 3 frames were turned away; 2 reached no outlet.
        Ledger ledger = new Ledger(14, 9, 13, 10, 7, 8, 7, ONE_EACH);
        assertTrue(ledger.settled(), ledger::toString);
        assertEquals(ledger, new Ledger(14, 10, 7, 8, 7, ONE_EACH));
        assertEquals(12, ledger.lostTotal(), "neither a frame without an edge nor one out of order is lost");
        assertEquals(Loss.values().length, ONE_EACH.size());
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void aLossThatNobodyExplainsIsSeen(Loss loss) {
        Map<String, Long> one = Map.of(loss.name(), 1L);
        Ledger ledger = new Ledger(5, 5, 5, 5, 5, 5, 5, one);
        assertEquals(NOTES.contains(loss), ledger.settled(), ledger::toString);
    }

    @Test
    void whatIsOnItsWayIsNamed() {
        Ledger ledger =
                new Ledger(20, 12, 14, 13, 9, 8, 5, Map.of("DUPLICATE", 1L, "TRIGGER_MISSING", 1L, "QUEUE_FULL", 2L));
        assertTrue(ledger.closes());
        assertFalse(ledger.settled());
        assertEquals(8, ledger.openTriggers());
        assertEquals(2, ledger.unreduced());
        assertEquals(3, ledger.unpublished());
        assertEquals(6, ledger.waiting());
    }

    @Test
    void moreOutThanInDoesNotClose() {
        assertFalse(new Ledger(5, 5, 5, 5, 6, 5, 5, Map.of()).closes());
        assertFalse(new Ledger(5, 5, 5, 5, 5, 6, 5, Map.of()).closes());
        assertFalse(new Ledger(5, 5, 5, 5, 5, 5, 6, Map.of()).closes());
        assertFalse(new Ledger(4, 5, 5, 5, 5, 5, 5, Map.of()).closes());
        assertFalse(new Ledger(5, 4, 5, 5, 5, 5, 5, Map.of()).closes(), "a frame of whose edge nobody spoke");
        assertFalse(new Ledger(5, 5, 6, 5, 5, 5, 5, Map.of()).closes(), "a frame that came to nothing");
    }

    @Test
    void sumsAddUp() {
        Ledger sum = Ledger.sum(List.of(
                new Ledger(14, 9, 13, 10, 7, 8, 7, ONE_EACH), new Ledger(20, 12, 13, 12, 9, 8, 5, Map.of("LATE", 1L))));
        assertEquals(34, sum.triggers());
        assertEquals(21, sum.matched());
        assertEquals(26, sum.received());
        assertEquals(2, sum.lost().get("LATE"));
        assertEquals(8, sum.openTriggers());
    }
}
