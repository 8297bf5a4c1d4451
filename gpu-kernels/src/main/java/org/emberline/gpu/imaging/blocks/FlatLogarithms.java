package org.emberline.gpu.imaging.blocks;

import java.util.Arrays;
import org.emberline.gpu.imaging.Flatfield;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.ImagingPlan;

/**
 * Per block the mean of {@code ln(flat - dark)} as a function of the fraction w between two flats, so that no frame has to read the flats.
 * With b and a the two flats less the dark, x = 2w - 1 and q = (sqrt(a) - sqrt(b)) / (sqrt(a) + sqrt(b)),
 *
 * <pre>
 * (1 - w) b + w a = C (1 + 2 q x + q^2),   C = a / (1 + q)^2
 * ln(1 + 2 q x + q^2) = 2 sum over k >= 1 of (-1)^(k+1) q^k T_k(x) / k
 * </pre>
 *
 * the generating function of the Chebyshev polynomials T_k (Abramowitz and Stegun 22.9.8). What is left out after {@value #TERMS} terms is
 * below {@code 2 |q|^(n+1) / ((n+1) (1 - |q|))}. Flats that are more than about 16 % apart are refused block by block: {@link #known}.
 */
public final class FlatLogarithms {
    /** Terms of the series where there are two flats. */
    public static final int TERMS = 5;

    private static final double LARGEST_REST = 1e-9;

    private final boolean[] known;
    private final double[] constant;
    private final float[][] coefficients;

    /** Of all blocks that consist of nothing but usable pixels. */
    public FlatLogarithms(ImagingPlan plan, UsablePixels usable) {
        ImageShape small = plan.smallShape();
        known = new boolean[small.pixels()];
        constant = new double[small.pixels()];
        // One flat holds for all fractions.
        coefficients = new float[plan.flatfield().after() == null ? 0 : TERMS][small.pixels()];
        double[] sums = new double[TERMS + 1];
        for (int block = 0; block < known.length; block++) {
            known[block] = usable.plain(block) && sum(plan, block, sums);
            int pixels = plan.factor() * plan.factor();
            constant[block] = sums[0] / pixels;
            for (int k = 0; k < coefficients.length; k++) {
                coefficients[k][block] = (float) (sums[k + 1] / pixels);
            }
        }
    }

    /** Whether the series is good enough for every pixel of the block. */
    private static boolean sum(ImagingPlan plan, int block, double[] sums) {
        Flatfield flatfield = plan.flatfield();
        int factor = plan.factor();
        int columns = plan.shape().columns();
        int smallColumns = plan.smallShape().columns();
        int first = block / smallColumns * factor * columns + block % smallColumns * factor;
        Arrays.fill(sums, 0);
        boolean good = true;
        for (int i = 0; i < factor * factor; i++) {
            int pixel = first + i / factor * columns + i % factor;
            double dark = flatfield.dark()[pixel];
            double before = flatfield.before()[pixel] - dark;
            double after = flatfield.last()[pixel] - dark;
            good &= add(before, after, sums);
        }
        return good;
    }

    private static boolean add(double before, double after, double[] sums) {
        double q = (Math.sqrt(after) - Math.sqrt(before)) / (Math.sqrt(after) + Math.sqrt(before));
        sums[0] += Math.log(after) - 2 * Math.log1p(q);
        double power = -2;
        for (int k = 1; k <= TERMS; k++) {
            power *= -q;
            sums[k] += power / k;
        }
        return Math.abs(power * q) / ((TERMS + 1) * (1 - Math.abs(q))) < LARGEST_REST;
    }

    /** Whether the mean of a block is known; others are to be done pixel by pixel. */
    public boolean known(int block) {
        return known[block];
    }

    /** The part of each block that is the same for all fractions. The live array. */
    public double[] constants() {
        return constant;
    }

    /** Terms of the series here: none where there is one flat. */
    public int terms() {
        return coefficients.length;
    }

    /** The factors of T_1 of all blocks, then those of T_2, and so on. */
    public float[] coefficients() {
        float[] all = new float[terms() * constant.length];
        for (int k = 0; k < terms(); k++) {
            System.arraycopy(coefficients[k], 0, all, k * constant.length, constant.length);
        }
        return all;
    }

    /** Writes the means of {@code count} blocks from block {@code first} on; without meaning where not {@link #known}. */
    public void means(int first, int count, double w, double[] into) {
        System.arraycopy(constant, first, into, 0, count);
        double x = 2 * w - 1;
        double previous = 1;
        double chebyshev = x;
        for (float[] coefficient : coefficients) {
            for (int i = 0; i < count; i++) {
                into[i] += chebyshev * coefficient[first + i];
            }
            double next = 2 * x * chebyshev - previous;
            previous = chebyshev;
            chebyshev = next;
        }
    }
}
