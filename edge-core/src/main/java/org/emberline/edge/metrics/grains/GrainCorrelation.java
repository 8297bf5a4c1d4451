package org.emberline.edge.metrics.grains;

/**
 * Whether the grains of this frame are those of the one before: the correlation of what both have beyond counting and texture. One
 * thread; allocates only when made.
 *
 * <p>Its variance is that of a correlation of two normal variables with known noise on top: with u₁, u₂ the noise's variances over the
 * grains',
 *
 * <pre>
 *   N var ρ = (1+u₁)(1+u₂) + ρ² [1 + ((1+u₁)² + (1+u₂)²)/2 - 2(1+u₁) - 2(1+u₂)] + ρ⁴
 * </pre>
 *
 * <p>which is (1 - ρ²)² without noise, as Fisher's z has it, and 2u² for grains that stay. Neighbours that share spots leave fewer
 * independent sectors, N = n / (1 + 2ρ₁²).
 */
final class GrainCorrelation {
    /** How well two frames agree at best: what edges of pixels and the profile do is not quite the same in both. */
    private static final double FLOOR = 0.005;

    private final double[] before;
    private final boolean[] usedBefore;
    private double grainsBefore;
    private double poissonBefore;
    private boolean known;
    private double value;
    private double sigma;

    GrainCorrelation(int sectors) {
        before = new double[sectors];
        usedBefore = new boolean[sectors];
    }

    /** Forgets the frame before. */
    void forget() {
        known = false;
    }

    /** Whether there is a frame before. */
    boolean isKnown() {
        return known;
    }

    /** Compares with the frame before. */
    void compare(RingScatter now) {
        double products = 0;
        int both = 0;
        for (int k = 0; k < before.length; k++) {
            if (usedBefore[k] && now.isUsed(k)) {
                products += before[k] * now.fluctuation()[k];
                both++;
            }
        }
        double slow = now.sectors() - now.degrees();
        double grains = Math.sqrt(now.graininess() * grainsBefore);
        // What both have in common loses to the texture curve as much as graininess does.
        value = products / (both - slow * (1 + 2 * now.shared())) / grains;
        double u1 = 1 + now.poisson() / now.graininess();
        double u2 = 1 + poissonBefore / grainsBefore;
        double square = Math.min(1, value * value);
        double variance = u1 * u2 + square * (1 + (u1 * u1 + u2 * u2) / 2 - 2 * u1 - 2 * u2) + square * square;
        double shared = 1 + 2 * now.shared() * now.shared();
        sigma = Math.hypot(FLOOR, Math.sqrt(Math.max(0, variance) * shared / Math.max(1, both - slow)));
    }

    /** Keeps this frame for the next. */
    void keep(RingScatter now) {
        System.arraycopy(now.fluctuation(), 0, before, 0, before.length);
        for (int k = 0; k < before.length; k++) {
            usedBefore[k] = now.isUsed(k);
        }
        grainsBefore = now.graininess();
        poissonBefore = now.poisson();
        known = true;
    }

    /** 1 for grains that stay, 0 for others in their place. */
    double value() {
        return value;
    }

    double sigma() {
        return sigma;
    }
}
