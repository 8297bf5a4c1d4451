package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RingPanelTest {
    /** Everything there at once, so that a frame is as dear as it can be. */
    private static SampleState mixture(double seconds) {
        return new SampleState(
                seconds, 650, 0.1, 0.2, 0.6, 0.1, 0.2, 0.1, 0.06, 0, 0.3 + seconds / 1e5, 0.2, 0.01, 0.002, 0.1);
    }

    @Test
    void anExposureCanBeMadeAgainAlone() {
        RingPanel panel = RingScenario.panel(RingScenario.SETTINGS);
        RingScenario.expose(panel, 0, mixture(5), FrameConditions.NORMAL);
        int[] second = RingScenario.expose(panel, 1, mixture(100), FrameConditions.NORMAL);
        RingPanel fresh = RingScenario.panel(RingScenario.SETTINGS);
        assertEquals(-1, Arrays.mismatch(second, RingScenario.expose(fresh, 1, mixture(100), FrameConditions.NORMAL)));
        assertTrue(Arrays.mismatch(second, RingScenario.expose(fresh, 2, mixture(100), FrameConditions.NORMAL)) >= 0);
    }

    @Test
    void countsArePoissonAroundTheExpectation() {
        RingPanel panel = RingScenario.panel(RingScenario.SETTINGS);
        double[] expected = new double[panel.pixels()];
        panel.expected(mixture(0), FrameConditions.NORMAL, true, expected);
        int[] counts = RingScenario.expose(panel, 7, mixture(0), FrameConditions.NORMAL);
        int[] offset = RingScenario.expose(
                RingScenario.panel(new RingSettings(
                        RingScenario.PHASES, RingScenario.GRAINS, new PanelEffects(0, 0, 0, 0.3, 20, 2, 0, 0, 0))),
                0,
                mixture(0),
                FrameConditions.DARK);
        double excess = 0;
        double total = 0;
        double chi = 0;
        int live = 0;
        for (int i = 0; i < counts.length; i++) {
            assertEquals(Double.isNaN(expected[i]), counts[i] < 0);
            if (counts[i] >= 0) {
                double mean = expected[i] - offset[i];
                double away = counts[i] - expected[i];
                excess += away;
                total += mean;
                chi += away * away / mean;
                live++;
            }
        }
        assertEquals(0, excess / Math.sqrt(total), 4);
        assertEquals(0, (chi - live) / Math.sqrt(2.0 * live), 4);
    }

    @Test
    void anExposureAllocatesNothingAndIsQuick() {
        RingPanel panel = RingScenario.panel(RingScenario.SETTINGS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pixels = arena.allocate(4L * panel.pixels(), 4096);
            SampleState[] states = new SampleState[100];
            Arrays.setAll(states, i -> mixture(10.0 * i));
            for (int i = 0; i < 60; i++) {
                panel.expose(i, states[i], FrameConditions.NORMAL, pixels);
            }
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long begin = threads.getCurrentThreadCpuTime();
            long bytes = threads.getCurrentThreadAllocatedBytes();
            for (int i = 60; i < 100; i++) {
                panel.expose(i, states[i], FrameConditions.NORMAL, pixels);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - bytes;
            double millis = (threads.getCurrentThreadCpuTime() - begin) / 1e6 / 40;
            System.out.printf("ring panel: %.2f ms of a core per frame of 512 x 512, every phase and effect%n", millis);
            assertTrue(allocated < 40, "allocated=" + allocated + " frames=40");
        }
    }

    @Test
    void aFullyLayeredSampleHasTheStatedTop() {
        RingPanel panel = new RingPanel(
                RingScenario.whole(512), RingScenario.beam(3000, 0), RingScenario.bare(RingScenario.GRAINS), 1);
        double[] counts = new double[panel.pixels()];
        panel.expected(RingScenario.layered(0, 26.85, 0.1), FrameConditions.NORMAL, false, counts);
        // Solid angle, polarisation and the distance of the nearest pixel centre take up to 1.5 % at the 003 ring.
        assertEquals(3000, Arrays.stream(counts).max().orElseThrow(), 45);
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        RingSettings wrong = new RingSettings(
                new PhaseSettings(
                        PhaseSettings.Oxide.SPINEL, PhaseSettings.Salt.CARBONATE, 0, 80, -1, 20, false, -2, Double.NaN),
                new GrainSettings(0, 0, 0, 0, 0, 2, 0, -1),
                new PanelEffects(1, 1, -1, -1, -1, -1, 2, -1, 30));
        assertEquals(5 + 8 + 9, wrong.problems().size(), wrong.problems()::toString);
        assertTrue(wrong.problems().get(0).startsWith("simulation.phases.precursor_nanometres=0.0 must be at least 1"));
        assertEquals(0, RingScenario.SETTINGS.problems().size());
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> RingScenario.panel(wrong));
        assertTrue(String.valueOf(refused.getMessage()).contains("simulation.panel.point_spread_pixels=30.0"));
        assertThrows(IllegalArgumentException.class, () -> new FrameConditions(-1, 1, 0, true));
    }
}
