package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.emberline.edge.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationSettingsTest {

    @Test
    void theShippedScenarioIsSound() {
        SimulationSettings settings = Scenario.calcination().settings();
        assertEquals(List.of(), settings.problems());
        assertEquals(600, settings.frames());
        assertEquals(List.of(new SimulationSettings.Segment(5, 950, 43_200)), settings.programme());
        // 925 K at 5 K/min and 12 h: 54 300 s in 600 frames.
        assertEquals(90_500_000_000L, new Twin(settings, 0).framePeriodNanos());
    }

    @Test
    void theShippedPoniFileIsTheShippedScenario() throws IOException {
        String shipped = Files.readString(RealData.repositoryRoot().resolve("config/detectors/simulated-panel.poni"));
        assertEquals(shipped, new Twin(Scenario.calcination().settings(), 0).poni());
    }

    @ParameterizedTest
    @CsvSource({
        "frames, 0",
        "exposure_fraction, 0.0",
        "exposure_fraction, 1.5",
        "exposure_fraction, NaN",
        "frames_per_second, -1.0",
        "programme.0.kelvin_per_minute, 0.0",
        "programme.0.kelvin_per_minute, -5.0",
        "programme.0.target_celsius, 1.0E9",
        "programme.0.hold_seconds, -1.0",
        "furnace.start_celsius, -300.0",
        "furnace.lag_seconds, 0.0",
        "thermocouple.readings_per_frame, 0",
        "thermocouple.lag_seconds, 0.0",
        "thermocouple.lag_seconds, 31.0",
        "thermocouple_signal.noise_microvolts, -0.1",
        "thermocouple_signal.offset_kelvin, Infinity",
        "trigger_signal.drop_fraction, 2.0",
        "chemistry.growth.exponent, 0.0",
        "phases.microstrain, -1.0",
        "grains.packing, 0.0",
        "panel.dark_counts, -1.0",
        "radiographs, -1",
        "radiograph.optics.photons_per_pixel, 10.0",
        "detector.rows, 0",
        "detector.columns, -5",
        "detector.pixel_metres, 0.0",
        "detector.distance_metres, 0.0",
        "detector.poni1_metres, NaN",
        "detector.poni2_metres, NaN",
        "detector.rot1_radians, 4.0",
        "detector.rot2_radians, 4.0",
        "detector.rot3_radians, -4.0",
        "detector.wavelength_metres, 0.0",
        "detector.module_rows, 0",
        "detector.module_columns, 0",
        "detector.gap_rows, -1",
        "detector.gap_columns, -1",
        "detector.dead_fraction, 1.1",
        "detector.saturation_counts, 0",
        "beam.peak_counts, -1.0",
        "beam.background_counts, -1.0",
        "beam.polarization_factor, 1.01",
        "beam.instrument_fwhm_degrees, 0.0"
    })
    void aBadValueIsNamedWithItsKey(String key, String value) {
        SimulationSettings settings =
                Scenario.calcination().with(key, Double.parseDouble(value)).settings();
        String named = "simulation." + key.replace(".0.", "[0].") + "=" + value + " must be ";
        List<String> problems = settings.problems();
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().startsWith(named), problems.getFirst());
        String thrown = assertThrows(IllegalArgumentException.class, () -> new Twin(settings, 0))
                .toString();
        assertTrue(thrown.contains(named), thrown);
    }

    @Test
    void allProblemsAreCollected() {
        List<String> problems = Scenario.calcination()
                .with("frames", 0)
                .with("beam.peak_counts", -1)
                .settings()
                .problems();
        assertEquals(2, problems.size(), problems.toString());
    }

    @Test
    void aProgrammeMustLastButNotForYears() {
        SimulationSettings instant = Scenario.calcination()
                .with("programme.0.target_celsius", 25)
                .with("programme.0.hold_seconds", 0)
                .settings();
        assertTrue(instant.problems().getFirst().startsWith("simulation.programme lasts seconds=0.0"));
        SimulationSettings endless = Scenario.calcination()
                .with("programme.0.kelvin_per_minute", 1e-3)
                .settings();
        assertTrue(endless.problems().getFirst().startsWith("simulation.programme lasts seconds=5.5"));
    }

    @Test
    void readingsMustNotCollide() {
        SimulationSettings dense = Scenario.calcination()
                .with("programme.0.hold_seconds", 0)
                .with("programme.0.kelvin_per_minute", 1e5)
                .with("frames", 1e7)
                .settings();
        assertEquals(
                List.of("simulation.frames=10000000 with readings_per_frame=8 puts readings less than 1e-6 s apart"),
                dense.problems());
    }

    @Test
    void theCommandLineChangesSeedFramesAndPaceOnly() {
        SimulationSettings settings = Scenario.calcination().settings();
        SimulationSettings changed = settings.withSeed(7).withFrames(42).withFramesPerSecond(2.5);
        assertEquals(
                Scenario.calcination()
                        .with("seed", 7)
                        .with("frames", 42)
                        .with("frames_per_second", 2.5)
                        .settings(),
                changed);
    }
}
