package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phases, their lines and amounts, widths and texture, read off the pattern against 2theta. */
class SamplePatternTest {
    private static final int NODES = 16_384;
    private static final double STEP = Math.toRadians(12) / NODES;
    private static final double WAVELENGTH = 0.1845;

    private static SamplePattern pattern(PhaseSettings phases) {
        return new SamplePattern(
                RingScenario.whole(512), new SimulationSettings.Beam(1000, 0, 0.99, 0.035), phases, NODES, STEP);
    }

    private static PhaseSettings phases(PhaseSettings.Oxide oxide, PhaseSettings.Salt salt) {
        return new PhaseSettings(oxide, salt, 100, 100, 0, 1, false, 0, 0);
    }

    /** Amounts: hydroxide, oxide, layered, rock salt, solid salt, BaCO3, Ba precipitate. */
    private static SampleState state(double celsius, double... amounts) {
        return new SampleState(
                0,
                celsius,
                amounts[0],
                amounts[1],
                amounts[2],
                amounts[3],
                amounts[4],
                0,
                0.03,
                0,
                0.1,
                0.1,
                amounts[5],
                amounts[6],
                0);
    }

    private static double area(SamplePattern pattern, SampleState state, double d) {
        pattern.at(state, FrameConditions.NORMAL);
        double centre = 2 * Math.asin(WAVELENGTH / 2 / d);
        double sum = 0;
        for (int i = (int) ((centre - 1.5e-3) / STEP); i <= (centre + 1.5e-3) / STEP; i++) {
            sum += pattern.pattern()[i] * STEP;
        }
        return sum;
    }

    /** Intensity per volume of strongest lines (science report, table of phases); of BaCO3 the two that touch, 100 and 51 %. */
    @ParameterizedTest
    @CsvSource({
        "0, 2.3601, 2446, 40.206",
        "1, 2.4724, 4286, 22.974",
        "3, 2.0885, 5849, 18.219",
        "4, 2.8123, 204.2, 58.449",
        "5, 3.6870, 5291, 75.951",
        "6, 3.1979, 8773, 42.485"
    })
    void strongestLinesHaveTheIntensitiesOfTheTable(int amount, double d, double strength, double volume) {
        SamplePattern pattern = pattern(phases(PhaseSettings.Oxide.SPINEL, PhaseSettings.Salt.CARBONATE));
        double[] amounts = new double[7];
        amounts[amount] = 0.2;
        double line = area(pattern, state(26.85, amounts), d);
        double layered = area(pattern, state(26.85, 0, 0, 1, 0, 0, 0, 0), 4.7483);
        // Lines that share the window, tails and the dispersion of the layered 003 keep it within a few per cent.
        double expected = 0.2 * strength * volume / (2311 * 33.824);
        assertEquals(1, line / layered / expected, 0.05);
    }

    @Test
    void routesDecideOnTheLines() {
        SampleState oxide = state(26.85, 0, 1, 0, 0, 0, 0, 0);
        SamplePattern nickelRich = pattern(phases(PhaseSettings.Oxide.ROCK_SALT, PhaseSettings.Salt.HYDROXIDE));
        SamplePattern lithiated =
                pattern(phases(PhaseSettings.Oxide.LITHIATED_ROCK_SALT, PhaseSettings.Salt.HYDROXIDE));
        assertEquals(0.733, area(nickelRich, oxide, 2.4116) / area(nickelRich, oxide, 2.0885), 0.03);
        assertEquals(0.235, area(lithiated, oxide, 2.3671) / area(lithiated, oxide, 2.0500), 0.03);
        SampleState salt = state(26.85, 0, 0, 0, 0, 1, 0, 0);
        assertEquals(0.427, area(lithiated, salt, 4.3340) / area(lithiated, salt, 2.7458), 0.03);
    }

    @Test
    void volumeFractionsAreThoseOfMolarVolumes() {
        RingPanel panel = new RingPanel(
                RingScenario.whole(64), RingScenario.beam(100, 1), RingScenario.bare(RingScenario.GRAINS), 1);
        Map<String, Double> fractions = panel.truth(
                        state(26.85, 0.3, 0.1, 0.6, 0, 0.2, 0.01, 0), FrameConditions.NORMAL)
                .volumeFractions();
        // cm^3/mol of the science report: 24.2, 13.8, 20.4, Ba carbonate 45.7; Li2CO3 of 233.8 cubic Angstrom for four.
        double salt = 233.795 / 4 * 0.60221;
        double total = 0.3 * 24.2 + 0.1 * 13.83 + 0.6 * 20.37 + 0.2 * salt + 0.01 * 45.74;
        assertEquals(0.6 * 20.37 / total, fractions.getOrDefault("nmc532", 0.0), 1e-3);
        assertEquals(0.3 * 24.2 / total, fractions.getOrDefault("hydroxide", 0.0), 1e-3);
        assertEquals(0.1 * 13.83 / total, fractions.getOrDefault("spinel", 0.0), 1e-3);
        assertEquals(0.2 * salt / total, fractions.getOrDefault("lithium_carbonate", 0.0), 1e-3);
        assertEquals(0.01 * 45.74 / total, fractions.getOrDefault("barium_carbonate", 0.0), 1e-4);
        assertEquals(5, fractions.size());
        assertEquals(1, fractions.values().stream().mapToDouble(f -> f).sum(), 1e-12);
    }

