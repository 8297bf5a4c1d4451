package org.emberline.edge.metrics.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.emberline.edge.RealData;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.PhaseFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The ratios of the layered oxide's lines against the tables of the project's science report, which were computed with other programs:
 * section 2a, antisite model, cell of room temperature, B scaled by T/300 K; two more decimals than are printed there.
 */
class StructureTablesTest {
    static final double SYNCHROTRON_KEV = 67.2;
    private static final double COPPER_KEV = 8.0478;
    private static final double KEV_ANGSTROM = 12.398419843;

    private final CrystalPhase nmc = crystal("nmc532");

    private static CrystalPhase crystal(String name) {
        try {
            return java.util.Objects.requireNonNull(
                    PhaseFile.read(RealData.repositoryRoot().resolve("config/phases/" + name + ".toml"))
                            .crystal());
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With f' and f'' as the report has them, Chantler's, which are not those of the shipped table. */
    CrystalPhase asReported(double kev) {
        Structure own = nmc.structure();
        Map<String, Structure.Resonance> resonance = kev == COPPER_KEV
                ? Map.of("Mn", of(-0.60, 2.79), "Co", of(-2.45, 3.61), "Ni", of(-3.04, 0.51))
                : Map.of(
                        "Li",
                        of(-0.001287, 0.000002),
                        "O",
                        of(-0.005111, 0.000290),
                        "Mn",
                        of(0.008926, 0.051229),
                        "Co",
                        of(0.016885, 0.071132),
                        "Ni",
                        of(0.020555, 0.082951));
        return new CrystalPhase(
                "nmc",
                nmc.system(),
                nmc.expansionPerKelvin(),
                new Structure(own.cell(), own.group(), own.sites(), own.antisite(), resonance));
    }

    private static Structure.Resonance of(double real, double imaginary) {
        return new Structure.Resonance(real, imaginary);
    }

    /** Intensity of a line per azimuth in 2theta, without or with a laboratory's polarisation. */
    private static double intensity(StructureLines lines, double[] strength, double kev, int h, int k, int l) {
        int line = lines.lineOf(h, k, l);
        double sine = KEV_ANGSTROM / kev * Math.sqrt(lines.basal(line) + lines.axial(line)) / 2;
        double theta = Math.asin(sine);
        double polarisation = kev == COPPER_KEV ? (1 + Math.pow(Math.cos(2 * theta), 2)) / 2 : 1;
        return strength[line] / (sine * sine * Math.cos(theta)) * polarisation;
    }

    private double ratio(double kev, double percent, double kelvin, List<int[]> above, int[] below) {
        return ratio(asReported(kev), kev, percent, kelvin, above, List.of(below));
    }

    /** The same for any description of the oxide. */
    static double ratio(
            CrystalPhase oxide, double kev, double percent, double kelvin, List<int[]> above, List<int[]> below) {
        StructureLines lines = StructureLines.upTo(4.9, 0, oxide, kev);
        double[] strength = new double[lines.size()];
        lines.strengths(CrystalPhase.REFERENCE_KELVIN, strength);
        lines.strengths(kelvin / CrystalPhase.REFERENCE_KELVIN, percent / 100, strength);
        return sum(lines, strength, kev, above) / sum(lines, strength, kev, below);
    }

    private static double sum(StructureLines lines, double[] strength, double kev, List<int[]> reflections) {
        return reflections.stream()
                .mapToDouble(r -> intensity(lines, strength, kev, r[0], r[1], r[2]))
                .sum();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1.14839, 0.45284, 1.23452, 0.46247, 1.32622, 0.47199, 1.34358, 0.47371",
        "1, 1.10542, 0.47278, 1.18945, 0.48158, 1.27897, 0.49030, 1.29593, 0.49188",
        "2, 1.06326, 0.49410, 1.14517, 0.50196, 1.23249, 0.50978, 1.24904, 0.51120",
        "3, 1.02188, 0.51692, 1.10167, 0.52373, 1.18678, 0.53054, 1.20291, 0.53178",
        "4, 0.98131, 0.54140, 1.05895, 0.54701, 1.14185, 0.55268, 1.15756, 0.55372",
        "5, 0.94154, 0.56768, 1.01703, 0.57194, 1.09769, 0.57634, 1.11299, 0.57715",
        "6, 0.90257, 0.59596, 0.97591, 0.59869, 1.05433, 0.60165, 1.06921, 0.60222",
        "8, 0.82704, 0.65938, 0.89605, 0.65842, 0.96997, 0.65794, 0.98401, 0.65790",
        "10, 0.75473, 0.73368, 0.81941, 0.72795, 0.88882, 0.72308, 0.90201, 0.72228"
    })
    void atASynchrotron(ArgumentsAccessor row) {
        double percent = row.getDouble(0);
        int[] kelvin = {300, 700, 1100, 1173};
        double kev = SYNCHROTRON_KEV;
        List<int[]> basal = List.of(new int[] {0, 0, 6}, new int[] {0, 1, 2});
        for (int i = 0; i < kelvin.length; i++) {
            double first = ratio(kev, percent, kelvin[i], List.of(new int[] {0, 0, 3}), new int[] {1, 0, 4});
            assertEquals(row.getDouble(2 * i + 1), first, 2e-5, "I003/I104 kelvin=" + kelvin[i]);
            double second = ratio(kev, percent, kelvin[i], basal, new int[] {1, 0, 1});
            assertEquals(row.getDouble(2 * i + 2), second, 2e-5, "(I006+I102)/I101 kelvin=" + kelvin[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 300, 1.293, 0.374", "0, 1173, 1.520, 0.396", "3, 300, 1.158, 0.424", "3, 1173, 1.368, 0.442",
        "6, 300, 1.030, 0.485", "6, 1173, 1.224, 0.497", "10, 300, 0.870, 0.591", "10, 1173, 1.043, 0.590"
    })
    void withCopper(double percent, double kelvin, double first, double second) {
        double kev = COPPER_KEV;
        List<int[]> basal = List.of(new int[] {0, 0, 6}, new int[] {0, 1, 2});
        // f' is printed to two decimals: half a unit of nickel's and of cobalt's changes a ratio by 1e-3.
        assertEquals(first, ratio(kev, percent, kelvin, List.of(new int[] {0, 0, 3}), new int[] {1, 0, 4}), 1.5e-3);
        assertEquals(second, ratio(kev, percent, kelvin, basal, new int[] {1, 0, 1}), 1.5e-3);
    }
}
