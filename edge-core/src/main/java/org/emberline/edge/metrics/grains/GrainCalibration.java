package org.emberline.edge.metrics.grains;

import org.apache.commons.math3.special.Erf;

/**
 * The volume that grains are counted in, and how many of them reflect at once.
 *
 * @param packing volume of the fully formed phase over the illuminated volume, above 0, at most 1
 * @param beamWidthMicrometres horizontal size of the beam
 * @param beamHeightMicrometres vertical size of the beam
 * @param pathMicrometres way of the beam through the sample
 * @param acceptanceRadians range of orientations within which a grain reflects: divergence, bandwidth, mosaic and rotation together
 * @param spotSigmaDegrees azimuthal standard deviation of one grain's spot on the detector; 0 for spots much narrower than a sector
 * @param relativeSigma of the product of all these, what a standard of known grains was good to
 */
public record GrainCalibration(
        double packing,
        double beamWidthMicrometres,
        double beamHeightMicrometres,
        double pathMicrometres,
        double acceptanceRadians,
        double spotSigmaDegrees,
        double relativeSigma) {

    private static final double CUBIC_METRES = 1e-18;

    /** Volume of the fully formed phase in the beam, cubic metres. */
    double solidVolume() {
        return packing * beamWidthMicrometres * beamHeightMicrometres * pathMicrometres * CUBIC_METRES;
    }

    /**
     * The share of the variance that a sector's width leaves, where spots of a Gaussian width reach into the next:
     * {@code erf(x) - (1 - exp(-x²)) / (x √π)}, x the sector's width over twice the spot's standard deviation (the variance of a Poisson
     * process smoothed by a Gaussian and averaged over a box, over that of the box alone).
     *
     * @param sectorDegrees width of a sector
     */
    double kept(double sectorDegrees) {
        if (spotSigmaDegrees == 0) {
            return 1;
        }
        double x = sectorDegrees / (2 * spotSigmaDegrees);
        return Erf.erf(x) - (1 - Math.exp(-x * x)) / (x * Math.sqrt(Math.PI));
    }
}
