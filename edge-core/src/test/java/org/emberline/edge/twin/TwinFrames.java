package org.emberline.edge.twin;

import org.emberline.edge.frame.FrameSlot;

/** Any frames of a scenario's panel, in any order and without the rest of the twin, with what is true of them. */
public final class TwinFrames {
    private final Twin twin;
    private final SimulationSettings settings;
    private final RingPanel panel;
    private final SaturatedSpots spots;
    private final Disturbances disturbances = new Disturbances();

    private TwinFrames(SimulationSettings settings, RingSettings rings) {
        this.settings = settings;
        twin = new Twin(settings, 0);
        panel = new RingPanel(settings.detector(), settings.beam(), rings, settings.seed());
        spots = new SaturatedSpots(twin);
    }

    /** As the scenario has them. */
    public static TwinFrames of(SimulationSettings settings) {
        return new TwinFrames(settings, settings.rings());
    }

    /** With March's texture about the vertical. */
    public static TwinFrames withFibre(SimulationSettings settings, double marchDollase) {
        PhaseSettings p = settings.phases();
        PhaseSettings phases = new PhaseSettings(
                p.oxide(),
                p.salt(),
                p.precursorNanometres(),
                p.saltNanometres(),
                p.microstrain(),
                marchDollase,
                true,
                p.meltCounts(),
                p.holderCounts());
        return new TwinFrames(settings, new RingSettings(phases, settings.grains(), settings.panel()));
    }

    /** With grains that turn, so that frames further apart show others. */
    public static TwinFrames withRotation(SimulationSettings settings, double seconds) {
        GrainSettings g = settings.grains();
        GrainSettings grains = new GrainSettings(
                g.packing(),
                g.beamWidthMicrometres(),
                g.beamHeightMicrometres(),
                g.pathMicrometres(),
                g.acceptanceRadians(),
                g.volumeSigma(),
                g.spotSigmaDegrees(),
                seconds);
        return new TwinFrames(settings, new RingSettings(settings.phases(), grains, settings.panel()));
    }

    public Twin twin() {
        return twin;
    }

    /** The known mean of a dark frame. */
    public float[] dark() {
        return panel.darkFrame();
    }

    /** The known sensitivity of every pixel. */
    public float[] flat() {
        return panel.flatField();
    }

    /** A sample partly layered, the rest oxide and salts, with all of the barium; its grains at a moment of their rotation. */
    public void expose(long frame, double celsius, double layered, double grainMicrometres, FrameSlot slot) {
        panel.expose(frame, state(frame, celsius, layered, grainMicrometres), FrameConditions.NORMAL, slot.pixels());
        slot.temperatureCelsius = celsius;
        slot.temperatureSigma = 0.1;
    }

    /** What is true of it. */
    public RingTruth truth(long frame, double celsius, double layered, double grainMicrometres) {
        return panel.truth(state(frame, celsius, layered, grainMicrometres), FrameConditions.NORMAL);
    }

    private static SampleState state(long seconds, double celsius, double layered, double grainMicrometres) {
        double rest = 1 - layered;
        return new SampleState(
                seconds, celsius, 0, rest, layered, 0, rest / 2, 0, 0.03, 0, grainMicrometres, 0.1, 0.0075, 0, 0);
    }

    /** Fills the slot's pixels and temperature. */
    public void expose(long frame, FrameSlot slot) {
        FrameConditions conditions = twin.conditions(frame, disturbances);
        SampleState state = twin.state(frame);
        panel.expose(frame, state, conditions, slot.pixels());
        spots.add(frame, disturbances.saturatedSpots, slot.pixels());
        slot.temperatureCelsius = state.celsius();
        slot.temperatureSigma = 0.1;
    }

    /** What is true of a frame of the real panel. */
    public RingTruth truth(long frame) {
        return panel.truth(twin.state(frame), twin.conditions(frame, disturbances));
    }

    public long frames() {
        return settings.frames();
    }
}
