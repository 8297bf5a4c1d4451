package org.emberline.edge.sync;

import static org.emberline.edge.sync.MatchRig.MS;
import static org.emberline.edge.sync.MatchRig.PERIOD;
import static org.emberline.edge.sync.MatchRig.PROMPT;
import static org.emberline.edge.sync.MatchRig.S;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.emberline.edge.frame.FrameGate.EdgeFate;
import org.emberline.firmware.Trigger;
import org.junit.jupiter.api.Test;

/** On the way of the frames nothing is allocated, whatever happens to them. */
class TriggerMatcherAllocationTest {
    private static final int WARM_UP = 30_000;
    private static final int MEASURED = 100_000;
    private static final int PARTS = 4;

    private final ThreadMXBean meters = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aFrameAllocatesNothing() {
        MatchRig rig = new MatchRig(PROMPT);
        Trigger[] edges = edges(rig);
        int[] next = new int[1];
        assertNothingAllocated(k -> {
            while (edges[next[0]].timestampNanos() < rig.host((k + 1) * PERIOD)) {
                rig.edge(edges[next[0]++]);
            }
            frame(rig, k);
        });
        rig.end();
        assertTrue(rig.booked(EdgeFate.MATCHED) > 0.9 * (WARM_UP + MEASURED), rig::toString);
    }

    /** Made beforehand: one is missed in a hundred, one is doubled and one is too many. */
    private static Trigger[] edges(MatchRig rig) {
        List<Trigger> edges = new ArrayList<>();
        for (int k = 0; k <= WARM_UP + MEASURED; k++) {
            if (k % 100 != 17) {
                edges.add(new Trigger(edges.size(), rig.host(k * PERIOD)));
            }
            if (k % 100 == 31 || k % 100 == 57) {
                edges.add(new Trigger(edges.size(), rig.host(k * PERIOD + (k % 100 == 31 ? 30 : 65) * MS)));
            }
        }
        return edges.toArray(new Trigger[0]);
    }

    private static void frame(MatchRig rig, int k) {
        if (k % 100 == 43) {
            return;
        }
        if (k % 9000 == 0) {
            rig.detectorShift += 2 * S;
        }
        if (k % 20_000 == 0) {
            rig.series++;
        }
        rig.stamped = k % 5000 < 4000;
        rig.frame(k, k * PERIOD);
        if (k % 100 == 71) {
            rig.frame(k, k * PERIOD);
        }
    }

    @Test
    void theClockAllocatesNothing() {
        ClockModel clock = new ClockModel();
        clock.begin(0, 0, 1000);
        assertNothingAllocated(k -> clock.update((k + 1) * MS, (k + 1) * MS + k % 7 * 100L));
    }

    private void assertNothingAllocated(IntConsumer step) {
        for (int k = 0; k < WARM_UP; k++) {
            step.accept(k);
        }
        // The virtual machine may need a few bytes of its own, once; what frames need they need in every part.
        long least = Long.MAX_VALUE;
        for (int part = 0; part < PARTS; part++) {
            long before = meters.getCurrentThreadAllocatedBytes();
            for (int k = 0; k < MEASURED / PARTS; k++) {
                step.accept(WARM_UP + part * (MEASURED / PARTS) + k);
            }
            least = Math.min(least, meters.getCurrentThreadAllocatedBytes() - before);
        }
        long allocated = least;
        assertEquals(0, allocated, () -> allocated + " bytes in " + MEASURED / PARTS + " frames");
    }
}
