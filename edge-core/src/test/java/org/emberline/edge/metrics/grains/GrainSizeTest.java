package org.emberline.edge.metrics.grains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.emberline.edge.frame.FrameFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes against the science report's table, and the share that spots keep against a numerical integral. */
class GrainSizeTest {
    /** Six members, cos θ of 104 at 67.2 keV. */
    private static final double PER_VOLUME = 6 * Math.cos(0.0453);

    private static GrainSize calibrated(double width, double height, double path, double relativeSigma) {
        GrainCalibration calibration = new GrainCalibration(0.5, width, height, path, 1e-3, 0, relativeSigma);
        return new GrainSize(new GrainSettings(1, 0, 4, 360, 0, calibration));
    }

    /** Diameter, beam, path, and epsilon as printed with two or three digits. */
    @ParameterizedTest
    @CsvSource({
        "0.3, 500, 1000, 0.004",
        "1, 500, 1000, 0.022",
        "2, 500, 1000, 0.063",
        "3, 500, 1000, 0.12",
        "5, 500, 1000, 0.25",
        "0.3, 200, 700, 0.011",
        "1, 200, 700, 0.067",
        "2, 200, 700, 0.19",
        "5, 200, 700, 0.75",
        "1, 50, 300, 0.41",
        "3, 50, 300, 2.1"
    })
    void sizesOfThePublishedTable(double diameter, double beam, double path, double epsilon) {
        GrainSize size = calibrated(beam, beam, path, 0);
        size.look(epsilon * epsilon, 0.3, PER_VOLUME, 1, 0);
        double lastDigit = epsilon == 0.004 ? 0.125 : 0.05;
        assertEquals(1, size.value() / (diameter * 1e-6), lastDigit * 2 / 3);
        assertEquals(0.1, size.sigma() / size.value(), 1e-9, "a third of that of the graininess");
        assertTrue(size.exists());
        assertEquals(0, size.flags());
    }

    @Test
    void sigmaHoldsCalibrationAndShare() {
        GrainSize size = calibrated(200, 200, 700, 0.12);
        size.look(0.01, 0.3, PER_VOLUME, 0.5, 0.05);
        double share = Math.hypot(0.1, 0.05);
        assertEquals(Math.sqrt(0.09 + 0.0144 + share * share) / 3, size.sigma() / size.value(), 1e-9);
    }

    @Test
    void halfOfThePhaseHasHalfOfTheGrains() {
        GrainSize size = calibrated(200, 200, 700, 0);
        size.look(0.01, 0.1, PER_VOLUME, 1, 0);
        double whole = size.value();
        size.look(0.02, 0.1, PER_VOLUME, 0.5, 0);
        assertEquals(whole, size.value(), 1e-12);
    }

    @Test
    void relativeToTheFirstThreeThatAreSure() {
        GrainSize size = new GrainSize(GrainSettings.USUAL);
        double[] graininess = {0.1, 0.001, 0.002, 0.003};
        double[] relative = {0.9, 0.2, 0.2, 0.2};
        for (int i = 0; i < 3; i++) {
            size.look(graininess[i], relative[i], PER_VOLUME, 1, 0);
            assertFalse(size.exists());
            assertTrue(FrameFlag.REFERENCE_MISSING.in(size.flags()) && FrameFlag.UNCALIBRATED.in(size.flags()));
        }
        size.look(graininess[3], relative[3], PER_VOLUME, 1, 0);
        assertTrue(size.exists());
        assertEquals(Math.cbrt(1.5), size.value(), 1e-12);
        size.look(0.016, 0.2, PER_VOLUME, 1, 0);
        assertEquals(2, size.value(), 1e-12);
        assertEquals(2 * 0.2 * Math.sqrt(2) / 3, size.sigma(), 1e-12);
        assertEquals(FrameFlag.UNCALIBRATED.bit(), size.flags());
    }

    @Test
    void aSampleThatSlidesOutOfTheBeamIsNoLongerTheCalibratedOne() {
        GrainSize size = calibrated(200, 200, 700, 0);
        for (double volume : new double[] {0.5, 4.9, 5.0, 5.1, 5.2, Double.NaN}) {
            size.watch(volume < 1 ? 0.3 : 0.98, volume);
            size.look(0.01, 0.1, PER_VOLUME, 1, 0);
            assertEquals(0, size.flags(), "volume=" + volume);
        }
        size.watch(0.98, 3.5);
        size.watch(0.2, 1);
        size.look(0.01, 0.1, PER_VOLUME, 1, 0);
        assertEquals(FrameFlag.UNCALIBRATED.bit(), size.flags());
        size.watch(0.98, 5);
        size.look(0.01, 0.1, PER_VOLUME, 1, 0);
        assertEquals(0, size.flags(), "one frame, of a weaker beam perhaps");
        for (double volume : new double[] {3.5, 3.5, 3.5, 5}) {
            size.watch(0.98, volume);
            size.look(0.01, 0.1, PER_VOLUME, 1, 0);
            assertEquals(FrameFlag.UNCALIBRATED.bit(), size.flags(), "volume=" + volume);
        }
    }

    /** The double integral over a sector of the correlation of two places under spots of a Gaussian width. */
    @ParameterizedTest
    @CsvSource({"0.1, 1", "0.313, 1", "1, 1", "0.5, 2"})
    void spotsThatReachBeyondTheirSectorKeepLessOfTheirVariance(double spot, double sector) {
        int n = 1500;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double apart = (i - j) * sector / n;
                sum += Math.exp(-apart * apart / (4 * spot * spot));
            }
        }
        double kept = sum / n / n * sector / (2 * spot * Math.sqrt(Math.PI));
        assertEquals(1, new GrainCalibration(1, 1, 1, 1, 1, spot, 0).kept(sector) / kept, 1e-5);
    }

    @Test
    void narrowSpotsKeepAllOfIt() {
        assertEquals(1, new GrainCalibration(1, 1, 1, 1, 1, 0, 0).kept(1));
    }
}
