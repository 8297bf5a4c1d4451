package org.emberline.edge.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;
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
    private final FreeRunGate gate =
            new FreeRunGate(new Everything(), new MatchSettings(TriggerMode.INTERNAL, 1, 0, QUICKEST));

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
