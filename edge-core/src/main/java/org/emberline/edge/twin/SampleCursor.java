package org.emberline.edge.twin;

/**
 * A place in a {@link Calcination} from which the state is read without allocating. What the state vector holds is found by {@link
 * Calcination#read}; what follows from it is computed when asked for. Units as in {@link SampleState}. Not for several threads.
 */
final class SampleCursor {
    private static final double ALL_NICKEL = 0.5;

    final double[] state = new double[Kinetics.STATES];
    private final ChemistrySettings settings;
    private final Kinetics kinetics;
    private double seconds;
    private double celsius;

    SampleCursor(ChemistrySettings settings, Kinetics kinetics) {
        this.settings = settings;
        this.kinetics = kinetics;
    }

    void moveTo(double newSeconds, double newCelsius) {
        seconds = newSeconds;
        celsius = newCelsius;
    }

    double seconds() {
        return seconds;
    }

    double celsius() {
        return celsius;
    }

    double hydroxide() {
        return state[Kinetics.HYDROXIDE];
    }

    double layered() {
        return state[Kinetics.LAYERED];
    }

    double rockSalt() {
        return state[Kinetics.ROCK_SALT];
    }

    double oxide() {
        return Math.max(0, 1 - hydroxide() - layered() - rockSalt());
    }

    /** Solid or molten. */
    double salt() {
        ChemistrySettings.Lithiation lithiation = settings.lithiation();
        double lithium = lithiation.lithiumRatio() - layered() - rockSalt();
        return Math.max(0, lithium) / lithiation.salt().lithiumPerFormula();
    }

    double moltenSalt() {
        return celsius >= settings.lithiation().salt().meltingCelsius() ? salt() : 0;
    }

    double lithiumLoss() {
        return Math.max(0, layered() + rockSalt() - state[Kinetics.LITHIUM]);
    }

    /** z of Li(1-z)TM(1+z)O2: the metal that fills the places of lost lithium in the layered phase; 0 without such a phase. */
    double nickelExcess() {
        double content = layered() > 0 ? Math.min(1, state[Kinetics.LITHIUM] / layered()) : 1;
        return (1 - content) / (1 + content);
    }

    /** Exchanged and excess nickel together, no more than all the nickel there is. */
    double disorder() {
        return Math.min(ALL_NICKEL, state[Kinetics.EXCHANGED] + nickelExcess());
    }

    double grainMicrometres() {
        return kinetics.grain(state);
    }

    double porosity() {
        ChemistrySettings.Porosity volumes = settings.porosity();
        double solid = volumes.hydroxide() * hydroxide()
                + volumes.oxide() * oxide()
                + volumes.layered() * layered()
                + volumes.rockSalt() * rockSalt();
        double chemical = Math.max(0, 1 - solid / volumes.hydroxide());
        return (volumes.envelope() + (1 - volumes.envelope()) * chemical) * state[Kinetics.PORES];
    }

    double bariumCarbonate() {
        return settings.barium().amount() * (1 - state[Kinetics.RELEASED]);
    }

    /** Ba on the grain boundaries. */
    double bariumFilm() {
        return kinetics.boundaries().film(state[Kinetics.RELEASED], grainMicrometres());
    }

    double bariumPrecipitate() {
        return settings.barium().amount() * state[Kinetics.RELEASED] - bariumFilm();
    }

    double bariumCoverage() {
        return kinetics.boundaries().coverage(state[Kinetics.RELEASED], grainMicrometres());
    }

    SampleState snapshot() {
        double molten = moltenSalt();
        return new SampleState(
                seconds,
                celsius,
                hydroxide(),
                oxide(),
                layered(),
                rockSalt(),
                salt() - molten,
                molten,
                disorder(),
                lithiumLoss(),
                grainMicrometres(),
                porosity(),
                bariumCarbonate(),
                bariumPrecipitate(),
                bariumCoverage());
    }
}
