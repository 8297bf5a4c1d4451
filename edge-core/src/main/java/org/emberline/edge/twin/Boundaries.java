package org.emberline.edge.twin;

/**
 * What the grain boundaries hold of the barium. Grains of mean diameter D have 3/D of boundary per volume (a boundary belongs to two
 * grains), a mole of metal in the layered phase fills the volume V, and each area holds Gamma at most. So per mole of metal
 *
 * <pre>
 *   capacity = Gamma / N_A * 3 / D * V      [mol/m^2 * 1/m * m^3/mol = moles of Ba per mole of metal]
 *   coverage = min(1, released / capacity),  film = min(released, capacity),  precipitate = released - film
 * </pre>
 *
 * <p>With 5 atoms/nm^2 and 20.4 cm^3/mol the capacity is 6.4e-3 at 0.08 micrometres and 5.1e-4 at one: growing grains must
 * expel barium. The volume is that of the layered phase at all times; before it has formed there is no aid to speak of.
 */
record Boundaries(double amount, double capacityTimesMicrometres) {
    private static final double PER_MOLE = 6.02214076e23;
    private static final double SQUARE_NANOMETRES_PER_SQUARE_METRE = 1e18;
    private static final double MICROMETRES_PER_METRE = 1e6;
    private static final double CUBIC_METRES_PER_CUBIC_CENTIMETRE = 1e-6;

    static Boundaries of(ChemistrySettings settings) {
        double molesPerSquareMetre =
                settings.barium().atomsPerSquareNanometre() * SQUARE_NANOMETRES_PER_SQUARE_METRE / PER_MOLE;
        double volume = settings.porosity().layered() * CUBIC_METRES_PER_CUBIC_CENTIMETRE;
        return new Boundaries(settings.barium().amount(), molesPerSquareMetre * 3 * volume * MICROMETRES_PER_METRE);
    }

    /** Most barium that the boundaries hold, moles per mole of metal. */
    double capacity(double grainMicrometres) {
        return capacityTimesMicrometres / grainMicrometres;
    }

    /** 0..1, where a share of all barium has been released. */
    double coverage(double releasedShare, double grainMicrometres) {
        return Math.min(1, releasedShare * amount / capacity(grainMicrometres));
    }

    /** Moles per mole of metal, where a share of all barium has been released. */
    double film(double releasedShare, double grainMicrometres) {
        return Math.min(releasedShare * amount, capacity(grainMicrometres));
    }
}
