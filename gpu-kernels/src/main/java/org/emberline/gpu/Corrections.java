package org.emberline.gpu;

import org.jspecify.annotations.Nullable;

/**
 * What is corrected before binning, with pyFAI's semantics: {@code I = sum(raw - dark) / sum(flat * solidAngle * polarization)}.
 * The arrays are in the memory order of the frame, before any row flip, and are not copied: leave them alone after construction.
 *
 * @param solidAngle whether to divide by cos^3 of the angle between the pixel's direction and the detector normal
 * @param polarizationFactor pyFAI's factor in [-1, 1] (0.99 for a synchrotron), or NaN for no correction
 * @param polarizationAngleDegrees turn of the polarisation's main axis against the fast axis of an untilted detector: the factor
 *     stands with {@code cos(2 (chi + angle))}, as with pyFAI's {@code axis_offset}, which is in radians; without effect when there
 *     is no polarisation factor
 * @param dark dark counts per pixel, or null; a pixel with a dark that is not finite is masked
 * @param darkVariance variance of the dark per pixel, counts^2, or null: the dark is one frame of Poisson counts, of variance
 *     max(dark, 0); a pixel with a variance that is not finite or negative is masked
 * @param flat relative response per pixel, or null; a pixel with a response that is not finite and positive is masked
 * @param mask true = masked, or null
 */
public record Corrections(
        boolean solidAngle,
        double polarizationFactor,
        double polarizationAngleDegrees,
        float @Nullable [] dark,
        float @Nullable [] darkVariance,
        float @Nullable [] flat,
        boolean @Nullable [] mask) {

    /** The commonest case: only the solid angle. */
    public static final Corrections SOLID_ANGLE = new Corrections(true, Double.NaN, null, null, null);

    // Written out, because checkers see the nullness of a compact constructor's arrays only within this module.
    public Corrections(
            boolean solidAngle,
            double polarizationFactor,
            double polarizationAngleDegrees,
            float @Nullable [] dark,
            float @Nullable [] darkVariance,
            float @Nullable [] flat,
            boolean @Nullable [] mask) {
        if (polarizationFactor < -1 || polarizationFactor > 1) {
            throw new IllegalArgumentException(
                    "polarization factor must lie in [-1, 1] polarization=" + polarizationFactor);
        }
        if (!Double.isFinite(polarizationAngleDegrees)) {
            throw new IllegalArgumentException(
                    "polarization angle must be finite polarizationAngleDegrees=" + polarizationAngleDegrees);
        }
        this.solidAngle = solidAngle;
        this.polarizationFactor = polarizationFactor;
        this.polarizationAngleDegrees = polarizationAngleDegrees;
        this.dark = dark;
        this.darkVariance = darkVariance;
        this.flat = flat;
        this.mask = mask;
    }

    /** With the polarisation along the fast axis, and a dark that is one frame of Poisson counts. */
    public Corrections(
            boolean solidAngle,
            double polarizationFactor,
            float @Nullable [] dark,
            float @Nullable [] flat,
            boolean @Nullable [] mask) {
        this(solidAngle, polarizationFactor, 0, dark, null, flat, mask);
    }
}
