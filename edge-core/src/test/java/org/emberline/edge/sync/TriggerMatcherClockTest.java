package org.emberline.edge.sync;

import static org.emberline.edge.sync.MatchRig.MS;
import static org.emberline.edge.sync.MatchRig.PERIOD;
import static org.emberline.edge.sync.MatchRig.PROMPT;
import static org.emberline.edge.sync.MatchRig.S;
import static org.emberline.edge.sync.MatchRig.US;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.emberline.edge.frame.FrameSlot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that are set, stand still, fall silent or run backwards. */
class TriggerMatcherClockTest {
    private final MatchRig rig = new MatchRig(PROMPT);

    TriggerMatcherClockTest() {
        rig.fast = 50e-6;
        rig.jitter = 20 * US;
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "-2, 0", "0, 2", "0, -2", "0.2, 0", "-0.2, 0", "0, 0.2", "0, -0.2"})
    void aClockThatIsSetIsFoundAgain(double detectorSeconds, double hostSeconds) {
        doubtfulPairs(rig, 0, 400);
        assertEquals(0, rig.doubted);
        rig.detectorShift += Math.round(detectorSeconds * S);
        rig.hostShift += Math.round(hostSeconds * S);
        doubtfulPairs(rig, 400, 440);
        assertEquals(0, rig.silentlyWrong);
        rig.pairs(440, 500);
        ClockView clock = rig.matcher.clock();
        assertEquals(1, clock.jumps());
        assertEquals(hostSeconds - detectorSeconds, clock.latestJumpSeconds(), 1e-3);
        rig.end();
    }

    /** How long frames stay in doubt depends on how far it was set; none is misled. */
    @ParameterizedTest
    @ValueSource(longs = {-40, -30, -10, 10, 30, 40})
    void aClockSetByLessThanAJumpMisleadsNoFrameAndIsNotCounted(long millis) {
        doubtfulPairs(rig, 0, 400);
        rig.detectorShift += millis * MS;
        doubtfulPairs(rig, 400, 2000);
        assertEquals(0, rig.silentlyWrong);
        assertEquals(0, rig.matcher.clock().jumps());
        rig.end();
    }

    @Test
    void everyJumpIsCountedOnce() {
        long[] shifts = {2 * S, -2 * S, 2 * S, 500 * MS};
        for (int i = 0; i < shifts.length; i++) {
            doubtfulPairs(rig, 200 * i, 200 * i + 200);
            rig.detectorShift += shifts[i];
        }
        doubtfulPairs(rig, 800, 1000);
        assertEquals(0, rig.silentlyWrong);
        assertEquals(4, rig.matcher.clock().jumps());
        assertEquals(-0.5, rig.matcher.clock().latestJumpSeconds(), 1e-3);
        rig.end();
    }

    /**
     * Set by exactly a period, the detector's clock points at the next edge, which has been seen already; but its exposure cannot have
     * ended yet.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noFrameBelongsToAnExposureThatHasNotEnded(boolean numbered) {
        MatchRig slow = new MatchRig(new MatchSettings(TriggerMode.EXTERNAL_EDGE, 1, 0, 60 * MS));
        slow.latency = 50 * MS;
        slow.numbered = numbered;
        long edge = slow.edge(0);
        for (int k = 0; k < 400; k++) {
            slow.detectorShift = -700 * MS + (k >= 200 ? PERIOD : 0);
            long next = slow.edge((k + 1) * PERIOD);
            slow.doubtful(slow.frame(k, k * PERIOD), edge);
            edge = next;
        }
        assertEquals(0, slow.silentlyWrong);
        assertTrue(slow.doubted < 40, () -> slow.doubted + " frames in doubt");
        assertEquals(1, slow.matcher.clock().jumps());
        assertEquals(-0.1, slow.matcher.clock().latestJumpSeconds(), 1e-3);
        slow.end();
    }

    /** At 1 kHz with frames that come five periods late there are always some on their way when a clock is set. */
    @ParameterizedTest
    @CsvSource({"2, 0", "-2, 0", "0, 2", "0, -2"})
    void framesOnTheirWayWhileAClockIsSet(long detectorSeconds, long hostSeconds) {
        MatchRig quick = quick();
        playWithAJump(quick, detectorSeconds, hostSeconds, 500 * US);
        assertEquals(0, quick.silentlyWrong);
        // The offset is sought among the first frames' exposures, and anew after 256: those of frames on their way are
        // gone.
        assertTrue(quick.doubted <= 300, () -> quick.doubted + " frames in doubt");
        assertEquals(1, quick.matcher.clock().jumps());
        assertEquals(
                (double) (hostSeconds - detectorSeconds), quick.matcher.clock().latestJumpSeconds(), 0.01);
        quick.end();
    }

    /** Where the intervals are all the same and nobody knows the latency nothing is sure, not even after a jump. */
    @ParameterizedTest
    @CsvSource({"2, 0", "-2, 0", "0, 2", "0, -2"})
    void aJumpGivesNoCertaintyThatWasNotThere(long detectorSeconds, long hostSeconds) {
        MatchRig quick = quick();
        playWithAJump(quick, detectorSeconds, hostSeconds, 0);
        assertEquals(0, quick.silentlyWrong);
        quick.end();
    }

    private static void playWithAJump(MatchRig quick, long detectorSeconds, long hostSeconds, long irregular) {
        SplittableRandom random = new SplittableRandom(5);
        Deque<Long> edges = new ArrayDeque<>();
        Deque<Long> moments = new ArrayDeque<>();
        long now = 0;
        for (int k = 0; k < 6000; k++) {
            now += MS + (irregular == 0 ? 0 : random.nextLong(irregular));
            quick.hostShift = k >= 3000 ? hostSeconds * S : 0;
            edges.add(quick.edge(now));
            moments.add(now);
            if (edges.size() > 5) {
                // Stamped by the detector's clock as it was then, here by ours as it is now.
                quick.detectorShift = -700 * MS + (k - 5 >= 3000 ? detectorSeconds * S : 0);
                long moment = moments.remove();
                quick.latency = now - moment + 100 * US;
                quick.doubtful(quick.frame(k - 5, moment), edges.remove());
            }
        }
    }

    private static MatchRig quick() {
        MatchRig quick = new MatchRig(MatchSettings.ONE_FRAME_PER_EDGE);
        quick.exposure = 800 * US;
        quick.fast = 50e-6;
        quick.jitter = 20 * US;
        return quick;
    }

    @Test
    void stampsThatStandStillFromTheBeginAreNone() {
        rig.jitter = 0;
        rig.fast = -1;
        doubtfulPairs(rig, 0, 40);
        assertEquals(0, rig.silentlyWrong);
        rig.pairs(40, 300);
        assertEquals(0, rig.matcher.clock().jumps());
        rig.end();
        rig.assertBooked(300, 0, 0, 0);
    }

    @Test
    void stampsThatStandStillForAWhileAreBridged() {
        rig.pairs(0, 200);
        long stuck = rig.slot.detectorNanos;
        for (int k = 200; k < 260; k++) {
            long edge = rig.edge(k * PERIOD);
            rig.slot.reset(0);
            rig.slot.hardwareId = k;
            rig.slot.seriesId = 1;
            rig.slot.detectorNanos = stuck;
            rig.slot.arrivalNanos = rig.host(k * PERIOD) + rig.exposure + rig.latency;
            rig.slot.stopNanos = rig.exposure;
            rig.doubtful(rig.matcher.admit(rig.slot), edge);
        }
        assertEquals(0, rig.silentlyWrong);
        assertEquals(0, rig.doubted);
        rig.pairs(260, 400);
        assertEquals(0, rig.matcher.clock().jumps());
        rig.end();
        rig.assertBooked(400, 0, 0, 0);
    }

    /** Two clocks are not one that was set. */
    @ParameterizedTest
    @ValueSource(ints = {5, 1000})
    void aDetectorMayBeginToStampLate(int frames) {
        rig.stamped = false;
        rig.pairs(0, frames);
        rig.stamped = true;
        doubtfulPairs(rig, frames, frames + 300);
        assertEquals(0, rig.silentlyWrong);
        rig.pairs(frames + 300, frames + 400);
        assertEquals(0, rig.matcher.clock().jumps());
        assertEquals(-50e-6, rig.matcher.clock().drift(), 5e-6);
        rig.end();
    }

    @Test
    void aSingleWrongStampOfAnEdgeDoesNotTurnTheClock() {
        rig.pairs(0, 200);
        rig.edgeAt(rig.host(200 * PERIOD) - S);
        rig.frame(200, 200 * PERIOD);
        rig.assertUnbound(200 * PERIOD, 200 * US);
        doubtfulPairs(rig, 201, 300);
        assertEquals(0, rig.silentlyWrong);
        assertEquals(0, rig.doubted);
        assertEquals(0, rig.matcher.clock().jumps());
        rig.end();
    }

    /** This machine's clock is set back again and again: nothing can be sure, but nothing may be lost either. */
    @Test
    void timeMayRunBackwardsOnTheLine() {
        rig.pairs(0, 100);
        for (int k = 100; k < 300; k++) {
            rig.hostShift -= 150 * MS;
            rig.doubtfulPair(k, k * PERIOD);
        }
        assertEquals(0, rig.silentlyWrong);
        doubtfulPairs(rig, 300, 340);
        rig.pairs(340, 400);
        rig.end();
    }

    /** Times at the ends of what a long holds wrap where they are added up. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE / 2, Long.MIN_VALUE / 2, -1, 0})
    void timesBeyondAllReasonMatchNothing(long absurd) {
        rig.pairs(0, 100);
        for (int k = 100; k < 120; k++) {
            absurd(k, absurd + k, k % 2 == 0 ? absurd : rig.host(k * PERIOD) + rig.exposure + rig.latency);
        }
        absurd(120, FrameSlot.UNKNOWN, absurd);
        for (int k = 121; k < 400; k++) {
            rig.doubtfulPair(k, k * PERIOD);
        }
        assertEquals(0, rig.silentlyWrong);
        rig.pairs(400, 460);
        rig.end();
    }

    private void absurd(long number, long stamp, long arrival) {
        long edge = rig.edge(number * PERIOD);
        rig.slot.reset(0);
        rig.slot.hardwareId = number;
        rig.slot.seriesId = 1;
        rig.slot.detectorNanos = stamp;
        rig.slot.arrivalNanos = arrival;
        rig.slot.stopNanos = rig.exposure;
        rig.doubtful(rig.matcher.admit(rig.slot), edge);
    }

    private static void doubtfulPairs(MatchRig rig, int from, int until) {
        for (int k = from; k < until; k++) {
            rig.doubtfulPair(k, k * PERIOD);
        }
    }
}
