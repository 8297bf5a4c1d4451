package org.emberline.edge.twin;

/**
 * One agglomerate of grains as it is calcined. What is given is the state: porosity fixes the envelope, V_envelope = V_solid /
 * (1 - porosity); the mean grain size D fixes the number of grains, V_solid / (pi D^3 / 6), up to the number that is drawn; the growth of
 * the grains' balls is then solved for so that the solid fills exactly 1 - porosity of the envelope. Centres keep their places in the
 * envelope and so draw together as it shrinks; grains that are eaten shrink and leave their places to their neighbours.
 *
 * <p>The metal is conserved by bookkeeping: its amount is set at the start of the run and never changes. With chemistry, the solid's
 * volume per mole of metal is that of the phases (24.1 hydroxide, 13.8 intermediate oxide, 20.4 layered, 11.0 rock salt, cm3/mol);
 * all solid has the same density at a time. Thermal expansion is left out. Lengths in um. One thread; allocates nothing per state.
 */
final class Agglomerate {
    static final double HYDROXIDE_CM3_PER_MOLE = 24.1;
    static final double OXIDE_CM3_PER_MOLE = 13.8;
    static final double LAYERED_CM3_PER_MOLE = 20.4;
    static final double ROCK_SALT_CM3_PER_MOLE = 11.0;

    /** Relative misfit of the solved filling; the map is scaled to the exact volume afterwards. */
    private static final double SOLVED = 1e-5;
    /** Ray pitch of the first solution over that of the second. */
    private static final double COARSE = 4;

    private static final int MOST_STEPS = 60;
    /** Grains smaller than this share of the envelope are not drawn anyway; keeps a size of 0 finite. */
    private static final double MOST_GRAINS = 1e9;

    private final boolean chemistry;
    private final double rayPitch;
    private final double layeredMicrometres3;
    private final Grains grains;
    private final RayCaster caster;
    private final double[] shares;
    private double solidMicrometres3;
    private SampleState state;

    /**
     * @param start the state the envelope of the settings belongs to
     * @param rayPitchMicrometres distance of the rays by which the filling is measured
     */
    Agglomerate(RadiographSettings.Sample sample, long seed, SampleState start, double rayPitchMicrometres) {
        chemistry = sample.chemistry();
        rayPitch = rayPitchMicrometres;
        GrainPacking packing = new GrainPacking(sample.grains(), seed);
        grains = new Grains(packing);
        caster = new RayCaster(grains, packing.grains());
        shares = new double[packing.grains()];
        double envelope = Math.pow(sample.envelopeMicrometres(), 3) * 4 * Math.PI / 3;
        layeredMicrometres3 = envelope * (1 - start.porosity()) / expansion(start);
        state = start;
        settle();
    }

    /** Takes on a state, upright and in the origin. */
    void become(SampleState next) {
        if (!next.equals(state)) {
            state = next;
            settle();
        }
    }

    SampleState state() {
        return state;
    }

    Grains grains() {
        return grains;
    }

    RayCaster caster() {
        return caster;
    }

    /** Volume of all metal as dense layered oxide; constant. */
    double layeredMicrometres3() {
        return layeredMicrometres3;
    }

    /** Volume of the solid as it is. */
    double solidMicrometres3() {
        return solidMicrometres3;
    }

    /** Transition metal in moles; constant. */
    double metalMoles() {
        return layeredMicrometres3 * 1e-12 * Absorption.OXIDE_GRAMS_PER_CM3 / Absorption.OXIDE_GRAMS_PER_MOLE;
    }

    /** Volume of solid per volume of layered oxide with the same metal. */
    private double expansion(SampleState at) {
        double volume = HYDROXIDE_CM3_PER_MOLE * at.hydroxide()
                + OXIDE_CM3_PER_MOLE * at.oxide()
                + LAYERED_CM3_PER_MOLE * at.layered()
                + ROCK_SALT_CM3_PER_MOLE * at.rockSalt();
        return chemistry ? volume / LAYERED_CM3_PER_MOLE : 1;
    }

    private void settle() {
        solidMicrometres3 = layeredMicrometres3 * expansion(state);
        double envelope = Math.cbrt(solidMicrometres3 / (1 - state.porosity()) * 3 / (4 * Math.PI));
        double grain = Math.PI / 6 * Math.pow(state.grainMicrometres(), 3);
        double number = Math.max(1, Math.min(solidMicrometres3 / grain, MOST_GRAINS));
        grains.settle(number, envelope);
        grains.grow(solvedGrowth());
    }

    /** First on a quarter of the rays in each direction, then on all: most steps are cheap. */
    private double solvedGrowth() {
        double square = grains.spacing() * grains.spacing();
        double coarse = solved(0.25 * square, 0.25 * square, COARSE * rayPitch);
        return solved(coarse, 0.01 * square, rayPitch);
    }

    /**
     * The filling rises monotonically with the growth: steps away from a guess until the solution is passed, then regula falsi in the
     * Illinois variant. Without any pores every growth beyond some size is right, and the first one is taken.
     */
    private double solved(double guess, double step, double pitch) {
        double whole = envelopeOnRays(pitch);
        double here = guess;
        double misfit = misfit(here, whole, pitch);
        double there = here;
        double other = misfit;
        double direction = misfit < 0 ? step : -step;
        double limit = 16 * grains.envelope() * grains.envelope();
        while (misfit * other > 0 && Math.abs(other) > SOLVED && there < limit) {
            here = there;
            misfit = other;
            there += direction;
            direction *= 2;
            other = misfit(there, whole, pitch);
        }
        double best = there;
        double value = other;
        for (int turn = 0; turn < MOST_STEPS && Math.abs(value) > SOLVED && misfit * other < 0; turn++) {
            best = there - other * (there - here) / (other - misfit);
            value = misfit(best, whole, pitch);
            if (value * other < 0) {
                here = there;
                misfit = other;
            } else {
                misfit /= 2;
            }
            there = best;
            other = value;
        }
        return best;
    }

    /** Filled share of the envelope less what it should be. */
    private double misfit(double growth, double whole, double pitch) {
        return filling(growth, pitch) / whole - (1 - state.porosity());
    }

    /** Solid volume by one ray per cell of a grid around the origin. */
    private double filling(double growth, double pitch) {
        grains.grow(growth);
        int reach = (int) Math.ceil(grains.envelope() / pitch);
        double sum = 0;
        int tile = 8;
        for (int row = -reach; row < reach; row += tile) {
            for (int column = -reach; column < reach; column += tile) {
                caster.select(column * pitch, (column + tile) * pitch, row * pitch, (row + tile) * pitch);
                sum += tileSum(row, column, tile, pitch);
            }
        }
        return sum * pitch * pitch;
    }

    private double tileSum(int row, int column, int tile, double pitch) {
        double sum = 0;
        for (int r = row; r < row + tile; r++) {
            for (int c = column; c < column + tile; c++) {
                sum += caster.trace((c + 0.5) * pitch, (r + 0.5) * pitch, shares);
            }
        }
        return sum;
    }

    /** The envelope's volume by the same rays, so that the grid's error cancels in the filling. */
    private double envelopeOnRays(double pitch) {
        int reach = (int) Math.ceil(grains.envelope() / pitch);
        double sum = 0;
        for (int r = -reach; r < reach; r++) {
            for (int c = -reach; c < reach; c++) {
                double x = (c + 0.5) * pitch;
                double y = (r + 0.5) * pitch;
                double square = grains.envelope() * grains.envelope() - x * x - y * y;
                sum += square > 0 ? 2 * Math.sqrt(square) : 0;
            }
        }
        return sum * pitch * pitch;
    }
}
