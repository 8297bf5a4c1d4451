package org.emberline.edge.twin;

import java.util.List;

/**
 * How the phases of the sample look, as the table {@code [simulation.phases]} describes them.
 *
 * @param oxide what {@link SampleState#oxide} is
 * @param salt what {@link SampleState#solidSalt} is
 * @param precursorNanometres Scherrer size of hydroxide, intermediate oxide and re-formed rock salt
 * @param saltNanometres Scherrer size of lithium salt and barium phases
 * @param microstrain of the layered phase, dimensionless: a Lorentzian of FWHM 4 e tan(theta)
 * @param marchDollase coefficient r of the layered phase's 001 texture; 1 for none
 * @param fibreTexture true: the fibre axis stands upright in the panel's plane and rings vary around; false: every ring has its
 *     scattering vector along the fibre axis, so that only the ratios of rings change
 * @param meltCounts counts per pixel at the top of the melt's halo, for one formula unit of molten salt per metal
 * @param holderCounts counts per pixel at the top of the sample holder's halo
 */
public record PhaseSettings(
        Oxide oxide,
        Salt salt,
        double precursorNanometres,
        double saltNanometres,
        double microstrain,
        double marchDollase,
        boolean fibreTexture,
        double meltCounts,
        double holderCounts) {

    /** The oxide between hydroxide and layered phase. */
    public enum Oxide {
        SPINEL,
        ROCK_SALT,
        LITHIATED_ROCK_SALT
    }

    /** The source of lithium. */
    public enum Salt {
        CARBONATE,
        HYDROXIDE
    }

    /** One line for each key out of range; empty when all is well. */
    public List<String> problems() {
        return new KeyRanges("simulation.phases")
                .within("precursor_nanometres", precursorNanometres, 1, 1e6)
                .within("salt_nanometres", saltNanometres, 1, 1e6)
                .within("microstrain", microstrain, 0, 0.1)
                .within("march_dollase", marchDollase, 0.1, 10)
                .within("melt_counts", meltCounts, 0, 1e9)
                .within("holder_counts", holderCounts, 0, 1e9)
                .problems();
    }
}
