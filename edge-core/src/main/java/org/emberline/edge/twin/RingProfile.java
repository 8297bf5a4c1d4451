package org.emberline.edge.twin;

/**
 * Adds rings to a pattern on an even grid of 2theta. A ring is the pseudo-Voigt of Thompson, Cox and Hastings (J. Appl. Cryst. 20
 * (1987) 79). Immutable.
 */
final class RingProfile {
    /** Half widths at half maximum beyond which a Gaussian is below 1e-10 of its top. */
    private static final double GAUSSIAN_REACH = 6;

    private final int nodes;
    private final double step;

    /** @param stepRadians 2theta between two nodes */
    RingProfile(int nodes, double stepRadians) {
        this.nodes = nodes;
        step = stepRadians;
    }

    /**
     * Adds one ring.
     *
     * @param centre 2theta, radians; likewise the two widths, which are full widths at half maximum
     * @param area in 2theta
     * @param reach half widths up to which the tails go; they are lowered to end there without a step. Infinite for all of them
     */
    void add(double centre, double area, double gaussianFwhm, double lorentzianFwhm, double reach, double[] pattern) {
        double fwhm = fwhm(gaussianFwhm, lorentzianFwhm);
        double share = lorentzianFwhm / fwhm;
        double eta = share * (1.36603 - share * (0.47719 - share * 0.11116));
        double half = fwhm / 2;
        double lorentzian = area * eta / (Math.PI * half);
        double gaussian = area * (1 - eta) * Math.sqrt(Math.log(2) / Math.PI) / half;
        double perHalf = step / half;
        double centreInHalves = centre / half;
        double end = lorentzian / (1 + reach * reach);
        int tail = last(centre, reach * half);
        for (int i = first(centre, reach * half); i <= tail; i++) {
            double x = i * perHalf - centreInHalves;
            pattern[i] += lorentzian / (1 + x * x) - end;
        }
        int core = last(centre, GAUSSIAN_REACH * half);
        for (int i = first(centre, GAUSSIAN_REACH * half); i <= core; i++) {
            double x = i * perHalf - centreInHalves;
            pattern[i] += gaussian * Math.exp(-Math.log(2) * x * x);
        }
    }

    /** First node within a distance of a centre. */
    int first(double centre, double distance) {
        return (int) Math.max(0, Math.ceil((centre - distance) / step));
    }

    /** Last node within a distance of a centre. */
    int last(double centre, double distance) {
        return (int) Math.min(nodes - 1.0, Math.floor((centre + distance) / step));
    }

    private static double fwhm(double g, double l) {
        double sum = g
                        * (g * (g * (g * (g + 2.69269 * l) + 2.42843 * l * l) + 4.47163 * l * l * l)
                                + 0.07842 * l * l * l * l)
                + l * l * l * l * l;
        return Math.pow(sum, 0.2);
    }
}
