package org.emberline.edge.metrics.grains;

import org.jspecify.annotations.Nullable;

/**
 * Which ring of the phase of interest is looked at for grains, and what is known of the instrument.
 *
 * @param h Miller index
 * @param k Miller index
 * @param l Miller index
 * @param sectors of the full circle
 * @param volumeSigma standard deviation of ln V of the grains' volumes, on which the sigma of a graininess depends where grains are few
 * @param calibration null where nobody has calibrated the instrument: sizes are then relative to the run's first
 */
public record GrainSettings(
        int h,
        int k,
        int l,
        int sectors,
        double volumeSigma,
        @Nullable GrainCalibration calibration) {

    /** The strongest ring of a layered oxide that little else lies under, degree by degree. */
    public static final GrainSettings USUAL = new GrainSettings(1, 0, 4, 360, 0.8, null);

    /** Fewest sectors of the circle: spots would not be told from texture. */
    public static final int FEWEST = 36;

    /** Most sectors of the circle. */
    public static final int MOST = 1440;

    /** Width of a sector. */
    double sectorDegrees() {
        return 360.0 / sectors;
    }
}
