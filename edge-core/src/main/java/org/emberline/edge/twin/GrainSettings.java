package org.emberline.edge.twin;

import java.util.List;

/**
 * The grains of the layered phase in the beam, as the table {@code [simulation.grains]} describes them.
 *
 * @param packing volume of the fully formed layered oxide over the illuminated volume, 0..1
 * @param beamWidthMicrometres horizontal size of the beam
 * @param beamHeightMicrometres vertical size of the beam
 * @param pathMicrometres way of the beam through the sample
 * @param acceptanceRadians range of orientations within which a grain diffracts (divergence, bandwidth and mosaic together)
 * @param volumeSigma standard deviation of ln V of the lognormal grain volumes, 0 for equal grains
 * @param spotSigmaDegrees azimuthal standard deviation of one grain's spot, PSF aside
 * @param rotationSeconds time after which a grain has turned out of reflection and another in its place: the correlation of two
 *     frames t apart is 1 - t / rotationSeconds. 0 for grains that never turn
 */
public record GrainSettings(
        double packing,
        double beamWidthMicrometres,
        double beamHeightMicrometres,
        double pathMicrometres,
        double acceptanceRadians,
        double volumeSigma,
        double spotSigmaDegrees,
        double rotationSeconds) {

    /** Illuminated volume, cubic micrometres. */
    double beamVolume() {
        return beamWidthMicrometres * beamHeightMicrometres * pathMicrometres;
    }

    /** &lt;V^2&gt; / &lt;V&gt;^2. */
    double kappa() {
        return Math.exp(volumeSigma * volumeSigma);
    }

    /** One line for each key out of range; empty when all is well. */
    public List<String> problems() {
        return new KeyRanges("simulation.grains")
                .within("packing", packing, 1e-6, 1)
                .within("beam_width_micrometres", beamWidthMicrometres, 0.01, 1e5)
                .within("beam_height_micrometres", beamHeightMicrometres, 0.01, 1e5)
                .within("path_micrometres", pathMicrometres, 0.01, 1e5)
                .within("acceptance_radians", acceptanceRadians, 1e-7, 0.1)
                .within("volume_sigma", volumeSigma, 0, 1.2)
                .within("spot_sigma_degrees", spotSigmaDegrees, 0.1, 3)
                .within("rotation_seconds", rotationSeconds, 0, 1e9)
                .problems();
    }
}
