package org.emberline.gpu.imaging;

/**
 * Where the variance of an optical density comes from: raw, dark and flat are Poisson counts, {@code var(raw) = g raw}, dark and flat
 * being averages. With s = raw - dark and f = flat - dark, the flat of the frame's time being {@code (1 - w) before + w after},
 *
 * <pre>
 * var(OD) = g [ raw / s^2 + dark / darkFrames (1/s - 1/f)^2 + ((1 - w)^2 before + w^2 after) / flatFrames / f^2 ]
 * </pre>
 *
 * to first order; negative counts have no variance. Noise that all pixels share (the flat's scale) is not in it, nor is readout noise.
 *
 * @param countsPerPhoton g, variance of a pixel's counts over their mean; positive
 * @param darkFrames frames averaged into the dark; positive, infinite for a dark that is known exactly
 * @param flatFrames frames averaged into each flat, likewise
 */
public record PhotonNoise(double countsPerPhoton, double darkFrames, double flatFrames) {

    public PhotonNoise {
        if (!(countsPerPhoton > 0) || Double.isInfinite(countsPerPhoton)) {
            throw new IllegalArgumentException(
                    "counts per photon must be finite and positive counts_per_photon=" + countsPerPhoton);
        }
        if (!(darkFrames > 0) || !(flatFrames > 0)) {
            throw new IllegalArgumentException("numbers of averaged frames must be positive dark_frames=" + darkFrames
                    + " flat_frames=" + flatFrames);
        }
    }
}
