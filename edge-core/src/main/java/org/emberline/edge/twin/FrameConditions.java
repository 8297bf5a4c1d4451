package org.emberline.edge.twin;

/**
 * What one exposure meets besides the sample's state.
 *
 * @param beamFactor intensity of the beam over its normal value; what a perfect monitor shows. 0 in a dump
 * @param volumeFactor illuminated sample volume over its normal value; below 1 after a slump
 * @param displacementMetres the sample's way from its calibrated place, positive away from the detector: rings grow by
 *     displacement / distance
 * @param shutterOpen false for a dark frame
 */
public record FrameConditions(double beamFactor, double volumeFactor, double displacementMetres, boolean shutterOpen) {
    /** Everything as it should be. */
    public static final FrameConditions NORMAL = new FrameConditions(1, 1, 0, true);

    /** A dark frame. */
    public static final FrameConditions DARK = new FrameConditions(1, 1, 0, false);

    public FrameConditions {
        if (!(beamFactor >= 0 && volumeFactor >= 0 && Double.isFinite(displacementMetres))) {
            throw new IllegalArgumentException("frame conditions make no sense beamFactor=" + beamFactor
                    + " volumeFactor=" + volumeFactor + " displacementMetres=" + displacementMetres);
        }
    }
}
