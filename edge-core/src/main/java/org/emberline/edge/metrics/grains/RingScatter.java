package org.emberline.edge.metrics.grains;

import java.util.Arrays;
import org.emberline.edge.metrics.pattern.NormalEquations;

/**
 * The scatter of a ring's intensity from sector to sector, beyond counting and texture. One thread; allocates only when made.
 *
 * <pre>
 *   ε² = [ Σ (y - T)²/T - (n - p) v ] / (n - p c)
 * </pre>
 *
 * <p>y is the intensity of a sector over the mean of all n, T the texture: 1 and p - 1 terms cos 2jη, sin 2jη, j up to {@value #ORDERS},
 * v the mean Poisson variance. Where texture gathers grains there are more of them, hence 1/T. Spots reach over the edges of sectors: the p
 * slow terms take more than their share of such scatter, c = 1 + 2ρ of it, ρ the correlation of neighbours. Everything is weighted
 * alike, so that a mean is a mean: spots are what is measured, and no outliers.
 */
public final class RingScatter {
    /** Cosine terms of the texture curve. */
    static final int ORDERS = 4;

    private static final int TERMS = 1 + 2 * ORDERS;
    /** Sectors for each cosine term: fewer do not tell it from grains. */
    private static final int SECTORS_PER_ORDER = 16;
    /** Fewest sectors of which a scatter is taken. */
    static final int FEWEST = 16;
    /** A texture curve is not followed below. */
    private static final double LEAST_TEXTURE = 0.1;

    private static final double LEAST_AMPLITUDE = 0.05;
    /** Ratio of variances, eight terms against seventy sectors or more, that chance exceeds once in 10⁵ frames or so. */
    private static final double SIGNIFICANT = 6;

    private static final double SPOT = 5;
    private static final double MAD_SIGMAS = 1.4826;
    /** Two neighbours cannot share more than this of their spots. */
    private static final double MOST_SHARED = 0.5;

    private final double tails;
    private final double[][] basis;
    private final double[] fluctuation;
    private final double[] texture;
    private final boolean[] used;
    private final double[] sorted;
    private final double[] row = new double[TERMS];
    private final double[] solution = new double[TERMS];
    private final boolean[] held = new boolean[TERMS];
    private final NormalEquations equations = new NormalEquations(TERMS);

    private int count;
    private int terms;
    private double mean;
    private double poisson;
    private double total;
    private double graininess;
    private double shared;
    private boolean textured;
    private int spots;

    /**
     * @param sectors of the full circle, from -180 degrees
     * @param volumeSigma standard deviation of ln V of the grains' volumes
     */
    public RingScatter(int sectors, double volumeSigma) {
        double kappa = Math.exp(volumeSigma * volumeSigma);
        tails = kappa * kappa * kappa - 4 * kappa + 4;
        basis = new double[sectors][TERMS];
        fluctuation = new double[sectors];
        texture = new double[sectors];
        used = new boolean[sectors];
        sorted = new double[sectors];
        for (int k = 0; k < sectors; k++) {
            double azimuth = 2 * Math.PI * ((k + 0.5) / sectors - 0.5);
            basis[k][0] = 1;
            for (int j = 1; j <= ORDERS; j++) {
                basis[k][2 * j - 1] = Math.cos(2 * j * azimuth);
                basis[k][2 * j] = Math.sin(2 * j * azimuth);
            }
        }
    }

    /**
     * Looks at one ring.
     *
     * @param intensity by sector, on any scale; NaN in sectors that are not to be used
     * @param variance their Poisson variances
     * @return whether there is anything to be said
     */
    public boolean look(double[] intensity, double[] variance) {
        count = 0;
        double sum = 0;
        for (int k = 0; k < intensity.length; k++) {
            used[k] = Double.isFinite(intensity[k]) && variance[k] >= 0 && variance[k] < Double.POSITIVE_INFINITY;
            if (used[k]) {
                count++;
                sum += intensity[k];
            }
        }
        mean = sum / count;
        if (count < FEWEST || !(mean > 0) || !fitTexture(intensity)) {
            return false;
        }
        scatter(intensity, variance);
        neighbours();
        double slow = terms * (1 + 2 * shared);
        graininess = (total - (count - terms) * poisson) / (count - slow);
        readTexture();
        countSpots();
        return Double.isFinite(graininess);
    }

    private boolean fitTexture(double[] intensity) {
        terms = 1 + 2 * Math.min(ORDERS, count / SECTORS_PER_ORDER);
        Arrays.fill(held, false);
        Arrays.fill(held, terms, TERMS, true);
        equations.clear(TERMS);
        for (int k = 0; k < intensity.length; k++) {
            if (used[k]) {
                System.arraycopy(basis[k], 0, row, 0, TERMS);
                equations.add(row, intensity[k] / mean, 1);
            }
        }
        if (!equations.factorise(0, held)) {
            return false;
        }
        equations.solve(solution);
        for (int k = 0; k < texture.length; k++) {
            double curve = 0;
            for (int i = 0; i < terms; i++) {
                curve += solution[i] * basis[k][i];
            }
            texture[k] = Math.max(LEAST_TEXTURE, curve);
        }
        return true;
    }

