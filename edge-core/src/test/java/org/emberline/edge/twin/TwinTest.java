package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.emberline.gpu.Detector;
import org.emberline.gpu.Geometry;
import org.junit.jupiter.api.Test;

class TwinTest {

    @Test
    void theGeometryIsTheScenarios() {
        Twin twin = new Twin(Scenario.calcination().settings(), 0);
        Detector panel = new Detector("Detector", 512, 512, 2e-4, 2e-4, 3);
        assertEquals(new Geometry(panel, 0.7, 0.0051, 0.0051, 0, 0, 0, 1.845e-11), twin.geometry());
        assertEquals(512 * 512 * 4, twin.frameBytes());
        assertEquals(1_048_575, twin.saturationCounts());
        assertEquals(0.99, twin.polarizationFactor());
        assertEquals(600, twin.frames());
        assertEquals(11_312_500_000L, twin.readingPeriodNanos());
    }

    @Test
    void truthFollowsTheFurnaceWhateverTheNumberOfFrames() {
        SimulationSettings settings = Scenario.calcination().settings();
        // Frame 100 of 600 is centred at 100.5 x 90.5 s; on the straight ramp a mean is the value of the middle.
        TwinTruth ramp = new Twin(settings, 123).truths().apply(100);
        double celsius = 25 + (100.5 * 90.5 - 120) / 12;
        assertEquals(celsius, value(ramp, "temperature"), 1e-6);
        assertEquals(celsius - 2.0 / 12, value(ramp, "thermocouple"), 1e-6);
        assertEquals(2.868 * (1 + 13e-6 * (celsius + 273.15 - 300)), value(ramp, "lattice_a"), 1e-9);
        assertEquals(14.245 * (1 + 22e-6 * (celsius + 273.15 - 300)), value(ramp, "lattice_c"), 1e-9);
        assertEquals(value(ramp, "lattice_c") / value(ramp, "lattice_a"), value(ramp, "c_over_a"), 1e-12);
        // The same moment is the centre of frame 301 of 1800.
        TwinTruth finer = new Twin(settings.withFrames(1_800), 0).truths().apply(301);
        for (String name : List.of("temperature", "lattice_a", "disorder", "grain_size", "porosity", "phase:nmc532")) {
            assertEquals(1, value(finer, name) / value(ramp, name), 1e-5, name);
        }
        assertEquals(950, value(new Twin(settings, 0).truths().apply(599), "temperature"), 1e-9);
        // 45.25 s after the begin of the ramp: 25 + (s - 120)/12 + (10 + 5 s/60) exp(-s/60).
        assertEquals(25.249, value(new Twin(settings, 0).truths().apply(0), "temperature"), 0.005);
    }

    @Test
    void truthIsThatOfTheCalcination() {
        Twin twin = new Twin(Scenario.calcination().settings(), 0);
        TwinTruth first = twin.truths().apply(0);
        TwinTruth last = twin.truths().apply(599);
        assertTrue(first.valueOf("disorder").isEmpty(), "there is no layered phase yet");
        assertTrue(value(first, "phase:hydroxide") > 0.4, first::toString);
        // 12 h at 950 C with Ba: between the rows 940 and 1000 of science report section 5.1, less what the film's
        // kinetics cost.
        // By volume: exp(0.8²/3) times the diameter of the mean grain, which is 2.2 to 3.0 micrometres.
        assertEquals(2.6e-6, value(last, "grain_size") / Math.exp(0.64 / 3), 0.4e-6);
        assertTrue(value(last, "porosity") < 0.04, last::toString);
        assertEquals(1 - value(last, "porosity"), value(last, "relative_density"), 1e-12);
        assertTrue(value(last, "disorder") > 0.04 && value(last, "disorder") < 0.05, last::toString);
        assertTrue(value(last, "graininess") > 100 * 1e-4, last::toString);
        assertEquals(
                1,
                last.values().entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("phase:"))
                        .mapToDouble(Map.Entry::getValue)
                        .sum(),
                1e-12);
    }

    @Test
    void aMomentBelongsToTheExposureOfItsPeriod() {
        Twin twin = new Twin(Scenario.calcination().settings(), 1_000);
        long period = 90_500_000_000L;
        assertEquals(0, twin.exposureAt(0));
        assertEquals(7, twin.exposureAt(1_000 + 7 * period));
        assertEquals(6, twin.exposureAt(999 + 7 * period));
        assertEquals(599, twin.exposureAt(Long.MAX_VALUE));
    }

    private static double value(TwinTruth truth, String name) {
        return truth.valueOf(name).orElseThrow(() -> new AssertionError(name + " is not in " + truth));
    }
}
