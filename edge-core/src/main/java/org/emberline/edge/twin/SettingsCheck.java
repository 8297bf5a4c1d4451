package org.emberline.edge.twin;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the settings of a simulation, each line beginning with the key and its value. */
final class SettingsCheck {
    /** Frame and reading times are nanoseconds in a long: a year leaves a factor of ten thousand for products. */
    private static final double LONGEST_SECONDS = 366 * 86_400.0;
    /** The panel keeps nine bytes per pixel on the heap; no detector of today is larger. */
    private static final int MOST_PIXELS_PER_SIDE = 8_192;
    /** Readings of one channel must differ in time. */
    private static final double CLOSEST_READINGS_SECONDS = 1e-6;

    private final List<String> problems = new ArrayList<>();

    private SettingsCheck() {}

    static List<String> of(SimulationSettings settings) {
        SettingsCheck check = new SettingsCheck();
        check.within("frames", settings.frames(), 1, 10_000_000);
        check.within("exposure_fraction", settings.exposureFraction(), 1e-6, 1);
        check.within("frames_per_second", settings.framesPerSecond(), 0, 1e6);
        check.programme(settings);
        check.within("furnace.start_celsius", settings.furnace().startCelsius(), -200, 2000);
        check.within("furnace.lag_seconds", settings.furnace().lagSeconds(), 1e-3, 1e5);
        check.thermocouple(settings);
        check.detector(settings.detector());
        check.beam(settings.beam());
        check.within("radiographs", settings.radiographs(), 0, 100_000);
        check.parts(settings);
        return List.copyOf(check.problems);
    }

    /** What the parts of the simulation say of their own tables, and, when all that is sound, of the run as a whole. */
    private void parts(SimulationSettings settings) {
        problems.addAll(
                problems.isEmpty()
                        ? settings.chemistry().problemsWith(settings)
                        : settings.chemistry().problems());
        problems.addAll(settings.rings().problems());
        problems.addAll(settings.thermocoupleSignal().problems());
        problems.addAll(settings.radiograph().problems());
        grainsFitTheBeam(settings);
        if (problems.isEmpty()) {
            TemperatureProgramme programme =
                    new TemperatureProgramme(settings.furnace().startCelsius(), settings.programme());
            FurnaceResponse furnace = new FurnaceResponse(
                    settings.furnace(), settings.thermocouple().lagSeconds(), programme);
            problems.addAll(EventTimeline.problems(settings.event(), furnace::furnaceCelsius, programme.seconds()));
            problems.addAll(
                    settings.triggerSignal().problems(Math.round(programme.seconds() * 1e9 / settings.frames())));
        }
    }

    private void grainsFitTheBeam(SimulationSettings settings) {
        GrainSettings grains = settings.grains();
        double narrowest = Math.min(
                grains.pathMicrometres(), Math.min(grains.beamWidthMicrometres(), grains.beamHeightMicrometres()));
        double first = settings.chemistry().growth().initialMicrometres();
        if (first > narrowest) {
            problems.add("simulation.chemistry.growth.initial_micrometres=" + first
                    + " must not exceed the narrowest side of the beam in simulation.grains, " + narrowest);
        }
    }

    private void programme(SimulationSettings settings) {
        if (settings.programme().isEmpty()) {
            problems.add("simulation.programme=[] must hold at least one ramp");
            return;
        }
        for (int i = 0; i < settings.programme().size(); i++) {
            SimulationSettings.Segment segment = settings.programme().get(i);
            String key = "programme[" + i + "].";
            within(key + "kelvin_per_minute", segment.kelvinPerMinute(), 1e-3, 1e5);
            within(key + "target_celsius", segment.targetCelsius(), -200, 2000);
            within(key + "hold_seconds", segment.holdSeconds(), 0, LONGEST_SECONDS);
        }
        if (problems.isEmpty()) {
            double seconds =
                    new TemperatureProgramme(settings.furnace().startCelsius(), settings.programme()).seconds();
            if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
                problems.add("simulation.programme lasts seconds=" + seconds + ", must last between 0 and a year");
            }
            double readings =
                    (double) settings.frames() * settings.thermocouple().readingsPerFrame();
            if (seconds > 0 && seconds / readings < CLOSEST_READINGS_SECONDS) {
                problems.add("simulation.frames=" + settings.frames() + " with readings_per_frame="
                        + settings.thermocouple().readingsPerFrame() + " puts readings less than 1e-6 s apart");
            }
        }
    }

    private void thermocouple(SimulationSettings settings) {
        SimulationSettings.Thermocouple thermocouple = settings.thermocouple();
        within("thermocouple.readings_per_frame", thermocouple.readingsPerFrame(), 1, 1000);
        within("thermocouple.lag_seconds", thermocouple.lagSeconds(), 1e-6, 1e5);
        // The closed form of the response divides by the difference of the two time constants.
        double furnaceLag = settings.furnace().lagSeconds();
        if (furnaceLag > 0 && thermocouple.lagSeconds() > furnaceLag / 2) {
            problems.add("simulation.thermocouple.lag_seconds=" + thermocouple.lagSeconds()
                    + " must be at most half of simulation.furnace.lag_seconds=" + furnaceLag);
        }
    }

    private void detector(SimulationSettings.Panel panel) {
        within("detector.rows", panel.rows(), 1, MOST_PIXELS_PER_SIDE);
        within("detector.columns", panel.columns(), 1, MOST_PIXELS_PER_SIDE);
        within("detector.pixel_metres", panel.pixelMetres(), 1e-7, 1);
        within("detector.distance_metres", panel.distanceMetres(), 1e-4, 1e3);
        within("detector.poni1_metres", panel.poni1Metres(), -1e3, 1e3);
        within("detector.poni2_metres", panel.poni2Metres(), -1e3, 1e3);
        within("detector.rot1_radians", panel.rot1Radians(), -Math.PI, Math.PI);
        within("detector.rot2_radians", panel.rot2Radians(), -Math.PI, Math.PI);
        within("detector.rot3_radians", panel.rot3Radians(), -Math.PI, Math.PI);
        within("detector.wavelength_metres", panel.wavelengthMetres(), 1e-12, 1e-9);
        within("detector.module_rows", panel.moduleRows(), 1, MOST_PIXELS_PER_SIDE);
        within("detector.module_columns", panel.moduleColumns(), 1, MOST_PIXELS_PER_SIDE);
        within("detector.gap_rows", panel.gapRows(), 0, MOST_PIXELS_PER_SIDE);
        within("detector.gap_columns", panel.gapColumns(), 0, MOST_PIXELS_PER_SIDE);
        within("detector.dead_fraction", panel.deadFraction(), 0, 1);
        within("detector.saturation_counts", panel.saturationCounts(), 1, Integer.MAX_VALUE);
    }

    private void beam(SimulationSettings.Beam beam) {
        within("beam.peak_counts", beam.peakCounts(), 0, 1e9);
        within("beam.background_counts", beam.backgroundCounts(), 0, 1e9);
        within("beam.polarization_factor", beam.polarizationFactor(), -1, 1);
        within("beam.instrument_fwhm_degrees", beam.instrumentFwhmDegrees(), 1e-3, 10);
    }

    private void within(String key, int value, int least, int most) {
        if (value < least || value > most) {
            problems.add("simulation." + key + "=" + value + " must be at least " + least + " and at most " + most);
        }
    }

    private void within(String key, double value, double least, double most) {
        // NaN fails this comparison too.
        if (!(value >= least && value <= most)) {
            problems.add("simulation." + key + "=" + value + " must be at least " + least + " and at most " + most);
        }
    }
}
