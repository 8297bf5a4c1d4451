package org.emberline.edge.twin;

/**
 * What the sample is at one moment of a simulated calcination. Amounts are moles per mole of transition metal unless they say
 * otherwise.
 *
 * @param seconds since the start of the run
 * @param celsius sample temperature
 * @param hydroxide share of the metal in TM(OH)2
 * @param oxide share of the metal in the intermediate oxide (spinel or rock salt by route)
 * @param layered share of the metal in the layered phase
 * @param rockSalt share of the metal in rock salt re-formed by over-firing or lithium loss; the four shares sum to 1
 * @param solidSalt formula units of crystalline lithium salt (Li2CO3 or LiOH)
 * @param moltenSalt formula units of molten lithium salt
 * @param disorder fraction of Li sites of the layered phase that hold Ni
 * @param lithiumLoss lithium that has left the layered phase
 * @param grainMicrometres mean diameter of the layered phase's grains
 * @param porosity pore volume over envelope volume, 0..1
 * @param bariumCarbonate Ba still in BaCO3 particles
 * @param bariumPrecipitate Ba re-precipitated beyond what the boundaries hold
 * @param bariumCoverage coverage of the grain boundaries by Ba, 0..1
 */
public record SampleState(
        double seconds,
        double celsius,
        double hydroxide,
        double oxide,
        double layered,
        double rockSalt,
        double solidSalt,
        double moltenSalt,
        double disorder,
        double lithiumLoss,
        double grainMicrometres,
        double porosity,
        double bariumCarbonate,
        double bariumPrecipitate,
        double bariumCoverage) {

    /** The same sample at another temperature. */
    SampleState atCelsius(double newCelsius) {
        return new SampleState(
                seconds,
                newCelsius,
                hydroxide,
                oxide,
                layered,
                rockSalt,
                solidSalt,
                moltenSalt,
                disorder,
                lithiumLoss,
                grainMicrometres,
                porosity,
                bariumCarbonate,
                bariumPrecipitate,
                bariumCoverage);
    }
}
