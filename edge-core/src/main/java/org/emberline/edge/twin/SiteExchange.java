package org.emberline.edge.twin;

/**
 * Exchange of Ni and Li between their sites in Li(Ni0.5Mn0.3Co0.2)O2. Of the Li sites a share x holds Ni, of the metal sites as many
 * hold Li, and in equilibrium x^2 / ((1 - x)(0.5 - x)) = K with K = exp(S - E/kT).
 */
final class SiteExchange {
    private static final double NICKEL = 0.5;
    private static final double BOLTZMANN_ELECTRON_VOLTS = 8.617333262e-5;
    private static final double SECONDS_PER_HOUR = 3600;

    private final ChemistrySettings.Disorder settings;
    private final double bariumElectronVolts;
    private final Arrhenius relaxation;

    SiteExchange(ChemistrySettings chemistry) {
        settings = chemistry.disorder();
        bariumElectronVolts =
                chemistry.barium().changesDisorder() ? chemistry.barium().exchangeElectronVolts() : 0;
        relaxation = Arrhenius.at(settings.hourCelsius(), 1 / SECONDS_PER_HOUR, settings.kilojoulesPerMole());
    }

    /** x in equilibrium, 0..0.5. */
    double equilibrium(double kelvin, double bariumCoverage) {
        double energy = settings.exchangeElectronVolts() + bariumElectronVolts * bariumCoverage;
        double k = Math.exp(settings.exchangeEntropy() - energy / (BOLTZMANN_ELECTRON_VOLTS * kelvin));
        double b = k * (1 + NICKEL);
        // The positive root of (1 - k) x^2 + b x - k/2 = 0, in the form that loses no digits and stands k = 1.
        return 2 * k * NICKEL / (b + Math.sqrt(b * b + 4 * (1 - k) * k * NICKEL));
    }

    /**
     * x after a step in which the equilibrium moves evenly from one value to another: the exact solution of dx/dt = (x_eq - x) / tau
     * with tau from the middle of the step.
     */
    double relax(double x, double equilibriumBefore, double equilibriumAfter, double middleKelvin, double seconds) {
        double rate = relaxation.rate(middleKelvin);
        double gone = -Math.expm1(-rate * seconds);
        // Where the exchange is frozen, the part of the way that it follows the moving equilibrium is seconds * rate /
        // 2.
        double steps = rate * seconds;
        double followed = steps < 1e-4 ? steps / 2 : 1 - gone / steps;
        return x + (equilibriumBefore - x) * gone + (equilibriumAfter - equilibriumBefore) * followed;
    }
}
