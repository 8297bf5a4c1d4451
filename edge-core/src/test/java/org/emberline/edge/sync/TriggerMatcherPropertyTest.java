package org.emberline.edge.sync;

import static org.emberline.edge.sync.MatchRig.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameGate.EdgeFate;
import org.emberline.edge.frame.FrameGate.Verdict;
import org.emberline.edge.frame.FrameSlot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes: every edge is booked once, no exposure goes to two frames, and nothing is thrown. */
class TriggerMatcherPropertyTest {
    private static final int STEPS = 3000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void everyEdgeIsBookedOnce(int wildness) {
        for (long seed = 0; seed < 25; seed++) {
            play(seed, wildness);
        }
    }

    private static void play(long seed, int wildness) {
        Chaos chaos = new Chaos(seed, wildness);
        for (int step = 0; step < STEPS; step++) {
            if (chaos.random.nextInt(10) < 5) {
                chaos.edge();
            } else {
                chaos.frame();
            }
            String where = "seed=" + seed + " wildness=" + wildness + " step=" + step;
            assertEquals(chaos.bound, chaos.rig.booked(EdgeFate.MATCHED), where);
        }
        EdgeFate[] ends = {EdgeFate.FRAME_MISSING, EdgeFate.SOURCE_LOST, EdgeFate.ABORTED};
        chaos.rig.end(ends[chaos.random.nextInt(ends.length)], chaos.settings.framesPerTrigger());
        assertEquals(chaos.bound, chaos.rig.booked(EdgeFate.MATCHED));
    }

    /** Edges and frames that have to do with each other, but the less the wilder. */
    private static final class Chaos {
        final SplittableRandom random;
        final MatchSettings settings;
        final MatchRig rig;
        long bound;
        private final double odd;
        private final Map<Long, Integer> taken = new HashMap<>();
        private long now;
        private long number;
        private long series;

        Chaos(long seed, int wildness) {
            random = new SplittableRandom(seed * 31 + wildness);
            odd = wildness * wildness / 25.0;
            int frames = 1 + random.nextInt(3);
            TriggerMode[] modes = TriggerMode.values();
            settings = new MatchSettings(
                    modes[random.nextInt(modes.length)], frames, 20 * MS, random.nextBoolean() ? 0 : 50 * MS);
            rig = new MatchRig(settings, random.nextBoolean() ? 1 << 10 : 16);
            rig.exposure = 15 * MS;
            rig.series = 0;
        }

        boolean oddly() {
            return random.nextDouble() < 0.2 * odd;
        }

        void edge() {
            now += 100 * MS;
            if (oddly()) {
                rig.lose(1 + random.nextInt(40));
            }
            rig.edgeAt(oddly() ? anything() : rig.host(now) - (oddly() ? random.nextLong(1000 * MS) : 0));
        }

        void frame() {
            FrameSlot slot = rig.slot;
            slot.reset(0);
            number += oddly() ? random.nextInt(-70, 70) : 1;
            series += oddly() && random.nextInt(4) == 0 ? random.nextInt(-3, 4) : 0;
            slot.hardwareId = oddly() ? anything() : number;
            slot.seriesId = series;
            slot.detectorNanos = oddly() ? anything() : now - 700 * MS;
            slot.arrivalNanos = oddly() ? anything() : rig.host(now) + rig.exposure + 5 * MS;
            slot.triggerIndex = oddly() ? random.nextLong(rig.line + 2) - 1 : -1;
            slot.stopNanos = oddly() ? anything() / 4 : rig.exposure;
            count(rig.matcher.admit(slot));
        }

        private void count(Verdict verdict) {
            if (verdict == Verdict.ADMITTED && !rig.slot.has(FrameFlag.TRIGGER_MISSING)) {
                bound++;
                long index = rig.slot.triggerIndex;
                assertTrue(index >= 0 && index < rig.line, () -> "no such edge " + index);
                assertTrue(taken.merge(index, 1, Integer::sum) <= settings.framesPerTrigger(), () -> "twice " + index);
            }
        }

        private long anything() {
            return switch (random.nextInt(7)) {
                case 0 -> FrameSlot.UNKNOWN;
                case 1 -> Long.MAX_VALUE - random.nextInt(3);
                case 2 -> Long.MIN_VALUE + random.nextInt(1, 4);
                case 3 -> random.nextInt(-3, 3);
                case 4 -> (1L << 32) - random.nextInt(3);
                case 5 -> random.nextLong();
                default -> rig.host(random.nextLong(now + 1));
            };
        }
    }
}
