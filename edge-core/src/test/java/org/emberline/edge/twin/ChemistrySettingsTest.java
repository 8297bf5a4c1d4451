package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChemistrySettingsTest {

    @Test
    void theDefaultsOfBothRoutesAreSound() {
        assertEquals(List.of(), ChemistrySettings.DEFAULTS.problems());
        assertEquals(List.of(), ChemistrySettings.DEFAULTS.by(LithiumSalt.LIOH).problems());
        assertEquals(
                List.of(), ChemistrySettings.DEFAULTS.plain().withoutBarium().problems());
    }

    @ParameterizedTest
    @CsvSource({
        "dehydration.kilojoules_per_mole, 0.0",
        "dehydration.peak_celsius, 1400.1",
        "lithiation.lithium_ratio, -0.1",
        "lithiation.kilojoules_per_mole, -180.0",
        "lithiation.peak_celsius, 1500.0",
        "lithiation.direct_share, 1.1",
        "disorder.initial, 0.51",
        "disorder.from_layered_share, -0.1",
        "disorder.exchange_electron_volts, -1.0",
        "disorder.exchange_entropy, 21.0",
        "disorder.kilojoules_per_mole, 1001.0",
        "disorder.hour_celsius, -1.0",
        "lithium_loss.kilojoules_per_mole, NaN",
        "lithium_loss.rate_constant, -1.0E-8",
        "lithium_loss.most_nickel_excess, 0.6",
        "growth.initial_micrometres, 0.0",
        "growth.exponent, 0.0",
        "growth.from_layered_share, 1.01",
        "growth.kilojoules_per_mole, 0.0",
        "growth.rate_constant, -1.0",
        "growth.barium_kilojoules_per_mole, 0.0",
        "growth.barium_rate_constant, Infinity",
        "densification.kilojoules_per_mole, 0.0",
        "densification.rate_constant, -1.0",
        "densification.grain_micrometres, 0.0",
        "densification.barium_factor, -6.0",
        "porosity.envelope, 1.0",
        "porosity.hydroxide, 1001.0",
        "porosity.oxide, 24.2",
        "porosity.layered, 0.0",
        "porosity.rock_salt, 25.0",
        "barium.amount, 0.2",
        "barium.kilojoules_per_mole, 0.0",
        "barium.peak_celsius, 1400.5",
        "barium.atoms_per_square_nanometre, 0.0",
        "barium.exchange_electron_volts, 1.5",
        "over_firing.onset_celsius, 1401.0",
        "over_firing.per_hour_per_kelvin, -1.0"
    })
    void aBadValueIsNamedWithItsKey(String key, String value) {
        ChemistrySettings settings =
                Chemistry.standard().with(key, Double.parseDouble(value)).settings();
        String named = "simulation.chemistry." + key + "=" + value + " must be ";
        List<String> problems = settings.problems();
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().startsWith(named), problems.getFirst());
        String thrown = assertThrows(IllegalArgumentException.class, () -> new Calcination(settings, t -> 25, 10))
                .toString();
        assertTrue(thrown.contains(named), thrown);
    }

    @Test
    void noNumberIsUnchecked() {
        List<String> keys = Chemistry.standard().numbers();
        assertEquals(38, keys.size());
        for (String key : keys) {
            List<String> problems =
                    Chemistry.standard().with(key, Double.NaN).settings().problems();
            assertFalse(problems.isEmpty(), key);
            assertTrue(problems.getFirst().startsWith("simulation.chemistry." + key + "=NaN"), problems.getFirst());
        }
    }

    @Test
    void allProblemsAreCollected() {
        List<String> problems = Chemistry.standard()
                .with("growth.exponent", 0)
                .with("barium.amount", -1)
                .settings()
                .problems();
        assertEquals(2, problems.size(), problems.toString());
    }

    @Test
    void aProgrammeTooHotForTheModelIsNamed() {
        SimulationSettings run =
                Scenario.calcination().with("programme.0.target_celsius", 1500).settings();
        assertEquals(
                List.of("simulation.programme[0].target_celsius=1500.0 must be at least -200.0 and at most 1400.0"),
                ChemistrySettings.DEFAULTS.problemsWith(run));
        assertEquals(
                List.of(),
                ChemistrySettings.DEFAULTS.problemsWith(Scenario.calcination().settings()));
    }

    @Test
    void aSampleTooHotForTheModelIsRefused() {
        String thrown = assertThrows(
                        IllegalArgumentException.class,
                        () -> new Calcination(ChemistrySettings.DEFAULTS, t -> 1399 + t, 10))
                .toString();
        assertTrue(thrown.contains("celsius=1400.0"), thrown);
        assertThrows(
                IllegalArgumentException.class, () -> new Calcination(ChemistrySettings.DEFAULTS, t -> Double.NaN, 10));
        assertThrows(IllegalArgumentException.class, () -> new Calcination(ChemistrySettings.DEFAULTS, t -> 25, 0));
    }

    @Test
    void theRoutesDifferAsTheReportSays() {
        ChemistrySettings.Lithiation hydroxide =
                ChemistrySettings.DEFAULTS.by(LithiumSalt.LIOH).lithiation();
        assertEquals(480, hydroxide.peakCelsius());
        assertEquals(0.45, hydroxide.directShare());
        assertEquals(471, hydroxide.salt().meltingCelsius());
        assertEquals(1, hydroxide.salt().lithiumPerFormula());
        ChemistrySettings.Lithiation carbonate = ChemistrySettings.DEFAULTS.lithiation();
        assertEquals(620, carbonate.peakCelsius());
        assertEquals(0, carbonate.directShare());
        assertEquals(723, carbonate.salt().meltingCelsius());
        assertEquals(2, carbonate.salt().lithiumPerFormula());
    }
}
