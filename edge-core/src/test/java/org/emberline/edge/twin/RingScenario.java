package org.emberline.edge.twin;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.emberline.gpu.PixelFormat;

/** Settings and states for the tests of diffraction frames. */
final class RingScenario {
    static final PhaseSettings PHASES =
            new PhaseSettings(PhaseSettings.Oxide.SPINEL, PhaseSettings.Salt.CARBONATE, 20, 80, 0, 1, false, 60, 30);
    static final GrainSettings GRAINS = new GrainSettings(0.5, 200, 200, 700, 1e-3, 0.7, 0.2, 0);
    static final PanelEffects EFFECTS = new PanelEffects(0.03, 0.01, 2, 0.3, 20, 2, 1e-4, 500, 0.5);
    static final RingSettings SETTINGS = new RingSettings(PHASES, GRAINS, EFFECTS);

    private RingScenario() {}

    /** The shipped panel, of 512 x 512 pixels. */
    static RingPanel panel(RingSettings settings) {
        SimulationSettings shipped = Scenario.calcination().settings();
        return new RingPanel(shipped.detector(), shipped.beam(), settings, 1);
    }

    /** No gaps, no dead pixels, the beam in the middle, so that the inner rings are whole. */
    static SimulationSettings.Panel whole(int side) {
        double pixel = 2e-4 * 512 / side;
        double middle = side / 2.0 * pixel;
        return new SimulationSettings.Panel(
                side, side, pixel, 0.4, middle, middle, 0, 0, 0, 1.845e-11, side, side, 0, 0, 0, 1 << 30);
    }

    static SimulationSettings.Beam beam(double peakCounts, double backgroundCounts) {
        return new SimulationSettings.Beam(peakCounts, backgroundCounts, 0.99, 0.06);
    }

    static RingSettings bare(GrainSettings grains) {
        return new RingSettings(withoutHalos(1, false), grains, PanelEffects.NONE);
    }

    static PhaseSettings withoutHalos(double marchDollase, boolean fibre) {
        return new PhaseSettings(
                PhaseSettings.Oxide.SPINEL, PhaseSettings.Salt.CARBONATE, 20, 80, 0, marchDollase, fibre, 0, 0);
    }

    static SampleState layered(double seconds, double celsius, double grainMicrometres) {
        return new SampleState(seconds, celsius, 0, 0, 1, 0, 0, 0, 0.03, 0, grainMicrometres, 0.1, 0, 0, 0);
    }

    static int[] expose(RingPanel panel, long frame, SampleState state, FrameConditions conditions) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pixels = arena.allocate(4L * panel.pixels(), 4096);
            panel.expose(frame, state, conditions, pixels);
            int[] counts = new int[panel.pixels()];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = (int) PixelFormat.I32.read(pixels, i);
            }
            return counts;
        }
    }
}
