package org.emberline.edge.twin;

/**
 * The rate laws of the simulated sample. They move a state over a step of time in which the temperature goes evenly from one value
 * to another. Each process is advanced by its own exact solution at the temperature in the middle of the step, with the others held:
 * a step may be long against a fast reaction and stays stable, and its error shrinks with the square of its length or faster.
 *
 * <p>A state is an array of {@link #STATES} numbers: shares of the metal, lithium in the layered phase, x of the site exchange
 * (without the nickel excess), (D/D0)^n of the grains, the surviving share of the pores, the released share of the barium. All of
 * them may be interpolated linearly, which keeps every balance. Immutable.
 */
final class Kinetics {
    static final int HYDROXIDE = 0;
    static final int LAYERED = 1;
    static final int ROCK_SALT = 2;
    static final int LITHIUM = 3;
    static final int EXCHANGED = 4;
    static final int GROWTH = 5;
    static final int PORES = 6;
    static final int RELEASED = 7;
    static final int STATES = 8;

    private static final double SECONDS_PER_HOUR = 3600;

    private final ChemistrySettings settings;
    private final Boundaries boundaries;
    private final SiteExchange exchange;
    private final Arrhenius dehydration;
    private final Arrhenius lithiation;
    private final Arrhenius lithiumLoss;
    private final Arrhenius growth;
    private final Arrhenius bariumGrowth;
    private final Arrhenius densification;
    private final Arrhenius release;
    private final double leastLithium;

    Kinetics(ChemistrySettings settings) {
        this.settings = settings;
        boundaries = Boundaries.of(settings);
        exchange = new SiteExchange(settings);
        dehydration = Arrhenius.peaking(
                settings.dehydration().peakCelsius(), settings.dehydration().kilojoulesPerMole());
        lithiation = Arrhenius.peaking(
                settings.lithiation().peakCelsius(), settings.lithiation().kilojoulesPerMole());
        lithiumLoss = reference(
                settings.lithiumLoss().rateConstant(), settings.lithiumLoss().kilojoulesPerMole());
        ChemistrySettings.Growth grains = settings.growth();
        growth = reference(grains.rateConstant(), grains.kilojoulesPerMole());
        bariumGrowth = reference(grains.bariumRateConstant(), grains.bariumKilojoulesPerMole());
        densification = reference(
                settings.densification().rateConstant(),
                settings.densification().kilojoulesPerMole());
        release = Arrhenius.peaking(
                settings.barium().peakCelsius(), settings.barium().kilojoulesPerMole());
        double excess = settings.lithiumLoss().mostNickelExcess();
        leastLithium = (1 - excess) / (1 + excess);
    }

    private static Arrhenius reference(double rateConstant, double kilojoulesPerMole) {
        return Arrhenius.at(ChemistrySettings.REFERENCE_CELSIUS, rateConstant, kilojoulesPerMole);
    }

    /** What is weighed in. */
    double[] initial() {
        double[] state = new double[STATES];
        state[HYDROXIDE] = 1;
        state[EXCHANGED] = settings.disorder().initial();
        state[GROWTH] = 1;
        state[PORES] = 1;
        state[RELEASED] = settings.barium().filmKinetics() ? 0 : 1;
        return state;
    }

    Boundaries boundaries() {
        return boundaries;
    }

    /** Mean diameter, micrometres. */
    double grain(double[] state) {
        return settings.growth().initialMicrometres()
                * Math.pow(state[GROWTH], 1 / settings.growth().exponent());
    }

    /** dD^n/dt, micrometres^n per second. */
    double growthConstant(double kelvin, double coverage) {
        return growth.rate(kelvin) * (1 - coverage) + bariumGrowth.rate(kelvin) * coverage;
    }

    /** x of the site exchange in equilibrium. */
    double equilibriumDisorder(double kelvin, double coverage) {
        return exchange.equilibrium(kelvin, coverage);
    }

