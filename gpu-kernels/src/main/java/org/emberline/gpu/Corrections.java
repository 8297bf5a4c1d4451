package org.emberline.gpu;

import org.jspecify.annotations.Nullable;

/**
 * What is corrected before binning, with pyFAI's semantics: {@code I = sum(raw - dark) / sum(flat * solidAngle * polarization)}.
 * The arrays are in the memory order of the frame, before any row flip, and are not copied: leave them alone after construction.
 *
 * @param solidAngle whether to divide by cos^3 of the angle between the pixel's direction and the detector normal
 * @param polarizationFactor pyFAI's factor in [-1, 1] (0.99 for a synchrotron), or NaN for no correction
 * @param dark dark counts per pixel, or null; a pixel with a dark that is not finite is masked
 * @param flat relative response per pixel, or null; a pixel with a response that is not finite and positive is masked
 * @param mask true = masked, or null
 */
public record Corrections(
        boolean solidAngle,
        double polarizationFactor,
        float @Nullable [] dark,
        float @Nullable [] flat,
        boolean @Nullable [] mask) {

    /** The commonest case: only the solid angle. */
    public static final Corrections SOLID_ANGLE = new Corrections(true, Double.NaN, null, null, null);

    // Written out, because checkers see the nullness of a compact constructor's arrays only within this module.
    public Corrections(
            boolean solidAngle,
            double polarizationFactor,
            float @Nullable [] dark,
            float @Nullable [] flat,
            boolean @Nullable [] mask) {
        if (polarizationFactor < -1 || polarizationFactor > 1) {
            throw new IllegalArgumentException(
                    "polarization factor must lie in [-1, 1] polarization=" + polarizationFactor);
        }
        this.solidAngle = solidAngle;
        this.polarizationFactor = polarizationFactor;
        this.dark = dark;
        this.flat = flat;
        this.mask = mask;
    }
}
