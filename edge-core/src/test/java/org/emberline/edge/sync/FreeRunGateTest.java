package org.emberline.edge.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameGate;
import org.emberline.edge.frame.FrameGate.EdgeFate;
import org.emberline.edge.frame.FrameGate.Verdict;
import org.emberline.edge.frame.FrameSlot;
import org.junit.jupiter.api.Test;

class FreeRunGateTest {
    private static final long BEGIN = 1_800_000_000_000_000_000L;
    private static final long PERIOD = 10_000_000;
    private static final long EXPOSURE = 8_000_000;
    private static final long QUICKEST = 3_000_000;

    private final SplittableRandom random = new SplittableRandom(5);
    private long passedOver;
    private final FreeRunGate gate = new FreeRunGate(
            new Everything(), count -> passedOver += count, new MatchSettings(TriggerMode.INTERNAL, 1, 0, QUICKEST));

    /** 50 ppm, 0.7 s, arrivals with a tail of 2 ms: after a second the times are right to a tenth of that tail. */
    @Test
    void timesFollowTheQuickestFrames() {
        double worst = 0;
        try (Arena arena = Arena.ofConfined()) {
            FrameSlot slot = new FrameSlot(arena, Long.BYTES, 1, 0);
            for (int k = 0; k < 20_000; k++) {
                assertEquals(Verdict.ADMITTED, gate.admit(frame(slot, k)));
                assertEquals(EXPOSURE, slot.stopNanos - slot.startNanos);
                if (k > 2_000) {
                    worst = Math.max(worst, Math.abs((double) (slot.startNanos - begin(k))));
                }
            }
        }
        assertTrue(worst < 200_000, "worst nanoseconds " + worst);
    }

    @Test
    void noFrameBeginsSoLateThatItWouldHaveComeTooSoon() {
        try (Arena arena = Arena.ofConfined()) {
            FrameSlot slot = new FrameSlot(arena, Long.BYTES, 1, 0);
            for (int k = 0; k < 200; k++) {
                gate.admit(frame(slot, k));
                assertTrue(slot.stopNanos <= slot.arrivalNanos - QUICKEST, "frame " + k);
            }
        }
    }

    @Test
    void aFrameSentTwiceEntersOnce() {
        try (Arena arena = Arena.ofConfined()) {
            FrameSlot slot = new FrameSlot(arena, Long.BYTES, 1, 0);
            assertEquals(Verdict.ADMITTED, gate.admit(frame(slot, 1)));
            assertEquals(Verdict.ADMITTED, gate.admit(frame(slot, 2)));
            assertEquals(Verdict.DUPLICATE, gate.admit(frame(slot, 2)));
            assertEquals(Verdict.DUPLICATE, gate.admit(frame(slot, 1)));
            assertEquals(Verdict.ADMITTED, gate.admit(frame(slot, 3)));
        }
    }

    @Test
    void aFrameWithoutTimesKeepsThoseOfItsSource() {
        try (Arena arena = Arena.ofConfined()) {
            FrameSlot slot = new FrameSlot(arena, Long.BYTES, 1, 0);
            slot.reset(0);
            slot.startNanos = 17;
            slot.stopNanos = 19;
            gate.admit(slot);
            assertEquals(17, slot.startNanos);
            assertEquals(19, slot.stopNanos);
        }
    }

    /** Numbers are lost, come late, or far too late: every one that should have come is admitted once or passed over once. */
    @Test
    void everyNumberIsAdmittedOrPassedOver() {
        try (Arena arena = Arena.ofConfined()) {
            FrameSlot slot = new FrameSlot(arena, Long.BYTES, 1, 0);
            for (int series = 1; series <= 300; series++) {
                passedOver = 0;
                int last = 1 + random.nextInt(400);
                long admitted = 0;
                for (int number : arrivals(last)) {
                    slot.reset(0);
                    slot.seriesId = series;
                    slot.hardwareId = number;
                    admitted += gate.admit(slot) == Verdict.ADMITTED ? 1 : 0;
                }
                gate.end(EdgeFate.FRAME_MISSING);
                assertEquals(last + 1, admitted + passedOver, "series " + series);
            }
        }
    }

    /** The first and the last number come; of those between some do not, some come up to a hundred others late. */
    private List<Integer> arrivals(int last) {
        TreeMap<Double, Integer> order = new TreeMap<>();
        for (int number = 1; number < last; number++) {
            if (random.nextInt(5) > 0) {
                double delay = random.nextInt(10) == 0 ? 100 * random.nextDouble() : 0;
                order.put(Math.min(number + delay, last - 1) + number * 1e-6, number);
            }
        }
        List<Integer> arrivals = new ArrayList<>(List.of(0));
        arrivals.addAll(order.values());
        arrivals.add(last);
        return arrivals;
    }

    @Test
    void aGapLongerThanAnyIsCountedExactly() {
        try (Arena arena = Arena.ofConfined()) {
            FrameSlot slot = new FrameSlot(arena, Long.BYTES, 1, 0);
            for (long number : new long[] {0, 5, 5 + 63, 5 + 63 + 64, 1_000_000}) {
                slot.reset(0);
                slot.hardwareId = number;
                slot.seriesId = 9;
                assertEquals(Verdict.ADMITTED, gate.admit(slot));
            }
            gate.end(EdgeFate.FRAME_MISSING);
            assertEquals(1_000_001 - 5, passedOver);
        }
    }

    @Test
    void aFrameThatComesWhenItWasGivenUpIsLate() {
        try (Arena arena = Arena.ofConfined()) {
            FrameSlot slot = new FrameSlot(arena, Long.BYTES, 1, 0);
            List<Verdict> verdicts = new ArrayList<>();
            for (long number : new long[] {0, 70, 8, 1, 6, 7}) {
                slot.reset(0);
                slot.hardwareId = number;
                slot.seriesId = 9;
                verdicts.add(gate.admit(slot));
            }
            assertEquals(
                    List.of(
                            Verdict.ADMITTED,
                            Verdict.ADMITTED,
                            Verdict.ADMITTED,
                            Verdict.LATE,
                            Verdict.LATE,
                            Verdict.ADMITTED),
                    verdicts);
            assertTrue(slot.has(FrameFlag.FRAME_OUT_OF_ORDER));
        }
    }

    private static long begin(int k) {
        return BEGIN + k * PERIOD;
    }

    private FrameSlot frame(FrameSlot slot, int k) {
        slot.reset(k);
        long since = k * PERIOD;
        slot.hardwareId = k;
        slot.detectorNanos = since + since / 20_000 - 700_000_000L;
        slot.arrivalNanos = begin(k) + EXPOSURE + QUICKEST + (long) (-2e6 * Math.log(1 - random.nextDouble()));
        slot.stopNanos = EXPOSURE;
        return slot;
    }

    private static final class Everything implements FrameGate {
        @Override
        public Verdict admit(FrameSlot slot) {
            return Verdict.ADMITTED;
        }

        @Override
        public void missing(FrameSlot slot) {
            // nothing is booked here
        }

        @Override
        public void end(EdgeFate fate) {
            // nothing is booked here
        }
    }
}
