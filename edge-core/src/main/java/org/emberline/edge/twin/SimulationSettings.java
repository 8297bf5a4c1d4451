package org.emberline.edge.twin;

import java.util.List;

/**
 * A simulated run as the table {@code [simulation]} of a scenario file describes it: component names are the file's keys in camel
 * case. Any numbers can be held; {@link #problems} says which of them make no sense.
 *
 * @param seed of all randomness: equal seeds give equal bytes
 * @param frames number of exposures into which the whole programme is compressed
 * @param exposureFraction exposure as a fraction of the frame period, 0..1; the exposure lies in the middle of the period
 * @param framesPerSecond wall-clock pace; 0 = as fast as possible. The frames and their time stamps do not depend on it
 * @param programme ramps and holds, in order
 * @param event what happens in between; may be empty
 * @param radiographs number of radiographs spread evenly over the run; 0 = none
 */
public record SimulationSettings(
        long seed,
        int frames,
        double exposureFraction,
        double framesPerSecond,
        List<Segment> programme,
        Furnace furnace,
        Thermocouple thermocouple,
        ThermocoupleSettings thermocoupleSignal,
        TriggerSettings triggerSignal,
        ChemistrySettings chemistry,
        PhaseSettings phases,
        GrainSettings grains,
        Panel detector,
        PanelEffects panel,
        Beam beam,
        List<TimedEvent> event,
        int radiographs,
        RadiographSettings radiograph) {

    public SimulationSettings {
        programme = List.copyOf(programme);
        event = List.copyOf(event);
    }

    /**
     * One ramp and the hold at its end.
     *
     * @param kelvinPerMinute steepness of the set point, positive for heating and cooling alike
     */
    public record Segment(double kelvinPerMinute, double targetCelsius, double holdSeconds) {}

    /**
     * The furnace follows its set point as two equal first-order lags in a row (a critically damped second order).
     *
     * @param startCelsius temperature of everything at the start
     * @param lagSeconds time constant of each of the two; a long ramp is followed 2 lagSeconds late
     */
    public record Furnace(double startCelsius, double lagSeconds) {}

    /**
     * One thermocouple at the sample; what its converter makes of it is {@link ThermocoupleSettings}.
     *
     * @param readingsPerFrame readings per frame period, evenly spaced, the first at the start of the run
     * @param lagSeconds first-order time constant behind the sample
     */
    public record Thermocouple(int readingsPerFrame, double lagSeconds) {}

    /**
     * A pixel detector of rows x columns square pixels, made of modules with gaps between them, placed as in a PONI file.
     *
     * @param moduleRows rows of live pixels before each gap of gapRows rows; likewise moduleColumns and gapColumns
     * @param deadFraction probability of a live pixel to be dead, 0..1
     * @param saturationCounts largest value a pixel can show
     */
    public record Panel(
            int rows,
            int columns,
            double pixelMetres,
            double distanceMetres,
            double poni1Metres,
            double poni2Metres,
            double rot1Radians,
            double rot2Radians,
            double rot3Radians,
            double wavelengthMetres,
            int moduleRows,
            int moduleColumns,
            int gapRows,
            int gapColumns,
            double deadFraction,
            int saturationCounts) {}

    /**
     * What the beam makes of the sample, in counts per pixel and exposure before solid angle and polarisation.
     *
     * @param peakCounts expected counts at the top of the strongest ring at 300 K
     * @param backgroundCounts expected smooth background at q = 0
     * @param polarizationFactor in [-1, 1], as pyFAI defines it
     * @param instrumentFwhmDegrees Gaussian width of a ring in 2theta
     */
    public record Beam(
            double peakCounts, double backgroundCounts, double polarizationFactor, double instrumentFwhmDegrees) {}

    /** The same run with another seed. */
    public SimulationSettings withSeed(long newSeed) {
        return with(newSeed, frames, framesPerSecond, radiographs);
    }

    /** The same programme compressed into another number of exposures. */
    public SimulationSettings withFrames(int newFrames) {
        return with(seed, newFrames, framesPerSecond, radiographs);
    }

    /** The same run at another wall-clock pace; 0 = as fast as possible. */
    public SimulationSettings withFramesPerSecond(double newFramesPerSecond) {
        return with(seed, frames, newFramesPerSecond, radiographs);
    }

    /** The same run with another number of radiographs; 0 = none. */
    public SimulationSettings withRadiographs(int newRadiographs) {
        return with(seed, frames, framesPerSecond, newRadiographs);
    }

    private SimulationSettings with(long newSeed, int newFrames, double newPace, int newRadiographs) {
        return new SimulationSettings(
                newSeed,
                newFrames,
                exposureFraction,
                newPace,
                programme,
                furnace,
                thermocouple,
                thermocoupleSignal,
                triggerSignal,
                chemistry,
                phases,
                grains,
                detector,
                panel,
                beam,
                event,
                newRadiographs,
                radiograph);
    }

    RingSettings rings() {
        return new RingSettings(phases, grains, panel);
    }

    /** Everything that is wrong, one line each, in the form {@code simulation.frames=0 must be at least 1}; empty when all is well. */
    public List<String> problems() {
        return SettingsCheck.of(this);
    }
}
