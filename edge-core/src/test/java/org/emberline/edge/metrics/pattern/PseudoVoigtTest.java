package org.emberline.edge.metrics.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bin average against the closed integrals of the Gaussian (erf) and the Lorentzian (atan). */
class PseudoVoigtTest {

    private static double integral(double x, double w, double eta) {
        return eta * Math.atan(2 * x / w) / Math.PI + (1 - eta) * 0.5 * Erf.erf(2 * Math.sqrt(Math.log(2)) * x / w);
    }

    private static double average(double x, double w, double eta, double bin) {
        return (integral(x + bin / 2, w, eta) - integral(x - bin / 2, w, eta)) / bin;
    }

    @ParameterizedTest
    @CsvSource({"1.0, 7e-3", "0.5, 3e-4", "0.25, 6e-6"})
    void isTheMeanOverTheBin(double binPerWidth, double tolerance) {
        PseudoVoigt profile = new PseudoVoigt();
        double w = 0.02;
        double worst = 0;
        double centreWorst = 0;
        for (double eta = 0; eta <= 1; eta += 0.25) {
            double top = average(0, w, eta, 1e-6);
            for (double x = -0.1; x < 0.1; x += 0.0013) {
                profile.average(x, w, eta, binPerWidth * w);
                worst = Math.max(worst, Math.abs(profile.value - average(x, w, eta, binPerWidth * w)) / top);
                centreWorst = Math.max(
                        centreWorst, Math.abs(average(x, w, eta, 1e-6) - average(x, w, eta, binPerWidth * w)) / top);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "bin/width %.2f: quadrature off by %.1e of the top, bin centre by %.1e%n",
                binPerWidth,
                worst,
                centreWorst);
        assertTrue(worst < tolerance, "worst=" + worst);
    }

    @Test
    void hasTheDerivativesOfItsValue() {
        PseudoVoigt profile = new PseudoVoigt();
        double bin = 0.005;
        for (double x = -0.06; x < 0.06; x += 0.0031) {
            profile.average(x, 0.02, 0.4, bin);
            double perPosition = profile.perPosition;
            double perWidth = profile.perWidth;
            double perEta = profile.perEta;
            double h = 1e-7;
            assertEquals((at(x - h, 0.02, 0.4) - at(x + h, 0.02, 0.4)) / (2 * h), perPosition, 0.01);
            assertEquals((at(x, 0.02 + h, 0.4) - at(x, 0.02 - h, 0.4)) / (2 * h), perWidth, 0.01);
            assertEquals((at(x, 0.02, 0.4 + h) - at(x, 0.02, 0.4 - h)) / (2 * h), perEta, 1e-5);
        }
    }

    private static double at(double x, double w, double eta) {
        PseudoVoigt profile = new PseudoVoigt();
        profile.average(x, w, eta, 0.005);
        return profile.value;
    }
}
