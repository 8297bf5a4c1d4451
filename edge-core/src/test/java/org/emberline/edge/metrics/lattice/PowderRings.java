package org.emberline.edge.metrics.lattice;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reduction;

/**
 * A generator of patterns from closed formulas that shares nothing with the code under test: pseudo-Voigt rings on a smooth
 * background, pixels as many as the ring is long, the mean over each bin by fine sums, Poisson counts.
 */
public final class PowderRings {
    private static final int PARTS = 20;

    public final RadialAxis axis;
    private final double toAngstrom;
    private final List<double[]> rings = new ArrayList<>();
    private double pixelsPerBinAtOne = 300;
    private double background = 20;
    private double brightness = 1;
    private double broadening;

    public PowderRings(RadialAxis axis) {
        this.axis = axis;
        toAngstrom = axis.unit() == RadialUnit.Q_PER_NANOMETRE ? 0.1 : 1;
    }

    public static PowderRings usual() {
        return new PowderRings(new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 1000, 0.5, 5.5));
    }

    /** Pixels in a bin at q = 1/ångström; grows with q. */
    public PowderRings pixels(double perBin) {
        pixelsPerBinAtOne = perBin;
        return this;
    }

    public PowderRings background(double countsPerPixel) {
        background = countsPerPixel;
        return this;
    }

    /** Factor on everything, ring and background: the exposure time. */
    public PowderRings brightness(double factor) {
        brightness = factor;
        return this;
    }

    /** Widths grow with q as {@code √(w² + (broadening q)²)}. */
    public PowderRings broadening(double perQ) {
        broadening = perQ;
        return this;
    }

    /** One ring at q (1/ångström) of that height in counts per pixel, full width and Lorentzian share. */
    public PowderRings ring(double q, double height, double fwhm, double eta) {
        rings.add(new double[] {q, height, Math.hypot(fwhm, broadening * q), eta});
        return this;
    }

    /** The lines of a layered oxide, indices and heights of a powder at 67 keV, faint ones left out. */
    public PowderRings layered(double a, double c, double height, double fwhm, double eta) {
        double[][] lines = {
            {0, 0, 3, 100}, {1, 0, 1, 45}, {0, 0, 6, 5}, {0, 1, 2, 14}, {1, 0, 4, 98}, {0, 1, 5, 17}, {0, 0, 9, 2},
            {1, 0, 7, 18}, {0, 1, 8, 28}, {1, 1, 0, 29}, {1, 1, 3, 19}, {0, 2, 1, 4}, {1, 0, 10, 7}, {1, 1, 6, 6},
            {0, 0, 12, 2}, {2, 0, 2, 2}, {0, 2, 4, 10}
        };
        for (double[] r : lines) {
            double square = 4.0 / 3 * (r[0] * r[0] + r[0] * r[1] + r[1] * r[1]) / (a * a) + r[2] * r[2] / (c * c);
            ring(2 * Math.PI * Math.sqrt(square), height * r[3] / 100, fwhm, eta);
        }
        return this;
    }

    /** The lines of ceria, Fm-3m. */
    public PowderRings ceria(double a, double height, double fwhm, double eta) {
        double[][] lines = {
            {3, 100}, {4, 27}, {8, 46}, {11, 34}, {12, 6}, {16, 6}, {19, 12}, {20, 7}, {24, 10}, {27, 8}, {32, 3}
        };
        for (double[] r : lines) {
            ring(2 * Math.PI * Math.sqrt(r[0]) / a, height * r[1] / 100, fwhm, eta);
        }
        return this;
    }

    /** The lines of a spinel, Fd-3m. */
    public PowderRings spinel(double a, double height, double fwhm, double eta) {
        double[][] lines = {
            {3, 12}, {8, 30}, {11, 100}, {12, 8}, {16, 20}, {24, 10}, {27, 42}, {32, 50}, {40, 3}, {43, 8}, {48, 3}
        };
        for (double[] r : lines) {
            ring(2 * Math.PI * Math.sqrt(r[0]) / a, height * r[1] / 100, fwhm, eta);
        }
        return this;
    }

    /** Mean counts per pixel at q, in 1/ångström. */
    public double density(double q) {
        double sum = background * (1 + 0.6 * Math.exp(-0.5 * Math.pow((q - 1.6) / 0.5, 2)) - 0.05 * q);
        for (double[] ring : rings) {
            double t = (q - ring[0]) / ring[2];
            double gauss = Math.pow(2, -4 * t * t);
            double lorentz = 1 / (1 + 4 * t * t);
            // Heights of the unit-area profiles differ: 2/(πw) and 2√(ln2/π)/w. ring[1] is the height of the mixture.
            double g = 2 * Math.sqrt(Math.log(2) / Math.PI) * (1 - ring[3]);
            double l = 2 / Math.PI * ring[3];
            sum += ring[1] * (g * gauss + l * lorentz) / (g + l);
        }
        return brightness * sum;
    }

    public double pixelsIn(int bin) {
        return Math.rint(pixelsPerBinAtOne * axis.centre(bin) * toAngstrom);
    }

    /** Mean over the pixels of the bin, which are spread as the area of the detector. */
    public double mean(int bin) {
        double sum = 0;
        double weights = 0;
        for (int part = 0; part < PARTS; part++) {
            double q = toAngstrom * (axis.lower() + (bin + (part + 0.5) / PARTS) * axis.binWidth());
            sum += q * density(q);
            weights += q;
        }
        return sum / weights;
    }

    public double[] means() {
        double[] means = new double[axis.bins()];
        for (int i = 0; i < means.length; i++) {
            means[i] = mean(i);
        }
        return means;
    }

    /** One frame with Poisson counts. */
    public Reduction frame(Random random) {
        return frame(means(), random);
    }

    /** One frame around means computed before. */
    public Reduction frame(double[] means, Random random) {
        Reduction reduction = new Reduction(axis.bins());
        double total = 0;
        double valid = 0;
        for (int i = 0; i < means.length; i++) {
            double pixels = pixelsIn(i);
            if (pixels > 0) {
                double counts = poisson(means[i] * pixels, random);
                set(reduction, i, counts / pixels, Math.sqrt(counts) / pixels, pixels);
                total += counts;
                valid += pixels;
            }
        }
        reduction.frameTotals(total, (long) valid, 0);
        return reduction;
    }

    /** One frame without noise, with the sigmas it would have. */
    public Reduction exactFrame() {
        double[] means = means();
        Reduction reduction = new Reduction(axis.bins());
        double valid = 0;
        for (int i = 0; i < means.length; i++) {
            double pixels = pixelsIn(i);
            if (pixels > 0) {
                set(reduction, i, means[i], Math.sqrt(means[i] / pixels), pixels);
                valid += pixels;
            }
        }
        reduction.frameTotals(1, (long) valid, 0);
        return reduction;
    }

    public static void set(Reduction reduction, int bin, double intensity, double sigma, double count) {
        reduction.intensity()[bin] = intensity;
        reduction.sigma()[bin] = sigma;
        reduction.count()[bin] = count;
    }

    /** Knuth's product below 60, above it the rounded normal, whose skewness is then below 0.13. */
    public static double poisson(double mean, Random random) {
        if (mean > 60) {
            return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int n = 0;
        while (product > limit) {
            product *= random.nextDouble();
            n++;
        }
        return n;
    }
}