    /**
     * Moves the state on.
     *
     * @param state changed in place
     * @param kelvinBefore at the begin, middle and end of the step likewise
     * @param seconds length of the step, positive
     */
    void step(double[] state, double kelvinBefore, double kelvinMiddle, double kelvinAfter, double seconds) {
        lithiate(state, kelvinMiddle, seconds);
        decay(state, kelvinMiddle, seconds);
        state[RELEASED] += (1 - state[RELEASED]) * gone(release.rate(kelvinMiddle) * seconds);
        double grainBefore = grain(state);
        boolean growing = state[LAYERED] > settings.growth().fromLayeredShare();
        if (growing) {
            grow(state, grainBefore, kelvinMiddle, seconds);
        }
        double grain = (grainBefore + grain(state)) / 2;
        double coverage = boundaries.coverage(state[RELEASED], grain);
        if (growing) {
            densify(state, grain, coverage, densification.rate(kelvinMiddle) * seconds);
        }
        if (settings.lithiumLoss().enabled()) {
            lose(state, lithiumLoss.rate(kelvinMiddle) * seconds / grain);
        }
        if (state[LAYERED] > settings.disorder().fromLayeredShare()) {
            double before = exchange.equilibrium(kelvinBefore, coverage);
            double after = exchange.equilibrium(kelvinAfter, coverage);
            state[EXCHANGED] = exchange.relax(state[EXCHANGED], before, after, kelvinMiddle, seconds);
        }
    }

    /** Share that a first-order process takes away. */
    private static double gone(double exponent) {
        return -Math.expm1(-exponent);
    }

    /** Hydroxide to oxide to layered phase, a chain of two first-order steps, with the short cut of the hydroxide route. */
    private void lithiate(double[] state, double kelvin, double seconds) {
        double first = dehydration.rate(kelvin);
        double second = lithiation.rate(kelvin);
        double hydroxide = state[HYDROXIDE];
        double oxide = 1 - hydroxide - state[LAYERED] - state[ROCK_SALT];
        double lithium = settings.lithiation().lithiumRatio() - state[LAYERED] - state[ROCK_SALT];

        double dried = hydroxide * gone(first * seconds);
        double direct = Math.min(settings.lithiation().directShare() * dried, Math.max(0, lithium));
        double throughOxide = dried > 0 ? (dried - direct) / dried : 0;
        double oxideLeft =
                oxide * Math.exp(-second * seconds) + throughOxide * hydroxide * between(first, second, seconds);
        double possible = Math.max(0, oxide + dried - direct - oxideLeft);
        double supplied = Math.max(0, lithium - direct) * gone(second * seconds);
        double formed = direct + Math.min(possible, supplied);

        state[HYDROXIDE] = hydroxide - dried;
        state[LAYERED] += formed;
        state[LITHIUM] += formed;
    }

    /** What the first step has made and the second has left, per hydroxide: a (exp(-a t) - exp(-b t)) / (b - a). */
    private static double between(double a, double b, double seconds) {
        double apart = Math.abs(b - a);
        double slow = Math.exp(-Math.min(a, b) * seconds);
        return apart * seconds < 1e-9 ? a * seconds * slow : a / apart * slow * gone(apart * seconds);
    }

    private void decay(double[] state, double kelvin, double seconds) {
        ChemistrySettings.OverFiring fire = settings.overFiring();
        double excess = LayeredOxide.celsius(kelvin) - fire.onsetCelsius();
        if (fire.enabled() && excess > 0) {
            double share = gone(fire.perHourPerKelvin() / SECONDS_PER_HOUR * excess * seconds);
            state[ROCK_SALT] += state[LAYERED] * share;
            state[LAYERED] -= state[LAYERED] * share;
            state[LITHIUM] -= state[LITHIUM] * share;
        }
    }

    private void grow(double[] state, double grain, double kelvin, double seconds) {
        double unit = Math.pow(
                settings.growth().initialMicrometres(), settings.growth().exponent());
        double released = state[RELEASED];
        double begin = state[GROWTH];
        double constant = growthConstant(kelvin, boundaries.coverage(released, grain));
        // The coverage depends on the grain: the constant of the middle of the step counts.
        state[GROWTH] = begin + constant * seconds / 2 / unit;
        constant = growthConstant(kelvin, boundaries.coverage(released, grain(state)));
        state[GROWTH] = begin + constant * seconds / unit;
    }

    private void densify(double[] state, double grain, double coverage, double exponent) {
        ChemistrySettings.Densification pores = settings.densification();
        double finer = pores.grainMicrometres() / grain;
        double factor = 1 + (pores.bariumFactor() - 1) * coverage;
        state[PORES] *= Math.exp(-exponent * finer * finer * factor);
    }

    private void lose(double[] state, double exponent) {
        state[LITHIUM] -= state[LITHIUM] * gone(exponent);
        double holds = state[LITHIUM] / leastLithium;
        if (holds < state[LAYERED]) {
            state[ROCK_SALT] += state[LAYERED] - holds;
            state[LAYERED] = holds;
        }
    }
}
