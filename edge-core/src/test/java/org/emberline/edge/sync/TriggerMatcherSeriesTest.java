package org.emberline.edge.sync;

import static org.emberline.edge.sync.MatchRig.MS;
import static org.emberline.edge.sync.MatchRig.PERIOD;
import static org.emberline.edge.sync.MatchRig.PROMPT;
import static org.emberline.edge.sync.MatchRig.S;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameGate.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that begin anew or wrap, and what comes before them and after. */
class TriggerMatcherSeriesTest {
    private static final long WRAP = 1L << 32;

    private final MatchRig rig = new MatchRig(PROMPT);

    @Test
    void aStrayOfAnEndedSeriesDoesNotEnter() {
        rig.pairs(0, 100);
        rig.series = 2;
        again(0, 100, 50);
        rig.series = 1;
        assertEquals(Verdict.STRAY, rig.frame(100, 100 * PERIOD));
        rig.series = 2;
        again(50, 150, 100);
        rig.end();
        rig.assertBooked(250, 0, 0, 0);
    }

    @Test
    void edgesBetweenTwoSeriesHaveNoFrame() {
        rig.pairs(0, 100);
        for (int k = 100; k < 105; k++) {
            rig.edge(k * PERIOD);
        }
        rig.series = 2;
        again(0, 105, 100);
        rig.end();
        rig.assertBooked(200, 5, 0, 0);
    }

    /** The detector has no name for its series: its numbers alone say that another has begun. */
    @ParameterizedTest
    @CsvSource({"true, 100", "false, 100", "true, 20", "false, 20"})
    void aSeriesMayBeginUnannounced(boolean stamped, int frames) {
        rig.series = 0;
        rig.stamped = stamped;
        rig.pairs(0, frames);
        again(0, frames + 3, 100);
        rig.end();
        rig.assertBooked(frames + 100, 0, 0, 0);
    }

    /** As with times that are told from the begin of a series. */
    @ParameterizedTest
    @ValueSource(ints = {100, 20})
    void itsClockMayBeginAnewWithIt(int frames) {
        rig.series = 0;
        rig.pairs(0, frames);
        rig.detectorShift -= (frames + 3) * PERIOD - 5 * MS;
        again(0, frames + 3, 10);
        assertEquals(0, rig.silentlyWrong);
        again(10, frames + 13, 100);
        rig.end();
        rig.assertBooked(frames + 110, 0, 0, 0);
    }

    /** A pair for numbers from {@code from} on, beginning at an exposure of the line. */
    private void again(int from, int exposure, int count) {
        for (int k = 0; k < count; k++) {
            rig.pair(from + k, (exposure + k) * PERIOD);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void numbersWrapAt32Bits(boolean stamped) {
        rig.stamped = stamped;
        for (int k = -100; k < 100; k++) {
            rig.pair(k & 0xffff_ffffL, (k + 100) * PERIOD);
        }
        rig.end();
        rig.assertBooked(200, 0, 0, 0);
        assertEquals(0, rig.matcher.clock().jumps());
    }

    @Test
    void aFrameLostAtTheWrapIsOne() {
        for (int k = -100; k < 100; k++) {
            if (k == -1 || k == 0) {
                rig.edge((k + 100) * PERIOD);
            } else {
                rig.pair(k & 0xffff_ffffL, (k + 100) * PERIOD);
            }
        }
        rig.end();
        rig.assertBooked(198, 2, 0, 0);
    }

    @Test
    void afterTheWrapDuplicatesAndLateFramesAreKnown() {
        for (int k = -100; k < -2; k++) {
            rig.pair(k & 0xffff_ffffL, (k + 100) * PERIOD);
        }
        long held = rig.edge(98 * PERIOD);
        for (int k = -1; k < 10; k++) {
            rig.pair(k & 0xffff_ffffL, (k + 100) * PERIOD);
        }
        assertEquals(Verdict.DUPLICATE, rig.frame(WRAP - 1, 99 * PERIOD));
        assertEquals(Verdict.DUPLICATE, rig.frame(0, 100 * PERIOD));
        assertEquals(Verdict.ADMITTED, rig.frame(WRAP - 2, 98 * PERIOD));
        rig.assertBound(held, rig.host(98 * PERIOD), FrameFlag.FRAME_OUT_OF_ORDER);
        rig.end();
        rig.assertBooked(110, 0, 0, 0);
    }

    /** 50 ppm unknown for 90 s are 4.5 periods at 1 kHz: only number and arrival tell. */
    @ParameterizedTest
    @ValueSource(ints = {20, 50, 200})
    void aPauseEarlyInAFastRunIsBridged(int frames) {
        MatchRig quick = new MatchRig(new MatchSettings(TriggerMode.EXTERNAL_EDGE, 1, 0, MS / 2));
        quick.exposure = 800_000;
        quick.latency = 150_000;
        quick.fast = 50e-6;
        quick.jitter = 100_000;
        for (int k = 0; k < frames + 2000; k++) {
            quick.doubtfulPair(k, k * MS + (k < frames ? 0 : 90 * S));
        }
        assertEquals(0, quick.silentlyWrong);
        assertEquals(0, quick.matcher.clock().jumps());
        quick.end();
        quick.assertBooked(frames + 2000, 0, 0, 0);
    }
}
