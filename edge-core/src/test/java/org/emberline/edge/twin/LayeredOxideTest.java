package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayeredOxideTest {
    private static final double WAVELENGTH = 12.398419843 / 67.2;
    private static final double[] KELVINS = {300, 700, 1100, 1173};

    /**
     * Per cent of disorder, then I003/I104 and (I006 + I102)/I101 at 67.2 keV for each of {@link #KELVINS}: from an independent program
     * that sums over the atoms with tabulated scattering factors; cell of 300 K throughout. Rounded to three decimals it is the table of
     * the science report, section 2a.
     */
    private static final double[][] TABLE = {
        {0, 1.14839, 0.45284, 1.23452, 0.46247, 1.32622, 0.47199, 1.34358, 0.47371},
        {1, 1.10542, 0.47278, 1.18945, 0.48158, 1.27897, 0.49030, 1.29593, 0.49188},
        {2, 1.06326, 0.49410, 1.14517, 0.50196, 1.23249, 0.50978, 1.24904, 0.51120},
        {3, 1.02188, 0.51692, 1.10167, 0.52373, 1.18678, 0.53054, 1.20291, 0.53178},
        {4, 0.98131, 0.54140, 1.05895, 0.54701, 1.14185, 0.55268, 1.15756, 0.55372},
        {5, 0.94154, 0.56768, 1.01703, 0.57194, 1.09769, 0.57634, 1.11299, 0.57715},
        {6, 0.90257, 0.59596, 0.97591, 0.59869, 1.05433, 0.60165, 1.06921, 0.60222},
        {8, 0.82704, 0.65938, 0.89605, 0.65842, 0.96997, 0.65794, 0.98401, 0.65790},
        {10, 0.75473, 0.73368, 0.81941, 0.72795, 0.88882, 0.72308, 0.90201, 0.72228}
    };

    private static double area(int h, int k, int l, double kelvin, double disorder) {
        Reflection reflection = Reflection.upTo(5, LayeredOxide.A_300, LayeredOxide.C_300).stream()
                .filter(family -> family.h() == h && family.k() == k && family.l() == l)
                .findFirst()
                .orElseThrow();
        double sSquared = reflection.sSquared(LayeredOxide.A_300, LayeredOxide.C_300);
        return LayeredOxide.ringArea(reflection, kelvin, disorder, sSquared, WAVELENGTH);
    }

    @Test
    void intensityRatiosAreThoseOfTheTable() {
        for (double[] row : TABLE) {
            double x = row[0] / 100;
            for (int i = 0; i < KELVINS.length; i++) {
                double kelvin = KELVINS[i];
                String where = " percent=" + row[0] + " kelvin=" + kelvin;
                double first = area(0, 0, 3, kelvin, x) / area(1, 0, 4, kelvin, x);
                double second = (area(0, 0, 6, kelvin, x) + area(0, 1, 2, kelvin, x)) / area(1, 0, 1, kelvin, x);
                // A third unit of the fifth decimal: so much the sixth decimals of the dispersion corrections matter.
                assertEquals(row[2 * i + 1], first, 1.5e-5, "I003/I104" + where);
                assertEquals(row[2 * i + 2], second, 1.5e-5, "(I006+I102)/I101" + where);
            }
        }
    }

    @Test
    void aFreeIonHasItsElectrons() {
        assertEquals(2.000, Ion.LITHIUM.f0(0), 6e-4);
        assertEquals(9.998, Ion.OXYGEN.f0(0), 6e-4);
        assertEquals(21.000, Ion.MANGANESE.f0(0), 6e-4);
        assertEquals(23.997, Ion.COBALT.f0(0), 6e-4);
        assertEquals(26.004, Ion.NICKEL.f0(0), 6e-4);
    }

    @Test
    void theCellAt300KelvinIsTheRoomTemperatureCell() {
        assertEquals(2.868, LayeredOxide.latticeA(300), 1e-12);
        assertEquals(14.245, LayeredOxide.latticeC(300), 1e-12);
        assertEquals(2.868 * 1.0117, LayeredOxide.latticeA(1200), 1e-9);
        assertEquals(14.245 * 1.0198, LayeredOxide.latticeC(1200), 1e-9);
        assertEquals(1.0117 * 1.0117 * 1.0198, LayeredOxide.relativeVolume(1200), 1e-9);
    }

    /** Against a count over all indices of those that the three lattice points of the hexagonal cell do not extinguish. */
    @Test
    void exactlyTheReflectionsOfTheRhombohedralCellAreListed() {
        double qMax = 7;
        List<Reflection> families = Reflection.upTo(qMax, LayeredOxide.A_300, LayeredOxide.C_300);
        int listed = families.stream().mapToInt(Reflection::multiplicity).sum();
        int allowed = 0;
        for (int h = -6; h <= 6; h++) {
            for (int k = -6; k <= 6; k++) {
                for (int l = -18; l <= 18; l++) {
                    double q = 4
                            * Math.PI
                            * Math.sqrt(new Reflection(h, k, l, 1).sSquared(LayeredOxide.A_300, LayeredOxide.C_300));
                    if (q > 0 && q <= qMax && latticeSum(h, k, l) > 0.5) {
                        allowed++;
                    }
                }
            }
        }
        assertTrue(allowed > 150, "allowed=" + allowed);
        assertEquals(allowed, listed);
        assertEquals(2, multiplicity(families, 0, 0, 3));
        assertEquals(6, multiplicity(families, 1, 0, 4));
        assertEquals(6, multiplicity(families, 1, 1, 0));
        assertEquals(12, multiplicity(families, 1, 1, 3));
    }

    /** |sum over the three lattice points|^2: 9 for an allowed reflection, 0 for an extinct one. */
    private static double latticeSum(int h, int k, int l) {
        double real = 0;
        double imaginary = 0;
        double[][] points = {{0, 0, 0}, {2, 1, 1}, {1, 2, 2}};
        for (double[] point : points) {
            double phase = 2 * Math.PI / 3 * (h * point[0] + k * point[1] + l * point[2]);
            real += Math.cos(phase);
            imaginary += Math.sin(phase);
        }
        return real * real + imaginary * imaginary;
    }

    private static int multiplicity(List<Reflection> families, int h, int k, int l) {
        return families.stream()
                .filter(family -> family.h() == h && family.k() == k && family.l() == l)
                .findFirst()
                .orElseThrow()
                .multiplicity();
    }
}