    /** Scherrer 0.9 lambda / (D cos theta) and 4 e tan theta make the Lorentzian width; with the Gaussian after Thompson et al. */
    @ParameterizedTest
    @CsvSource({"1, 0", "0.02, 0", "1, 0.004", "0.03, 0.003"})
    void widthsAreThoseOfInstrumentSizeAndStrain(double micrometres, double strain) {
        PhaseSettings strained = new PhaseSettings(
                PhaseSettings.Oxide.SPINEL, PhaseSettings.Salt.CARBONATE, 20, 80, strain, 1, false, 0, 0);
        SamplePattern pattern = pattern(strained);
        pattern.at(RingScenario.layered(0, 26.85, micrometres), FrameConditions.NORMAL);
        int ring = 0;
        while (pattern.ring(ring).l() != 3 || pattern.ring(ring).h() != 0) {
            ring++;
        }
        double theta = Math.asin(WAVELENGTH / 2 * 3 / 14.245);
        double l = 0.9 * WAVELENGTH / (micrometres * 1e4 * Math.cos(theta)) + 4 * strain * Math.tan(theta);
        double g = Math.toRadians(0.035);
        double expected = Math.pow(
                Math.pow(g, 5)
                        + 2.69269 * Math.pow(g, 4) * l
                        + 2.42843 * Math.pow(g, 3) * l * l
                        + 4.47163 * g * g * Math.pow(l, 3)
                        + 0.07842 * g * Math.pow(l, 4)
                        + Math.pow(l, 5),
                0.2);
        double[] line = pattern.line(ring);
        double top = 0;
        for (double value : line) {
            top = Math.max(top, value);
        }
        int above = 0;
        for (double value : line) {
            above += value > top / 2 ? 1 : 0;
        }
        assertEquals(expected, above * STEP, 2 * STEP);
    }

    @Test
    void meltAndHolderHaveTheirHalosWhereStated() {
        PhaseSettings halos = new PhaseSettings(
                PhaseSettings.Oxide.SPINEL, PhaseSettings.Salt.CARBONATE, 20, 80, 0, 1, false, 80, 40);
        SamplePattern pattern = pattern(halos);
        SampleState molten = new SampleState(0, 750, 0, 0, 0, 0, 0, 0.5, 0, 0, 0.1, 0.1, 0, 0, 0);
        pattern.at(molten, new FrameConditions(1, 0.5, 0, true));
        int melt = (int) Math.round(2 * Math.asin(2.0 * WAVELENGTH / (4 * Math.PI)) / STEP);
        int holder = (int) Math.round(2 * Math.asin(1.5 * WAVELENGTH / (4 * Math.PI)) / STEP);
        double holderAtMelt = 40 * Math.exp(-Math.pow(0.5 / 0.3, 2) / 2);
        double meltAtHolder = 20 * Math.exp(-Math.pow(0.5 / 0.25, 2) / 2);
        assertEquals(20 + holderAtMelt, pattern.pattern()[melt], 0.05);
        assertEquals(40 + meltAtHolder, pattern.pattern()[holder], 0.05);
    }

    /** Factors on I003/I104 and on others from March's formula, as the science report uses it: 17 % for r = 0.95. */
    @Test
    void textureChangesTheRatiosAsMarchSays() {
        SamplePattern plain = pattern(RingScenario.withoutHalos(1, false));
        SamplePattern textured = pattern(RingScenario.withoutHalos(0.95, false));
        SampleState state = state(26.85, 0, 0, 1, 0, 0, 0, 0);
        double factor = area(textured, state, 4.7483)
                / area(textured, state, 2.0372)
                / (area(plain, state, 4.7483) / area(plain, state, 2.0372));
        assertEquals(1.17, factor, 0.01);
    }

    /** March's function has a mean of 1 over all directions, whatever r. */
    @Test
    void fibreTextureVariesAroundRingsAndHasTheRightMean() {
        Texture texture = new Texture(0.8, true);
        float[] around = new float[360];
        double mean = texture.around(1, 0.03, around);
        double upright = Math.pow(0.64 * Math.pow(Math.cos(0.03), 2) + Math.pow(Math.sin(0.03), 2) / 0.8, -1.5);
        assertEquals(upright, around[90], 1e-4);
        assertEquals(Math.pow(1 / 0.8, -1.5), around[0], 1e-6);
        double sum = 0;
        for (float value : around) {
            sum += value / 360;
        }
        assertEquals(sum, mean, 1e-6);
        double sphere = 0;
        int n = 2000;
        for (int i = 0; i < n; i++) {
            double cosine = (i + 0.5) / n;
            sphere += Math.pow(0.64 * cosine * cosine + (1 - cosine * cosine) / 0.8, -1.5) / n;
        }
        assertEquals(1, sphere, 1e-4, "the formula itself");
        // A normal at right angles to the axis sees the axis's distribution around the equator of its own.
        assertEquals(1, new Texture(1, true).around(0.3, 0.03, around), 1e-6);
    }
}
