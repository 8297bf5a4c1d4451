package org.emberline.gpu.imaging.maps;

/**
 * Areal mass of one element from optical densities below and above one of its absorption edges:
 *
 * <pre>
 * m = (OD2 - g OD1) / (mu/rho)
 * </pre>
 *
 * where g is the ratio of everything else's absorption at the two energies and mu/rho the element's step at the edge. For barium at 5.24 and
 * 5.255 keV in NMC532, g = 0.992 and mu/rho = 393 cm^2/g.
 *
 * @param background g, positive
 * @param step change of the element's mass absorption, cm^2/g, positive
 */
public record TwoEnergies(double background, double step) {

    public TwoEnergies {
        if (!(background > 0) || !(step > 0) || Double.isInfinite(background) || Double.isInfinite(step)) {
            throw new IllegalArgumentException(
                    "background ratio and absorption step must be finite and positive background=" + background
                            + " step=" + step);
        }
    }

    /**
     * Writes the mass in g/cm^2, NaN where one of the densities is.
     *
     * @param below optical density below the edge, registered to {@code above}
     * @param above optical density above the edge
     * @param into may be one of them
     */
    public void mass(float[] below, float[] above, float[] into) {
        requireSame(below.length, above.length, into.length);
        for (int i = 0; i < into.length; i++) {
            into[i] = (float) ((above[i] - background * below[i]) / step);
        }
    }

    /** Writes the variance of the mass, (g/cm^2)^2, from those of the densities. */
    public void variance(float[] below, float[] above, float[] into) {
        requireSame(below.length, above.length, into.length);
        for (int i = 0; i < into.length; i++) {
            into[i] = (float) ((above[i] + background * background * below[i]) / (step * step));
        }
    }

    private static void requireSame(int below, int above, int into) {
        if (below != above || below != into) {
            throw new IllegalArgumentException(
                    "maps of different sizes below=" + below + " above=" + above + " result=" + into);
        }
    }
}
