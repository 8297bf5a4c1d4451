package org.emberline.edge.twin;

import java.util.List;
import java.util.Map;

/**
 * What is true of one diffraction frame.
 *
 * @param celsius sample
 * @param latticeA Angstrom
 * @param latticeC Angstrom
 * @param disorder fraction of Li sites that hold Ni
 * @param grainMicrometres diameter of the grain of mean volume
 * @param volumeWeightedMicrometres diameter of the grain of volume-weighted mean volume &lt;V^2&gt;/&lt;V&gt;
 * @param volumeFractions volume of each phase over that of all crystalline phases; phases that are not there are left out
 * @param rings those that consist of grains, from the centre out; empty without layered phase
 */
public record RingTruth(
        double celsius,
        double latticeA,
        double latticeC,
        double disorder,
        double grainMicrometres,
        double volumeWeightedMicrometres,
        Map<String, Double> volumeFractions,
        List<Ring> rings) {

    public RingTruth {
        volumeFractions = Map.copyOf(volumeFractions);
        rings = List.copyOf(rings);
    }

    /**
     * One ring of the layered phase, in azimuth bins of one degree.
     *
     * @param grains expected number that diffract into the whole ring
     * @param weightedVolumeCubicMicrometres volume-weighted mean grain volume V_w; without spots' width epsilon^2 =
     *     V_w 4 pi / (phi V m cos(theta) acceptance bin)
     * @param graininess expected epsilon^2 of the ring's intensity, spots' widths and panel's blur included
     * @param realisedGraininess the same of the grains that are there, over the bins that the panel sees whole or in part; NaN when
     *     it sees fewer than two
     * @param realisedMean intensity in these bins over that of an endless number of grains
     * @param textureFactor mean intensity around the ring over that without texture
     */
    public record Ring(
            int h,
            int k,
            int l,
            double grains,
            double weightedVolumeCubicMicrometres,
            double graininess,
            double realisedGraininess,
            double realisedMean,
            double textureFactor) {}
}