    private void scatter(double[] intensity, double[] variance) {
        total = 0;
        poisson = 0;
        for (int k = 0; k < texture.length; k++) {
            fluctuation[k] = 0;
            if (used[k]) {
                double root = Math.sqrt(texture[k]);
                fluctuation[k] = (intensity[k] / mean - texture[k]) / root;
                total += fluctuation[k] * fluctuation[k];
                poisson += variance[k] / (mean * mean * texture[k]) / count;
            }
        }
    }

    /** The correlation of what two neighbours have beyond counting; what the texture curve has taken is put back. */
    private void neighbours() {
        double products = 0;
        int pairs = 0;
        int n = texture.length;
        for (int k = 0; k < n; k++) {
            int next = (k + 1) % n;
            if (used[k] && used[next]) {
                products += fluctuation[k] * fluctuation[next];
                pairs++;
            }
        }
        double excess = total / (count - terms) - poisson;
        double lost = excess * terms / count;
        double correlation = pairs == 0 ? 0 : (products / pairs + lost) / (excess + lost);
        shared = excess > noise() ? Math.clamp(correlation, 0, MOST_SHARED) : 0;
    }

    private void readTexture() {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        double squares = 0;
        for (int k = 0; k < texture.length; k++) {
            if (used[k]) {
                least = Math.min(least, texture[k]);
                greatest = Math.max(greatest, texture[k]);
                squares += (texture[k] - 1) * (texture[k] - 1);
            }
        }
        double amplitude = (greatest - least) / 2;
        double chance = Math.max(total / (count - terms), 1e-12) * (1 + 2 * shared);
        double explained = terms > 1 ? squares / (terms - 1) : 0;
        textured = amplitude > LEAST_AMPLITUDE && explained > SIGNIFICANT * chance;
    }

    private void countSpots() {
        double median = median(Double.NaN);
        double deviation = median(median) * MAD_SIGMAS;
        spots = 0;
        for (int k = 0; k < texture.length; k++) {
            if (used[k] && fluctuation[k] - median > SPOT * deviation) {
                spots++;
            }
        }
    }

    /** Median of the distances from a value; of the values themselves for NaN. */
    private double median(double from) {
        int n = 0;
        for (int k = 0; k < texture.length; k++) {
            if (used[k]) {
                sorted[n++] = Double.isNaN(from) ? fluctuation[k] : Math.abs(fluctuation[k] - from);
            }
        }
        Arrays.sort(sorted, 0, n);
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    /** ε², the variance of a sector's intensity over its square, without counting and texture; below 0 where noise says so. */
    public double graininess() {
        return graininess;
    }

    /**
     * Sigma of {@link #graininess}. With u the variance of counting over ε², ρ the correlation of neighbours and κ = exp(σ²) for lognormal
     * volumes
     *
     * <pre>
     *   n var ε² / ε⁴ = 2(1+u)² + 4ρ² + ε² (1+2ρ) (κ³ - 4κ + 4)
     * </pre>
     *
     * <p>The last part is of few grains: the fourth cumulant of their variance, less what large grains bring to variance and mean at once.
     */
    public double sigma() {
        double grains = Math.max(0, graininess);
        double gauss = 2 * Math.pow(grains + poisson, 2) + 4 * Math.pow(grains * shared, 2);
        double few = grains * grains * grains * tails * (1 + 2 * shared);
        return Math.sqrt((gauss + few) / (count - terms));
    }

    /** What sigma would be without grains: what counting alone makes of ε² = 0. */
    public double noise() {
        return poisson * Math.sqrt(2.0 / (count - terms));
    }

    /** Mean Poisson variance of a sector's intensity over its square. */
    double poisson() {
        return poisson;
    }

    /** Sectors that took part, less the texture's terms. */
    int degrees() {
        return count - terms;
    }

    /** Sectors that took part. */
    public int sectors() {
        return count;
    }

    /** Correlation of neighbours beyond counting, 0 to 0.5. */
    double shared() {
        return shared;
    }

    /** Departure of each sector's intensity from the texture curve, over the curve's root; 0 where {@link #isUsed} says no. */
    double[] fluctuation() {
        return fluctuation;
    }

    boolean isUsed(int sector) {
        return used[sector];
    }

    /** Mean intensity of the sectors. */
    public double mean() {
        return mean;
    }

    /** Whether the texture curve is none of chance, and above 5 %. */
    public boolean isTextured() {
        return textured;
    }

    /** Sectors that stand out by more than five standard deviations, as the median deviation tells them. */
    public int spots() {
        return spots;
    }
}
