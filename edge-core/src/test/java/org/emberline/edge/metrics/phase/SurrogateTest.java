package org.emberline.edge.metrics.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fast surrogate and the sensitivities of the project's science report, section 2a, against the structures here: ln ratio = c0 + c1 x +
 * c2 x² + c3 (s-1) + c4 (s-1) x + c5 (s-1)² at 67.2 keV, x up to 12 %, s up to 4.5.
 */
class SurrogateTest {
    private static final double KEV = StructureTablesTest.SYNCHROTRON_KEV;
    private static final double KELVIN = CrystalPhase.REFERENCE_KELVIN;

    private final CrystalPhase oxide = new StructureTablesTest().asReported(KEV);

    private double logarithm(String ratio, double x, double s) {
        return Math.log(of(oxide, ratio, 100 * x, s * KELVIN));
    }

    private static double of(CrystalPhase oxide, String ratio, double percent, double kelvin) {
        String[] sides = ratio.split("/", -1);
        return StructureTablesTest.ratio(oxide, KEV, percent, kelvin, lines(sides[0]), lines(sides[1]));
    }

    /** "006+102" as a list. */
    private static List<int[]> lines(String side) {
        return Arrays.stream(side.split("\\+", -1))
                .map(hkl -> new int[] {hkl.charAt(0) - '0', hkl.charAt(1) - '0', hkl.charAt(2) - '0'})
                .map(SurrogateTest::allowed)
                .toList();
    }

    /** The family's member that the obverse setting allows: 0kl for h0l where -h + k + l is no multiple of 3. */
    private static int[] allowed(int[] hkl) {
        boolean fits = Math.floorMod(-hkl[0] + hkl[1] + hkl[2], 3) == 0;
        return fits ? hkl : new int[] {hkl[1], hkl[0], hkl[2]};
    }

    @ParameterizedTest
    @CsvSource({
        "003/104, 0.13804, -3.73261, -4.63749, 0.05454, 0.07370, -0.00023, 0.0007",
        "006+102/101, -0.79207, 4.22845, 5.95107, 0.01556, -0.21103, 0.00011, 0.0024",
        "101/104, -0.64055, -4.29539, -5.97314, 0.03964, 0.15610, -0.00045, 0.0021",
        "107/104, -1.55037, -3.47105, -3.41616, -0.00846, 0.19070, -0.00071, 0.0022",
        "104/108+110, 0.53682, 0.06183, 0.02007, 0.05798, 0.05142, -0.00064, 0.0003",
        "003/101, 0.77859, 0.56278, 1.33565, 0.01490, -0.08240, 0.00021, 0.0013"
    })
    void theSurrogateHolds(ArgumentsAccessor row) {
        String ratio = row.getString(0);
        double largest = 0;
        for (int percent = 0; percent <= 12; percent++) {
            for (double s = 1; s <= 4.5; s += 0.25) {
                double x = percent / 100.0;
                double hot = s - 1;
                double surrogate = row.getDouble(1) + row.getDouble(2) * x + row.getDouble(3) * x * x;
                surrogate += row.getDouble(4) * hot + row.getDouble(5) * hot * x + row.getDouble(6) * hot * hot;
                double residual = logarithm(ratio, x, s) - surrogate;
                largest = Math.max(largest, Math.abs(residual));
            }
        }
        assertEquals(row.getDouble(7), largest, 5.1e-5, ratio);
        double[] fitted = fitted(ratio);
        for (int k = 0; k < fitted.length; k++) {
            assertEquals(row.getDouble(k + 1), fitted[k], 5.1e-6, ratio + " c" + k);
        }
    }

