package org.emberline.edge.metrics.imaging;

import org.emberline.gpu.imaging.ImageShape;

/** Maps of the metal and of the dopant from a set of energies. One thread; allocates nothing per set. */
final class Materials {
    /** A flat's drift is smooth over so many pixels. */
    private static final double DRIFT_SMOOTHNESS = 8;

    private final Decomposition decomposition;
    private final GaussianMean smoothing;
    private final float[] drift;
    private final float[] metal;
    private final float[] dopant;
    private final float[] sum;
    private double metalNoise;
    private double dopantNoise;
    private double wholeMetalNoise;
    private double wholeDopantNoise;

    Materials(ImageShape shape, Decomposition decomposition) {
        this.decomposition = decomposition;
        smoothing = new GaussianMean(shape, DRIFT_SMOOTHNESS);
        drift = new float[shape.pixels()];
        metal = new float[shape.pixels()];
        dopant = new float[shape.pixels()];
        sum = new float[shape.pixels()];
    }

    void solve(EnergySet set) {
        float[][] densities = set.densities();
        if (decomposition.tellsDrift()) {
            combine(densities, decomposition.drift(), drift);
            smoothing.of(drift, drift);
        }
        combine(densities, decomposition.metal(), metal);
        combine(densities, decomposition.dopant(), dopant);
        double metalPerDrift = total(decomposition.metal());
        double dopantPerDrift = total(decomposition.dopant());
        for (int i = 0; i < sum.length; i++) {
            metal[i] -= (float) (metalPerDrift * drift[i]);
            dopant[i] -= (float) (dopantPerDrift * drift[i]);
            double density = 0;
            for (float[] map : densities) {
                density += map[i] - drift[i];
            }
            sum[i] = (float) density;
        }
        metalNoise = Decomposition.sigma(decomposition.metal(), set.noise());
        dopantNoise = Decomposition.sigma(decomposition.dopant(), set.noise());
        wholeMetalNoise = Decomposition.sigma(decomposition.wholeMetal(), set.noise());
        wholeDopantNoise = Decomposition.sigma(decomposition.wholeDopant(), set.noise());
    }

    private static void combine(float[][] densities, double[] weights, float[] into) {
        for (int i = 0; i < into.length; i++) {
            double value = 0;
            for (int k = 0; k < weights.length; k++) {
                value += weights[k] * densities[k][i];
            }
            into[i] = (float) value;
        }
    }

    private static double total(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return sum;
    }

    /** Micrometres of dense layered oxide. The live array. */
    float[] metal() {
        return metal;
    }

    /** ug/cm2; without meaning when the energies cannot tell it. The live array. */
    float[] dopant() {
        return dopant;
    }

    /** Sum of the optical densities of all energies. The live array. */
    float[] sum() {
        return sum;
    }

    boolean tellsDopant() {
        return decomposition.tellsDopant();
    }

    boolean driftRemoved() {
        return decomposition.tellsDrift();
    }

    /** Standard deviation of a pixel of {@link #metal} in the empty field, micrometres. */
    double metalNoise() {
        return metalNoise;
    }

    /** Standard deviation of a pixel of {@link #dopant} in the empty field, ug/cm2. */
    double dopantNoise() {
        return dopantNoise;
    }

    /** What each pixel of the metal map adds to the variance of a sum over many is the square of this, micrometres. */
    double wholeMetalNoise() {
        return wholeMetalNoise;
    }

    /** Likewise of the dopant map, ug/cm2. */
    double wholeDopantNoise() {
        return wholeDopantNoise;
    }
}
