package org.emberline.edge.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.emberline.edge.app.bench.TemperatureSimulation.Accuracy;
import org.emberline.edge.app.bench.TemperatureSimulation.Flagging;
import org.junit.jupiter.api.Test;

class TemperatureSimulationTest {
    private static final TemperatureSimulation SIMULATION = new TemperatureSimulation(7);

    @Test
    void errorsStayWithinTheLimitsAndWithinSigma() {
        List<Accuracy> results = SIMULATION.accuracy(Integer.getInteger("emberline.realisations", 400));
        double[] limits = {0.1, 0.15, 0.5};
        for (int i = 0; i < limits.length; i++) {
            Accuracy result = results.get(i);
            System.out.println(result);
            assertTrue(result.temperatureRmsKelvin() <= limits[i], result::toString);
            assertTrue(result.coverage95() >= 0.93 && result.coverage95() <= 0.97, result::toString);
        }
    }

    @Test
    void troubleIsFlaggedOnExactlyTheFramesThatItTouches() {
        for (Flagging result : SIMULATION.trouble(Integer.getInteger("emberline.realisations", 200))) {
            System.out.println(result);
            assertTrue(result.expected() > 0, result::toString);
            assertEquals(0, result.missed(), result::toString);
            assertEquals(0, result.falsely(), result::toString);
        }
    }

    @Test
    void theLagInClosedFormSolvesItsEquation() {
        LaggedProfile profile = new LaggedProfile(20, 1.5);
        profile.kink(1, 3);
        profile.kink(4, -2);
        double h = 1e-4;
        for (double t = 0.5; t < 8; t += 0.37) {
            double slope = (profile.thermocouple(t + h) - profile.thermocouple(t - h)) / (2 * h);
            double sample = profile.sampleMean(t - h, t + h);
            assertEquals(sample, profile.thermocouple(t) + 1.5 * slope, 1e-3);
        }
    }
}