    /** Least squares on the report's grid, which it does not state: of those tried, only this one gives its last digits. */
    private double[] fitted(String ratio) {
        int heats = 8;
        double[][] terms = new double[13 * heats][];
        double[] values = new double[terms.length];
        for (int i = 0; i < terms.length; i++) {
            int percent = i / heats;
            double x = percent / 100.0;
            double hot = i % heats * 0.5;
            terms[i] = new double[] {1, x, x * x, hot, hot * x, hot * hot};
            values[i] = logarithm(ratio, x, 1 + hot);
        }
        return new QRDecomposition(new Array2DRowRealMatrix(terms))
                .getSolver()
                .solve(new ArrayRealVector(values))
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "003/104, 1.022, -0.041, 0.150, -0.031, 0.031, 0.071",
        "006+102/101, 0.517, 0.046, 0.026, -0.016, 0.015, 0.085",
        "101/104, 0.461, -0.047, 0.115, 0.005, -0.013, 0.046",
        "105/104, 0.171, -0.052, 0.099, 0.036, 0.005, 0.023",
        "107/104, 0.191, -0.037, -0.013, -0.038, 0.012, 0.013",
        "104/108+110, 1.714, 0.0006, 0.154, -0.002, -0.0002, -0.016",
        "003/101, 2.218, 0.006, 0.035, -0.036, 0.044, 0.025"
    })
    void theSensitivitiesHold(
            String ratio, double value, double nickel, double heat, double oxygen, double texture, double neutral) {
        double here = of(oxide, ratio, 3, KELVIN);
        assertEquals(value, here, 5.1e-4);
        assertEquals(nickel, Math.log(of(oxide, ratio, 4, KELVIN) / here), 5.1e-4, "1 % of nickel more");
        assertEquals(heat, Math.log(of(oxide, ratio, 3, 1100) / here), 5.1e-4, "300 to 1100 K");
        assertEquals(oxygen, Math.log(of(withOxygenAt(0.2425), ratio, 3, KELVIN) / here), 5.1e-4, "z of oxygen");
        assertEquals(texture, Math.log(textured(ratio, 0.99) / here), 5.1e-4, "March's r");
        assertEquals(neutral, Math.log(of(neutral(), ratio, 3, KELVIN) / here), 5.1e-4, "neutral atoms");
    }

    private CrystalPhase withOxygenAt(double z) {
        return withSites(site ->
                site.label().equals("O") ? new Site("O", site.x(), site.y(), z, site.bIso(), site.occupancy()) : site);
    }

    /** Atoms instead of ions, the exchange's too. */
    private CrystalPhase neutral() {
        return withSites(site -> {
            SequencedMap<String, Double> atoms = new LinkedHashMap<>();
            site.occupancy().forEach((ion, share) -> atoms.put(element(ion), share));
            return new Site(site.label(), site.x(), site.y(), site.z(), site.bIso(), atoms);
        });
    }

    private static String element(String ion) {
        return ion.replaceAll("[0-9+-]", "");
    }

    private CrystalPhase withSites(UnaryOperator<Site> change) {
        Structure own = oxide.structure();
        List<Site> sites = own.sites().stream().map(change).toList();
        Antisite exchange = Objects.requireNonNull(own.antisite());
        boolean ions = sites.getFirst().occupancy().containsKey(exchange.firstIon());
        Antisite same = ions
                ? exchange
                : new Antisite(
                        exchange.first(),
                        element(exchange.firstIon()),
                        exchange.second(),
                        element(exchange.secondIon()),
                        exchange.exchanged());
        return new CrystalPhase(
                "changed",
                oxide.system(),
                oxide.expansionPerKelvin(),
                new Structure(own.cell(), own.group(), sites, same, own.resonance()));
    }

    /** Dollase's weights of 001, each line's mean over the sphere. */
    private double textured(String ratio, double r) {
        String[] sides = ratio.split("/", -1);
        return textured(lines(sides[0]), r) / textured(lines(sides[1]), r);
    }

    private double textured(List<int[]> lines, double r) {
        int[] unit = {1, 0, 4};
        return lines.stream()
                .mapToDouble(hkl ->
                        weight(hkl, r) * StructureTablesTest.ratio(oxide, KEV, 3, KELVIN, List.of(hkl), List.of(unit)))
                .sum();
    }

    private double weight(int[] hkl, double r) {
        UnitCell cell = oxide.structure().cell();
        double along = cell.inverseSquareSpacing(0, 0, hkl[2]) / cell.inverseSquareSpacing(hkl[0], hkl[1], hkl[2]);
        return Math.pow(r * r * along + (1 - along) / r, -1.5);
    }
}
