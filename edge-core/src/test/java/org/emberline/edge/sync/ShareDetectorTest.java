package org.emberline.edge.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import org.emberline.edge.frame.FrameGate;
import org.emberline.edge.frame.FrameGate.EdgeFate;
import org.emberline.edge.frame.FrameGate.Verdict;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.sync.ShareDetector.Share;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareDetectorTest {
    private static final long SHARED_FROM = 500;

    private final ShareDetector detector = new ShareDetector();

    /** What was told, and after how many frames that came since the share began. */
    private record Told(Share share, long after) {}

    /** Numbers from 0, of which those come that are wanted. */
    private List<Told> numbers(long count, LongPredicate comes) {
        List<Told> told = new ArrayList<>();
        long came = 0;
        for (long id = 0; id < count; id++) {
            if (comes.test(id)) {
                came += id >= SHARED_FROM ? 1 : 0;
                Share share = detector.saw(7, id);
                if (share != null) {
                    told.add(new Told(share, came));
                }
            }
        }
        return told;
    }

    /** A consumer that takes a fixed pattern from a number on, under random losses: told once, with its pattern, soon. */
    @ParameterizedTest
    @CsvSource({
        "2, 1, 0,     9",
        "2, 1, 0.005, 12",
        "2, 1, 0.05,  16",
        "3, 1, 0.01,  24",
        "3, 2, 0.01,  12",
        "4, 1, 0.01,  36",
        "4, 3, 0.01,  12",
        "5, 2, 0.01,  24",
        "8, 1, 0.01,  72",
        "8, 7, 0.01,  12",
    })
    void aFixedShareIsToldOnce(int of, int taken, double loss, long within) {
        SplittableRandom random = new SplittableRandom(of * 100L + taken);
        List<Told> told = numbers(100_000, id -> (id < SHARED_FROM || id % of >= taken) && random.nextDouble() >= loss);
        assertEquals(1, told.size(), told::toString);
        Share share = told.getFirst().share();
        assertTrue(told.getFirst().after() <= within, told::toString);
        assertTrue(share.regular());
        assertTrue(share.sinceId() >= SHARED_FROM && share.sinceId() < SHARED_FROM + 3L * of + 12, share::toString);
        if (loss < 0.02) {
            assertEquals(
                    "another consumer takes " + taken + " of " + of + " frames since image_id=" + share.sinceId(),
                    share.text());
        }
    }

    /** As when whoever is free takes the next frame. */
    @ParameterizedTest
    @CsvSource({"0.5, 60", "0.333, 120", "0.7, 60"})
    void aShareWithoutAPatternIsTold(double taken, long within) {
        SplittableRandom random = new SplittableRandom(Double.doubleToLongBits(taken));
        List<Told> told = numbers(3000, id -> id < SHARED_FROM || random.nextDouble() >= taken);
        assertEquals(1, told.size(), told::toString);
        assertTrue(told.getFirst().after() <= within, told::toString);
    }

    @Test
    void anIrregularShareSaysHowMuchIsMissing() {
        SplittableRandom random = new SplittableRandom(5);
        Share share = numbers(3000, id -> id < SHARED_FROM || random.nextInt(3) > 0)
                .getFirst()
                .share();
        assertEquals(100, share.of());
        assertTrue(share.taken() > 20 && share.taken() < 50, share::toString);
        assertTrue(share.text().startsWith("about " + share.taken() + " % of the frames are missing"), share.text());
    }

    /** 5 million numbers without an alarm hold the rate below 10^-6 a frame with 99 % confidence; the bound says 10^-7. */
    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.005, 0.01, 0.02, 0.05})
    void randomLossesAreNoShare(double loss) {
        SplittableRandom random = new SplittableRandom(Double.doubleToLongBits(loss) + 1);
        assertEquals(List.of(), numbers(5_000_000, _ -> random.nextDouble() >= loss));
    }

    /** Two states, as of a link that now and then loses a handful in a row: 2 % in all. */
    @Test
    void burstsAreNoShare() {
        SplittableRandom random = new SplittableRandom(11);
        boolean[] bad = {false};
        assertEquals(List.of(), numbers(2_000_000, _ -> {
            bad[0] = bad[0] ? random.nextDouble() >= 0.2 : random.nextDouble() < 0.004;
            return !bad[0];
        }));
    }

    @Test
    void aPauseIsNoShare() {
        assertEquals(List.of(), numbers(10_000, id -> id % 1000 >= 100));
    }

    @Test
    void aSecondShareIsToldWhenTheFirstHasEnded() {
        List<Told> told = numbers(40_000, id -> id < 500 || (id < 10_000 ? id % 2 == 0 : id < 20_000 || id % 3 > 0));
        assertEquals(2, told.size(), told::toString);
        assertEquals(2, told.getFirst().share().of());
        assertEquals(3, told.getLast().share().of());
        assertTrue(told.getLast().share().sinceId() >= 20_000, told::toString);
    }

    @Test
    void numbersWrapAt32Bits() {
        long wrap = 1L << 32;
        long first = wrap - 6;
        Share share = null;
        for (int i = 0; i < 30 && share == null; i++) {
            share = detector.saw(7, (first + 2L * i) % wrap);
        }
        assertEquals(new Share(first + 4, 1, 2, true), share);
    }

    @Test
    void aNewSeriesIsNoGap() {
        for (int series = 0; series < 1000; series++) {
            assertNull(detector.saw(series, 0));
            assertNull(detector.saw(series, 1));
            assertNull(detector.saw(series, 2));
        }
    }

    @Test
    void whatComesTwiceOrLateAddsNothing() {
        for (long id = 1; id < 1000; id++) {
            assertNull(detector.saw(7, id));
            assertNull(detector.saw(7, id));
            assertNull(detector.saw(7, id - 1));
        }
    }

    /** Only admitted frames that have a number count, and what the gate says is said on. */
    @Test
    void theGateShowsItWhatWasAdmitted() {
        List<Share> told = new ArrayList<>();
        List<EdgeFate> ends = new ArrayList<>();
        ShareGate gate = new ShareGate(
                new FrameGate() {
                    @Override
                    public Verdict admit(FrameSlot slot) {
                        return slot.hardwareId % 2 == 0 ? Verdict.ADMITTED : Verdict.STRAY;
                    }

                    @Override
                    public void missing(FrameSlot slot) {
                        slot.triggerIndex = 99;
                    }

                    @Override
                    public void end(EdgeFate fate) {
                        ends.add(fate);
                    }
                },
                told::add);
        FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, 4, 1);
        for (int i = 0; i < 100; i++) {
            slot.reset(i);
            assertEquals(Verdict.ADMITTED, gate.admit(slot), "a frame without a number");
        }
        for (int i = 0; i < 100; i++) {
            slot.reset(i);
            slot.hardwareId = i;
            assertEquals(i % 2 == 0 ? Verdict.ADMITTED : Verdict.STRAY, gate.admit(slot));
        }
        assertEquals(1, told.size());
        gate.missing(slot);
        assertEquals(99, slot.triggerIndex);
        gate.end(EdgeFate.ABORTED);
        assertEquals(List.of(EdgeFate.ABORTED), ends);
    }
}
