package org.emberline.edge.twin;

/**
 * Where the barium is: in BaCO3 particles on the agglomerate's surface, in precipitates within it, and the rest on grain boundaries.
 * The total is that of the start of the run and is conserved: a state whose particles and precipitates ask for more is scaled down.
 * Only barium is drawn of the particles; the absorption of CO3 and O is left out. One thread; allocates nothing per call.
 */
final class BariumPools {
    /** Stream of {@link Noise}, of this class only. */
    private static final long SITES = 41;

    private static final int PARTICLES = 5;
    private static final int PRECIPITATES = 24;
    /** Standard deviation of the logarithm of a particle's volume. */
    private static final double SPREAD = 0.6;

    private static final double CARBONATE_CM3_PER_MOLE = 45.7;
    /** BaO of 5.72 g/cm3. */
    private static final double PRECIPITATE_CM3_PER_MOLE = 26.8;
    /** Barium atoms in one layer on a boundary, per um2, in moles. */
    private static final double FULL_FILM_MOLES_PER_MICROMETRE2 = 5e6 / 6.02214076e23;

    private final double[][] place = new double[PARTICLES + PRECIPITATES][];
    private final double[] volume = new double[PARTICLES + PRECIPITATES];
    private final double totalPerMetal;
    private double envelope;
    private double metalMoles;
    private double carbonate;
    private double precipitate;

    /** @param start fixes the total: particles, precipitates, and a film of 5 atoms/nm2 times its coverage on boundaries of area 3/D */
    BariumPools(long seed, SampleState start) {
        Noise noise = new Noise(seed);
        noise.restart(SITES, 0);
        double metalPerMicrometre3 = 1e-12 * Absorption.OXIDE_GRAMS_PER_CM3 / Absorption.OXIDE_GRAMS_PER_MOLE;
        double film = start.bariumCoverage() > 0
                ? start.bariumCoverage()
                        * FULL_FILM_MOLES_PER_MICROMETRE2
                        * 3
                        / start.grainMicrometres()
                        / metalPerMicrometre3
                : 0;
        totalPerMetal = start.bariumCarbonate() + start.bariumPrecipitate() + film;
        fill(noise, 0, PARTICLES, true);
        fill(noise, PARTICLES, PARTICLES + PRECIPITATES, false);
    }

    private void fill(Noise noise, int first, int end, boolean onSurface) {
        double sum = 0;
        for (int i = first; i < end; i++) {
            place[i] = GrainPacking.inBall(noise);
            double length =
                    Math.sqrt(place[i][0] * place[i][0] + place[i][1] * place[i][1] + place[i][2] * place[i][2]);
            for (int axis = 0; axis < 3 && onSurface && length > 0; axis++) {
                place[i][axis] /= length;
            }
            volume[i] = Math.exp(SPREAD * noise.gaussian());
            sum += volume[i];
        }
        for (int i = first; i < end; i++) {
            volume[i] /= sum;
        }
    }

    /** Divides the barium as the agglomerate's state says. */
    void take(Agglomerate agglomerate) {
        SampleState state = agglomerate.state();
        envelope = agglomerate.grains().envelope();
        metalMoles = agglomerate.metalMoles();
        double asked = state.bariumCarbonate() + state.bariumPrecipitate();
        double scale = asked > totalPerMetal ? totalPerMetal / asked : 1;
        carbonate = state.bariumCarbonate() * scale;
        precipitate = state.bariumPrecipitate() * scale;
    }

    double totalMicrograms() {
        return micrograms(totalPerMetal);
    }

    double carbonateMicrograms() {
        return micrograms(carbonate);
    }

    double precipitateMicrograms() {
        return micrograms(precipitate);
    }

    double filmMicrograms() {
        return micrograms(Math.max(0, totalPerMetal - carbonate - precipitate));
    }

    private double micrograms(double perMetal) {
        return perMetal * metalMoles * Absorption.BARIUM_GRAMS_PER_MOLE * 1e6;
    }

    /** Adds particles and precipitates to a map of ug/cm2. */
    void addParticles(SphereShadow spheres, double x, double y, double radians, double[] map) {
        double cosine = Math.cos(radians) * envelope;
        double sine = Math.sin(radians) * envelope;
        for (int i = 0; i < place.length; i++) {
            boolean particle = i < PARTICLES;
            double perMole = particle ? CARBONATE_CM3_PER_MOLE : PRECIPITATE_CM3_PER_MOLE;
            double micrometres3 = (particle ? carbonate : precipitate) * volume[i] * metalMoles * perMole * 1e12;
            // ug/cm2 per um of particle
            double density = Absorption.BARIUM_GRAMS_PER_MOLE / perMole * 1e2;
            spheres.add(
                    x + cosine * place[i][0] - sine * place[i][1],
                    y + sine * place[i][0] + cosine * place[i][1],
                    Math.cbrt(micrometres3 * 3 / (4 * Math.PI)),
                    density,
                    map);
        }
    }
}
