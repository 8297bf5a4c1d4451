package org.emberline.edge.app;

import static org.emberline.edge.app.Snapshots.ledger;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.emberline.edge.pipeline.Ledger;
import org.junit.jupiter.api.Test;

class LivenessTest {
    private static final long SECOND = 1_000_000_000L;
    /** As {@link System#nanoTime()} may: it begins anywhere. */
    private static final long BEGIN = -3 * SECOND;

    private final Liveness liveness = new Liveness(Duration.ofMillis(250));
    private long sequence;

    /** A new state after so many seconds. */
    private boolean alive(double seconds, Ledger... ledgers) {
        sequence++;
        return liveness.alive(Snapshots.of(sequence, null, List.of(), ledgers), BEGIN + Math.round(seconds * SECOND));
    }

    @Test
    void framesThatWaitAreAStandstillAfterTenSeconds() {
        assertTrue(alive(0, ledger(5, 2)));
        assertTrue(alive(9, ledger(9, 2)));
        assertTrue(alive(10.4, ledger(9, 2)));
        assertFalse(alive(10.6, ledger(9, 2)));
        assertTrue(alive(11, ledger(9, 3)), "it goes on");
        assertTrue(alive(21.4, ledger(9, 3)));
        assertFalse(alive(21.6, ledger(9, 3)));
    }

    @Test
    void noFramesAreNoStandstill() {
        assertTrue(alive(0, ledger(7, 7)));
        assertTrue(alive(3600, ledger(7, 7)));
        assertTrue(alive(3605, ledger(8, 7)), "the wait begins with the frame");
        assertTrue(alive(3610, ledger(8, 7)));
        assertFalse(alive(3611, ledger(8, 7)));
    }

    @Test
    void framesThatTheArchiveLostDoNotWait() {
        Ledger lost = ledger(7, 6, Map.of("ARCHIVE_FAILED", 1L));
        assertTrue(alive(0, lost));
        assertTrue(alive(60, lost));
    }

    @Test
    void triggersThatAreLostAreNoProgress() {
        assertTrue(alive(0, ledger(5, 2)));
        assertFalse(alive(11, ledger(5, 2, Map.of("FRAME_MISSING", 30L))));
    }

    @Test
    void oneDetectorDoesNotSpeakForTheOther() {
        assertTrue(alive(0, ledger(5, 2), ledger(5, 2)));
        assertFalse(alive(11, ledger(500, 498), ledger(5, 2)));
        assertFalse(alive(12, ledger(510, 508), ledger(5, 2)));
        assertTrue(alive(13, ledger(520, 518), ledger(5, 4)));
    }

    @Test
    void statesThatAreNotPublishedAreAStandstill() {
        assertTrue(alive(0, ledger(7, 7)));
        sequence--;
        assertTrue(alive(10.4, ledger(7, 7)));
        sequence--;
        assertFalse(alive(10.6, ledger(7, 7)));
        assertTrue(alive(11, ledger(7, 7)));
    }

    @Test
    void statesThatAreSeldomPublishedAreNone() {
        Liveness slow = new Liveness(Duration.ofSeconds(10));
        for (int i = 0; i < 30; i++) {
            long state = i / 10;
            assertTrue(
                    slow.alive(Snapshots.of(state, null, List.of(), ledger(9 + state, 6 + state)), BEGIN + i * SECOND));
        }
    }

    @Test
    void aFaultedRunIsDead() {
        assertTrue(alive(0, ledger(7, 7)));
        assertFalse(liveness.alive(Snapshots.of(2, "archive failed", List.of(), ledger(8, 8)), BEGIN + SECOND));
    }
}
