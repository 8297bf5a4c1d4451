package org.emberline.edge.sync;

import static org.emberline.edge.sync.MatchRig.MS;
import static org.emberline.edge.sync.MatchRig.PERIOD;
import static org.emberline.edge.sync.MatchRig.PROMPT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameGate.EdgeFate;
import org.emberline.edge.frame.FrameGate.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an edge means, what a frame brings, and edges without frames. */
class TriggerMatcherModesTest {
    private static final MatchSettings BURST = new MatchSettings(TriggerMode.EXTERNAL_EDGE, 3, 20 * MS, 15 * MS);
    private static final MatchSettings LEVEL = new MatchSettings(TriggerMode.EXTERNAL_LEVEL, 1, 0, 10 * MS);

    @Test
    void anEdgeMayBeginABurst() {
        MatchRig rig = burst();
        for (int k = 0; k < 100; k++) {
            rig.edge(k * PERIOD);
            burst(rig, k, k, 0, 3);
        }
        rig.end(EdgeFate.FRAME_MISSING, 3);
        rig.assertBooked(300, 0, 0, 0);
    }

    /** During the whole burst no edge is heeded, not only during its first exposure. */
    @ParameterizedTest
    @ValueSource(longs = {3, 18, 25, 33, 45, 48})
    void anEdgeDuringABurstBeginsNone(long afterMillis) {
        MatchRig rig = burst();
        long edge = 0;
        for (int k = 0; k < 100; k++) {
            edge = rig.edge(k * PERIOD);
            if (k % 10 == 5) {
                rig.edge(k * PERIOD + afterMillis * MS);
            }
            burst(rig, k, edge, 0, 3);
        }
        rig.end(EdgeFate.FRAME_MISSING, 3);
        rig.assertBooked(300, 0, 30, 0);
    }

    @Test
    void aFrameLostFromABurstIsOneOfThree() {
        MatchRig rig = burst();
        for (int k = 0; k < 100; k++) {
            rig.edge(k * PERIOD);
            burst(rig, k, k, k == 50 ? 1 : 0, k == 60 ? 2 : 3);
        }
        rig.end(EdgeFate.FRAME_MISSING, 3);
        rig.assertBooked(298, 2, 0, 0);
    }

    private static MatchRig burst() {
        MatchRig rig = new MatchRig(BURST);
        rig.exposure = 15 * MS;
        rig.latency = 3 * MS;
        return rig;
    }

    /** Frames {@code from} to {@code until} of the burst that an edge began. */
    private static void burst(MatchRig rig, int number, long edge, int from, int until) {
        for (int i = from; i < until; i++) {
            long begin = number * PERIOD + i * 20L * MS;
            assertEquals(Verdict.ADMITTED, rig.frame(3L * number + i, begin));
            rig.assertBound(edge, rig.host(begin));
        }
    }

    /** A long exposure follows close upon a short one: with edges alone it would be taken for a double of it. */
    @Test
    void aLevelHeedsEveryEdge() {
        MatchRig rig = new MatchRig(LEVEL);
        rig.latency = 4 * MS;
        for (int k = 0; k < 200; k++) {
            rig.exposure = 10 * MS;
            rig.pair(2L * k, k * PERIOD);
            rig.exposure = 80 * MS;
            rig.pair(2 * k + 1, k * PERIOD + 15 * MS);
        }
        rig.end();
        rig.assertBooked(400, 0, 0, 0);
    }

    @Test
    void withoutNumbersStampsOrArrivalsOrderCountsAndTheFrameSaysSo() {
        MatchRig rig = new MatchRig(PROMPT);
        rig.numbered = false;
        rig.stamped = false;
        rig.arriving = false;
        for (int k = 0; k < 100; k++) {
            long edge = rig.edge(k * PERIOD);
            rig.frame(k, k * PERIOD);
            rig.assertBound(edge, rig.host(k * PERIOD), FrameFlag.TRIGGER_INDEX_ONLY);
        }
        assertEquals(Verdict.ADMITTED, rig.frame(100, 100 * PERIOD));
        assertTrue(rig.slot.has(FrameFlag.TRIGGER_MISSING));
        rig.end();
        rig.assertBooked(100, 0, 0, 0);
    }

    /** With numbers the order has gaps. */
    @Test
    void numbersAloneLeaveOutTheEdgesOfLostFrames() {
        MatchRig rig = new MatchRig(PROMPT);
        rig.stamped = false;
        rig.arriving = false;
        for (int k = 0; k < 100; k++) {
            long edge = rig.edge(k * PERIOD);
            if (k % 10 != 5) {
                rig.frame(k, k * PERIOD);
                rig.assertBound(edge, rig.host(k * PERIOD), FrameFlag.TRIGGER_INDEX_ONLY);
            }
        }
        rig.end();
        rig.assertBooked(90, 10, 0, 0);
    }

