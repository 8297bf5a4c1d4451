package org.emberline.edge.twin;

import java.util.List;

/**
 * The chemistry of the simulated sample as the table {@code [simulation.chemistry]} of a scenario describes it: component names are
 * the file's keys in camel case. The defaults are plausible and calibrated to typical results for NMC532, none of them is measured
 * on one sample. Any numbers can be held; {@link #problems} says which of them make no sense.
 *
 * <p>Energies are activation energies. A rate constant belongs to 950 C, a peak temperature to the maximum of the rate on a ramp of
 * 5 K/min. Amounts are moles per mole of transition metal.
 */
public record ChemistrySettings(
        Dehydration dehydration,
        Lithiation lithiation,
        Disorder disorder,
        LithiumLoss lithiumLoss,
        Growth growth,
        Densification densification,
        Porosity porosity,
        Barium barium,
        OverFiring overFiring) {

    /** The temperature to which rate constants belong. */
    public static final double REFERENCE_CELSIUS = 950;

    /** Hotter samples are outside of this model; keys with a temperature must not exceed it. */
    public static final double HIGHEST_CELSIUS = 1400;

    /** What the settings are when a scenario says nothing: carbonate, 3 % excess lithium, 0.75 mol % Ba. */
    public static final ChemistrySettings DEFAULTS = new ChemistrySettings(
            new Dehydration(150, 290),
            Lithiation.of(LithiumSalt.LI2CO3),
            new Disorder(0.13, 0.02, 1.30, 6.9, 170, 680),
            new LithiumLoss(true, 250, 9.7e-8, 0.10),
            new Growth(0.08, 3, 0.5, 395, 4.0e-5, 330, 3.5e-4),
            new Densification(420, 2.0e-4, 0.3, 6),
            new Porosity(0, 24.1, 13.8, 20.4, 11.0),
            new Barium(0.0075, true, 220, 780, 5, false, 0.05),
            new OverFiring(true, 1000, 4e-4));

    /** TM(OH)2 to oxide and water, first order. */
    public record Dehydration(double kilojoulesPerMole, double peakCelsius) {}

    /**
     * Oxide and lithium salt to the layered phase, first order in whichever of the two is scarcer.
     *
     * @param lithiumRatio Li in the salt per transition metal; below 1 the layered share ends there
     * @param directShare share of the hydroxide that takes up lithium while it loses its water and never becomes an oxide
     */
    public record Lithiation(
            LithiumSalt salt, double lithiumRatio, double kilojoulesPerMole, double peakCelsius, double directShare) {

        /** The defaults of a route. */
        public static Lithiation of(LithiumSalt salt) {
            return switch (salt) {
                case LI2CO3 -> new Lithiation(salt, 1.03, 180, 620, 0);
                case LIOH -> new Lithiation(salt, 1.03, 180, 480, 0.45);
            };
        }
    }

    /**
     * Exchange of Ni and Li between their sites, dx/dt = (x_eq - x) / tau with x_eq^2 / ((1 - x_eq)(0.5 - x_eq)) = exp(S - E/kT).
     *
     * @param initial x of the layered phase as it forms, also reported before there is any
     * @param fromLayeredShare the exchange begins when more of the metal than this is layered
     * @param exchangeElectronVolts E
     * @param exchangeEntropy S, in units of Boltzmann's constant
     * @param kilojoulesPerMole of 1/tau
     * @param hourCelsius temperature at which tau is one hour
     */
    public record Disorder(
            double initial,
            double fromLayeredShare,
            double exchangeElectronVolts,
            double exchangeEntropy,
            double kilojoulesPerMole,
            double hourCelsius) {}

    /**
     * Lithium that evaporates from the surface of the grains, dN/dt = -k N / D. The layered phase takes the loss up as Ni on Li
     * sites, Li(1-z)TM(1+z)O2, up to a limit; beyond it rock salt forms.
     *
     * @param rateConstant k, micrometres per second; the default loses 0.5 % in 12 h while grains grow unaided from 0.25 um
     * @param mostNickelExcess largest z
     */
    public record LithiumLoss(
            boolean enabled, double kilojoulesPerMole, double rateConstant, double mostNickelExcess) {}

    /**
     * Grains of mean diameter D, dD^n/dt = K. Boundaries covered with Ba have a K of their own; K is their weighted mean.
     *
     * @param exponent n
     * @param fromLayeredShare growth and densification begin when more of the metal than this is layered
     * @param rateConstant K without Ba, micrometres^n per second
     * @param bariumRateConstant K with complete coverage
     */
    public record Growth(
            double initialMicrometres,
            double exponent,
            double fromLayeredShare,
            double kilojoulesPerMole,
            double rateConstant,
            double bariumKilojoulesPerMole,
            double bariumRateConstant) {}

    /**
     * Closing of pores: the surviving share s of the pore volume follows ds/dt = -k (D0/D)^2 s.
     *
     * @param rateConstant k without Ba, per second
     * @param grainMicrometres D0, the grain size to which k belongs
     * @param bariumFactor by which k is larger with complete coverage
     */
    public record Densification(
            double kilojoulesPerMole, double rateConstant, double grainMicrometres, double bariumFactor) {}

    /**
     * Pores left behind by the chemistry: the envelope of a particle keeps its size while the solid in it changes its volume.
     * Volumes are cubic centimetres per mole of metal, those of the products at most that of the hydroxide.
     *
     * @param envelope pores between the grains of the precursor as a share of the envelope
     */
    public record Porosity(double envelope, double hydroxide, double oxide, double layered, double rockSalt) {}

    /**
     * The sintering aid, weighed in as BaCO3 particles. Released Ba covers the grain boundaries; what they cannot hold precipitates.
     *
     * @param amount Ba per transition metal; 0 = no aid
     * @param filmKinetics false: all of it is released before the run begins
     * @param kilojoulesPerMole of the release, first order
     * @param atomsPerSquareNanometre most that a boundary holds
     * @param changesDisorder whether covered boundaries change the exchange energy of the disorder
     * @param exchangeElectronVolts by which complete coverage then raises it
     */
    public record Barium(
            double amount,
            boolean filmKinetics,
            double kilojoulesPerMole,
            double peakCelsius,
            double atomsPerSquareNanometre,
            boolean changesDisorder,
            double exchangeElectronVolts) {}

    /**
     * Decay of the layered phase to rock salt, whose lithium evaporates, at a rate in proportion to the excess temperature. It does
     * not come back on cooling.
     */
    public record OverFiring(boolean enabled, double onsetCelsius, double perHourPerKelvin) {}

    /** The same without Ba. */
    public ChemistrySettings withoutBarium() {
        Barium none = new Barium(
                0,
                barium.filmKinetics,
                barium.kilojoulesPerMole,
                barium.peakCelsius,
                barium.atomsPerSquareNanometre,
                barium.changesDisorder,
                barium.exchangeElectronVolts);
        return with(lithiation, lithiumLoss, none, overFiring);
    }

    /** The same by another route, with that route's defaults. */
    public ChemistrySettings by(LithiumSalt salt) {
        return with(Lithiation.of(salt), lithiumLoss, barium, overFiring);
    }

    /** The same with a switch each for what complicates the plain equations: no loss, no kinetics of the Ba film, no over-firing. */
    public ChemistrySettings plain() {
        Barium released = new Barium(
                barium.amount,
                false,
                barium.kilojoulesPerMole,
                barium.peakCelsius,
                barium.atomsPerSquareNanometre,
                false,
                barium.exchangeElectronVolts);
        LithiumLoss noLoss = new LithiumLoss(
                false, lithiumLoss.kilojoulesPerMole, lithiumLoss.rateConstant, lithiumLoss.mostNickelExcess);
        OverFiring noDecay = new OverFiring(false, overFiring.onsetCelsius, overFiring.perHourPerKelvin);
        return with(lithiation, noLoss, released, noDecay);
    }

    private ChemistrySettings with(
            Lithiation newLithiation, LithiumLoss newLoss, Barium newBarium, OverFiring newOverFiring) {
        return new ChemistrySettings(
                dehydration,
                newLithiation,
                disorder,
                newLoss,
                growth,
                densification,
                porosity,
                newBarium,
                newOverFiring);
    }

    /**
     * Everything that is wrong, one line each, in the form {@code simulation.chemistry.growth.exponent=0.0 must be at least 1.0 and at
     * most 10.0}; empty when all is well.
     */
    public List<String> problems() {
        return ChemistryCheck.of(this);
    }

    /** {@link #problems} of the chemistry, and every temperature of the run's programme that is outside of the model. */
    public List<String> problemsWith(SimulationSettings run) {
        return ChemistryCheck.of(this, run);
    }
}
