package org.emberline.edge.twin;

/**
 * What has no lines: scattering by air and electrons that falls smoothly with q, the halo of the holder and that of molten salt. Only
 * the melt belongs to the sample. Immutable.
 */
final class SmoothBackground {
    private static final double FLOOR = 0.4;
    private static final double DECAY = 1.5;
    /** Centre and standard deviation in q, 1/Angstrom. */
    private static final double HOLDER_CENTRE = 1.5;

    private static final double HOLDER_SIGMA = 0.3;
    private static final double MELT_CENTRE = 2.0;
    private static final double MELT_SIGMA = 0.25;

    private final double[] constant;
    private final double[] melt;

    SmoothBackground(
            SimulationSettings.Beam beam, PhaseSettings phases, int nodes, double stepRadians, double wavelength) {
        constant = new double[nodes];
        melt = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            double q = 4 * Math.PI * Math.sin(i * stepRadians / 2) / wavelength;
            constant[i] = beam.backgroundCounts() * (FLOOR + (1 - FLOOR) * Math.exp(-q / DECAY))
                    + phases.holderCounts() * halo(q, HOLDER_CENTRE, HOLDER_SIGMA);
            melt[i] = phases.meltCounts() * halo(q, MELT_CENTRE, MELT_SIGMA);
        }
    }

    private static double halo(double q, double centre, double sigma) {
        double x = (q - centre) / sigma;
        return Math.exp(-x * x / 2);
    }

    /** Overwrites a pattern with the background of so much molten salt. */
    void at(double moltenSalt, double volumeFactor, double[] pattern) {
        double factor = moltenSalt * volumeFactor;
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = constant[i] + factor * melt[i];
        }
    }
}
