package org.emberline.edge.metrics.lattice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Random;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cells of layered patterns from closed formulas, from room temperature to 1000 °C. */
class LatticeFitTest {

    /** Cells on the way up: a and c of the same temperature, c also off the straight line. */
    private static double[] cell(int step) {
        double f = step / 12.0;
        return new double[] {2.868 + 0.037 * f, 14.245 + 0.355 * f + 0.03 * Math.sin(5.0 * step)};
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 0.010, 0.0, 1",
        "1000, 0.010, 0.5, 1",
        "1000, 0.020, 0.5, 1",
        "1000, 0.030, 0.0, 1",
        "1000, 0.030, 0.7, 1",
        "2000, 0.010, 0.5, 1",
        "2000, 0.020, 0.0, 1",
        "2000, 0.030, 0.5, 1",
        "1500, 0.015, 0.3, 0.01"
    })
    void measuresTheCellWithinItsSigma(int bins, double fwhm, double eta, double brightness) {
        RadialAxis axis = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, bins, 0.5, 5.5);
        LatticeFit fit = new LatticeFit(Phases.NMC532, axis);
        Residuals a = new Residuals();
        Residuals c = new Residuals();
        Random random = new Random(20 + bins);
        for (int step = 0; step <= 12; step++) {
            double[] truth = cell(step);
            PowderRings rings = new PowderRings(axis)
                    .pixels(3e5 / bins)
                    .brightness(brightness)
                    .broadening(0.002)
                    .layered(truth[0], truth[1], 400, fwhm, eta);
            double[] means = rings.means();
            for (int frame = 0; frame < 12; frame++) {
                Cell cell = fit.fit(rings.frame(means, random));
                assertEquals(0, cell.flags, "cell " + truth[0] + ", " + truth[1]);
                a.add(cell.a - truth[0], cell.sigmaA);
                c.add(cell.c - truth[1], cell.sigmaC);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "bins=%d fwhm=%.3f eta=%.1f brightness=%.2f  a: %s  c: %s%n",
                bins,
                fwhm,
                eta,
                brightness,
                a,
                c);
        // Required are 3e-4 and 3e-3 Å; frames with a hundredth of the counts reach that.
        double share = brightness == 1 ? 0.1 : 1;
        assertTrue(a.rms() < 3e-4 * share, () -> "a " + a);
        assertTrue(c.rms() < 3e-3 * share, () -> "c " + c);
        assertTrue(a.pull() > 0.8 && a.pull() < 1.25, () -> "a " + a);
        assertTrue(c.pull() > 0.8 && c.pull() < 1.25, () -> "c " + c);
    }

    /** Normalised residuals of 500 frames of one cell, where the sigmas of a histogram would be. */
    @ParameterizedTest
    @CsvSource({"0.02, 1", "0.02, 0.05"})
    void givesAnHonestSigma(double fwhm, double brightness) {
        PowderRings rings = PowderRings.usual().brightness(brightness).layered(2.8862, 14.4107, 300, fwhm, 0.4);
        LatticeFit fit = new LatticeFit(Phases.NMC532, rings.axis);
        double[] means = rings.means();
        Random random = new Random(77);
        Residuals a = new Residuals();
        Residuals c = new Residuals();
        for (int frame = 0; frame < 500; frame++) {
            Cell cell = fit.fit(rings.frame(means, random));
            a.add(cell.a - 2.8862, cell.sigmaA);
            c.add(cell.c - 14.4107, cell.sigmaC);
        }
        System.out.printf(Locale.ROOT, "500 frames, brightness=%.2f  a: %s  c: %s%n", brightness, a, c);
        assertTrue(a.pull() > 0.8 && a.pull() < 1.25, () -> "a " + a);
        assertTrue(c.pull() > 0.8 && c.pull() < 1.25, () -> "c " + c);
        assertTrue(Math.abs(a.bias()) < 4 * a.rms() / Math.sqrt(500), () -> "a " + a);
        assertTrue(Math.abs(c.bias()) < 4 * c.rms() / Math.sqrt(500), () -> "c " + c);
    }

    /** Without noise only the method is left: bins as wide as half a peak, neighbours' tails, lines the phase does not list. */
    @ParameterizedTest
    @CsvSource({"1000, 0.010, 0.0", "1000, 0.010, 0.6", "1000, 0.030, 0.6", "2000, 0.012, 0.3", "2000, 0.030, 1.0"})
    void isUnbiasedByBinsAndNeighbours(int bins, double fwhm, double eta) {
        RadialAxis axis = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, bins, 0.5, 5.5);
        LatticeFit fit = new LatticeFit(Phases.NMC532, axis);
        for (int step = 0; step <= 12; step++) {
            double[] truth = cell(step);
            Cell cell = fit.fit(new PowderRings(axis)
                    .layered(truth[0], truth[1], 400, fwhm, eta)
                    .exactFrame());
            assertEquals(truth[0], cell.a, 2e-6 * truth[0]);
            assertEquals(truth[1], cell.c, 2e-6 * truth[1]);
        }
    }

    @Test
    void readsAnAxisInNanometres() {
        PowderRings rings = new PowderRings(new RadialAxis(RadialUnit.Q_PER_NANOMETRE, 1000, 5, 55))
                .layered(2.88, 14.35, 400, 0.02, 0.5);
        Cell cell = new LatticeFit(Phases.NMC532, rings.axis).fit(rings.exactFrame());
        assertEquals(2.88, cell.a, 1e-5);
        assertEquals(14.35, cell.c, 1e-4);
    }

    @Test
    void measuresACubicCell() {
        PowderRings rings = PowderRings.usual().ceria(5.4437, 500, 0.02, 0.4);
        LatticeFit fit = new LatticeFit(Phases.CEO2, rings.axis);
        double[] means = rings.means();
        Random random = new Random(5);
        Residuals a = new Residuals();
        for (int frame = 0; frame < 200; frame++) {
            Cell cell = fit.fit(rings.frame(means, random));
            a.add(cell.a - 5.4437, cell.sigmaA);
        }
        System.out.printf(Locale.ROOT, "cubic  a: %s%n", a);
        assertTrue(a.rms() < 3e-5 && a.pull() > 0.8 && a.pull() < 1.25, () -> "a " + a);
    }

    @Test
    void findsThePhaseAmongOthers() {
        PowderRings rings =
                PowderRings.usual().layered(2.889, 14.42, 300, 0.02, 0.4).ceria(5.44, 250, 0.02, 0.4);
        Cell cell = new LatticeFit(Phases.NMC532, rings.axis).fit(rings.frame(new Random(8)));
        assertEquals(0, cell.flags);
        // The strong 222 of ceria leans on the weak 107: sigma may grow, the cell may not move by more than it says.
        assertEquals(2.889, cell.a, Math.min(3e-4, 5 * cell.sigmaA));
        assertEquals(14.42, cell.c, Math.min(3e-3, 5 * cell.sigmaC));
    }

    @Test
    void leavesOutAReflectionThatAForeignLineReplaced() {
        double a = 2.88;
        double c = 14.35;
        double wrong = 2 * Math.PI * Math.sqrt(4.0 / (a * a) + 9 / (c * c)) * 1.002;
        PowderRings rings = PowderRings.usual();
        int[][] lines = {{0, 0, 3}, {1, 0, 1}, {1, 0, 4}, {0, 1, 5}, {1, 0, 7}, {0, 1, 8}, {1, 1, 0}};
        for (int[] r : lines) {
            double square = 4.0 / 3 * (r[0] * r[0] + r[0] * r[1] + r[1] * r[1]) / (a * a) + r[2] * r[2] / (c * c);
            rings.ring(2 * Math.PI * Math.sqrt(square), 200, 0.02, 0.4);
        }
        rings.ring(wrong, 900, 0.02, 0.4);
        LatticeFit fit = new LatticeFit(Phases.NMC532, rings.axis);
        Cell cell = fit.fit(rings.frame(new Random(9)));
        assertEquals(0, cell.flags);
        assertTrue(fit.reflections().found[10], "113 was fitted at the foreign line");
        assertEquals(a, cell.a, 1e-4);
        assertEquals(c, cell.c, 1e-3);
        assertTrue(cell.sigmaA < 5e-5 && cell.sigmaC < 5e-4, () -> "sigma " + cell.sigmaA + ", " + cell.sigmaC);
    }
}
