package org.emberline.edge.twin;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with the chemistry of a simulation, each line beginning with the key and its value. The outer limits keep
 * every exponential finite; inside of them many a choice is odd, but none breaks the integration.
 */
final class ChemistryCheck {
    private final List<String> problems = new ArrayList<>();

    private ChemistryCheck() {}

    static List<String> of(ChemistrySettings settings) {
        return List.copyOf(checked(settings).problems);
    }

    /** The furnace does not overshoot, so the sample stays between the temperatures that are set. */
    static List<String> of(ChemistrySettings settings, SimulationSettings run) {
        ChemistryCheck check = checked(settings);
        check.programme("furnace.start_celsius", run.furnace().startCelsius());
        for (int i = 0; i < run.programme().size(); i++) {
            check.programme(
                    "programme[" + i + "].target_celsius",
                    run.programme().get(i).targetCelsius());
        }
        return List.copyOf(check.problems);
    }

    private void programme(String key, double celsius) {
        range("simulation." + key, celsius, Integration.COLDEST_CELSIUS, ChemistrySettings.HIGHEST_CELSIUS);
    }

    private static ChemistryCheck checked(ChemistrySettings settings) {
        ChemistryCheck check = new ChemistryCheck();
        check.energy("dehydration.", settings.dehydration().kilojoulesPerMole());
        check.temperature("dehydration.peak_celsius", settings.dehydration().peakCelsius());
        check.lithiation(settings.lithiation());
        check.disorder(settings.disorder());
        check.lithiumLoss(settings.lithiumLoss());
        check.growth(settings.growth());
        check.densification(settings.densification());
        check.porosity(settings.porosity());
        check.barium(settings.barium());
        check.temperature("over_firing.onset_celsius", settings.overFiring().onsetCelsius());
        check.within("over_firing.per_hour_per_kelvin", settings.overFiring().perHourPerKelvin(), 0, 100);
        return check;
    }

    private void lithiation(ChemistrySettings.Lithiation lithiation) {
        energy("lithiation.", lithiation.kilojoulesPerMole());
        temperature("lithiation.peak_celsius", lithiation.peakCelsius());
        within("lithiation.lithium_ratio", lithiation.lithiumRatio(), 0, 2);
        within("lithiation.direct_share", lithiation.directShare(), 0, 1);
    }

    private void disorder(ChemistrySettings.Disorder disorder) {
        within("disorder.initial", disorder.initial(), 0, 0.5);
        within("disorder.from_layered_share", disorder.fromLayeredShare(), 0, 1);
        within("disorder.exchange_electron_volts", disorder.exchangeElectronVolts(), 0, 3);
        within("disorder.exchange_entropy", disorder.exchangeEntropy(), 0, 20);
        energy("disorder.", disorder.kilojoulesPerMole());
        temperature("disorder.hour_celsius", disorder.hourCelsius());
    }

    private void lithiumLoss(ChemistrySettings.LithiumLoss loss) {
        energy("lithium_loss.", loss.kilojoulesPerMole());
        within("lithium_loss.rate_constant", loss.rateConstant(), 0, 1);
        within("lithium_loss.most_nickel_excess", loss.mostNickelExcess(), 0, 0.5);
    }

    private void growth(ChemistrySettings.Growth growth) {
        within("growth.initial_micrometres", growth.initialMicrometres(), 1e-3, 100);
        within("growth.exponent", growth.exponent(), 1, 10);
        within("growth.from_layered_share", growth.fromLayeredShare(), 0, 1);
        energy("growth.", growth.kilojoulesPerMole());
        within("growth.rate_constant", growth.rateConstant(), 0, 1);
        energy("growth.barium_", growth.bariumKilojoulesPerMole());
        within("growth.barium_rate_constant", growth.bariumRateConstant(), 0, 1);
    }

    private void densification(ChemistrySettings.Densification densification) {
        energy("densification.", densification.kilojoulesPerMole());
        within("densification.rate_constant", densification.rateConstant(), 0, 1);
        within("densification.grain_micrometres", densification.grainMicrometres(), 1e-3, 100);
        within("densification.barium_factor", densification.bariumFactor(), 0, 1e3);
    }

    private void porosity(ChemistrySettings.Porosity porosity) {
        within("porosity.envelope", porosity.envelope(), 0, 0.9);
        within("porosity.hydroxide", porosity.hydroxide(), 1, 1000);
        // A solid larger than the envelope that the hydroxide filled would leave a negative room for pores.
        double most = porosity.hydroxide();
        within("porosity.oxide", porosity.oxide(), 1, most);
        within("porosity.layered", porosity.layered(), 1, most);
        within("porosity.rock_salt", porosity.rockSalt(), 1, most);
    }

    private void barium(ChemistrySettings.Barium barium) {
        within("barium.amount", barium.amount(), 0, 0.1);
        energy("barium.", barium.kilojoulesPerMole());
        temperature("barium.peak_celsius", barium.peakCelsius());
        within("barium.atoms_per_square_nanometre", barium.atomsPerSquareNanometre(), 1e-3, 1e3);
        within("barium.exchange_electron_volts", barium.exchangeElectronVolts(), -1, 1);
    }

    private void energy(String prefix, double kilojoulesPerMole) {
        within(prefix + "kilojoules_per_mole", kilojoulesPerMole, 1, 1000);
    }

    private void temperature(String key, double celsius) {
        within(key, celsius, 0, ChemistrySettings.HIGHEST_CELSIUS);
    }

    private void within(String key, double value, double least, double most) {
        range("simulation.chemistry." + key, value, least, most);
    }

    private void range(String key, double value, double least, double most) {
        // NaN fails this comparison too.
        if (!(value >= least && value <= most)) {
            problems.add(key + "=" + value + " must be at least " + least + " and at most " + most);
        }
    }
}