    /** How late frames come says nothing where nobody knows when they came. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aKnownLatencyProvesNothingWithoutArrivals(boolean numbered) {
        MatchRig rig = new MatchRig(PROMPT);
        rig.numbered = numbered;
        rig.arriving = false;
        for (int k = 0; k < 3; k++) {
            rig.edge(k * PERIOD);
        }
        for (int k = 3; k < 600; k++) {
            rig.doubtfulPair(k, k * PERIOD);
        }
        assertEquals(0, rig.silentlyWrong);
        assertEquals(597, rig.doubted);
        rig.end();
    }

    /** Irregular intervals are found among the edges, but no sooner for a latency that nobody can see. */
    @Test
    void withoutArrivalsAKnownLatencyChangesNothing() {
        MatchRig known = new MatchRig(PROMPT);
        MatchRig unknown = new MatchRig(MatchSettings.ONE_FRAME_PER_EDGE);
        for (MatchRig rig : List.of(known, unknown)) {
            rig.numbered = false;
            rig.arriving = false;
            rig.jitter = 2 * MS;
            SplittableRandom random = new SplittableRandom(11);
            long now = 0;
            for (int k = 0; k < 300; k++) {
                now += PERIOD + random.nextLong(20 * MS);
                rig.doubtfulPair(k, now);
            }
            assertEquals(0, rig.silentlyWrong);
            rig.end();
        }
        assertTrue(known.doubted < 100, () -> known.doubted + " frames in doubt");
        assertEquals(unknown.doubted, known.doubted);
    }

    /** Frames that nobody was sure of have taken exposures all the same: the next clock's frames do not begin before them. */
    @Test
    void stampsThatComeLateDoNotUndoWhatWasTakenInDoubt() {
        MatchRig rig = new MatchRig(MatchSettings.ONE_FRAME_PER_EDGE);
        rig.stamped = false;
        for (int k = 0; k < 500; k++) {
            rig.doubtfulPair(k, k * PERIOD);
        }
        rig.stamped = true;
        for (int k = 500; k < 600; k++) {
            rig.doubtfulPair(k, k * PERIOD);
            assertFalse(rig.slot.has(FrameFlag.TRIGGER_MISSING), "frame " + k);
        }
        assertEquals(0, rig.silentlyWrong);
        rig.end();
        rig.assertBooked(600, 0, 0, 0);
    }

    @Test
    void framesBeforeAnyEdgeHaveNone() {
        MatchRig rig = new MatchRig(PROMPT);
        for (int k = 0; k < 20; k++) {
            assertEquals(Verdict.ADMITTED, rig.frame(k, k * PERIOD));
            assertTrue(rig.slot.has(FrameFlag.TRIGGER_MISSING));
            assertEquals(-1, rig.slot.triggerIndex);
        }
        rig.pairs(20, 100);
        rig.end();
        rig.assertBooked(80, 0, 0, 0);
    }

    /** The detector sleeps, or is not armed yet, while the line goes on for longer than exposures are kept. */
    @ParameterizedTest
    @ValueSource(ints = {0, 200})
    void edgesWithoutFramesForLongerThanTheyAreKept(int before) {
        MatchRig rig = new MatchRig(PROMPT);
        rig.pairs(0, before);
        int sleep = 20_000;
        for (int k = before; k < before + sleep; k++) {
            rig.edge(k * PERIOD);
        }
        assertTimeout(Duration.ofMillis(200), () -> rig.doubtfulPair(before, (before + sleep) * PERIOD));
        for (int k = before + sleep + 1; k < before + sleep + 300; k++) {
            rig.doubtfulPair(k - sleep, k * PERIOD);
        }
        assertEquals(0, rig.silentlyWrong);
        for (int k = before + sleep + 300; k < before + sleep + 400; k++) {
            rig.pair(k - sleep, k * PERIOD);
        }
        rig.end();
    }

    @Test
    void edgesThatNobodyTookFromTheQueueAreUnread() {
        MatchRig rig = new MatchRig(PROMPT, 1000);
        rig.pairs(0, 100);
        for (int k = 100; k < 5100; k++) {
            rig.edge(k * PERIOD);
        }
        for (int k = 5100; k < 5200; k++) {
            rig.pair(k, k * PERIOD);
        }
        rig.end();
        rig.assertBooked(200, 998, 0, 4002);
    }

    @Test
    void settingsAreChecked() {
        TriggerMode edge = TriggerMode.EXTERNAL_EDGE;
        refuse("at least one frame belongs to a trigger frames_per_trigger=0", edge, 0, 0, 0);
        refuse("frames of a burst follow each other at a period frame_period_ns=0", edge, 2, 0, 0);
        refuse("frames of a burst follow each other at a period frame_period_ns=-1", edge, 1, -1, 0);
        refuse("no frame comes before its exposure has ended latency_ns=-1", edge, 1, 0, -1);
    }

    private static void refuse(String message, TriggerMode mode, int frames, long period, long latency) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new MatchSettings(mode, frames, period, latency))
                        .getMessage());
    }
}
