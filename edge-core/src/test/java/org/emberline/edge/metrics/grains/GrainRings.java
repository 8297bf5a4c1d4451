package org.emberline.edge.metrics.grains;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Rings of grains as the formula of the science report has them: Poisson grains, lognormal volumes, Poisson counts. */
final class GrainRings {
    static final int SECTORS = 360;
    static final double NET = 2000;
    static final double BACKGROUND = 500;

    private final SplittableRandom random;
    private final double volumeSigma;
    /** Grains' shares of a sector, its mean intensity being 1. */
    final double[] grains = new double[SECTORS];

    final double[] intensity = new double[SECTORS];
    final double[] variance = new double[SECTORS];

    GrainRings(long seed, double volumeSigma) {
        random = new SplittableRandom(seed);
        this.volumeSigma = volumeSigma;
    }

    /** kappa / n. */
    double expected(double perSector) {
        return Math.exp(volumeSigma * volumeSigma) / perSector;
    }

    /** New grains, so many to a sector in the mean, more where the texture is more. */
    void draw(double perSector, double[] texture) {
        for (int k = 0; k < SECTORS; k++) {
            grains[k] = 0;
            long count = poisson(perSector * texture[k]);
            for (long i = 0; i < count; i++) {
                grains[k] += Math.exp(volumeSigma * random.nextGaussian() - volumeSigma * volumeSigma / 2) / perSector;
            }
        }
    }

    /** Endlessly many grains. */
    void powder(double[] texture) {
        System.arraycopy(texture, 0, grains, 0, SECTORS);
    }

    /** The same grains elsewhere. */
    void turn(int sectors) {
        double[] before = grains.clone();
        for (int k = 0; k < SECTORS; k++) {
            grains[(k + sectors) % SECTORS] = before[k];
        }
    }

    /** One exposure of so many net counts: gross counts less a background measured on twice as many pixels. */
    void expose(double net) {
        for (int k = 0; k < SECTORS; k++) {
            long gross = poisson(net * grains[k] + BACKGROUND);
            long aside = poisson(2 * BACKGROUND);
            intensity[k] = (gross - aside / 2.0) / net;
            variance[k] = (gross + aside / 4.0) / (net * net);
        }
    }

    static double[] flat() {
        double[] flat = new double[SECTORS];
        Arrays.fill(flat, 1);
        return flat;
    }

    /** By multiplication for small means, otherwise the sum of two halves; a normal variable beyond 500. */
    private long poisson(double mean) {
        if (mean > 500) {
            return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        if (mean > 50) {
            return poisson(mean / 2) + poisson(mean / 2);
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        long count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
