package org.emberline.edge.metrics.pattern;

import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reduction;

/** The pattern of the frame at hand, in 1/ångström, with the bins that cannot be used marked. Made once, loaded frame by frame. */
public final class Pattern {
    public final int bins;
    /** Lower edge of the first bin and width of each, 1/ångström. */
    public final double lower;

    public final double binWidth;
    public final double[] intensity;
    public final double[] variance;
    public final boolean[] usable;
    /** Where the intensity of a bin is that of the pattern, 1/ångström. */
    final double[] place;

    /** @param axis an axis in q */
    public Pattern(RadialAxis axis) {
        this(PatternBins.centred(axis));
    }

    /** @param of bins in q */
    public Pattern(PatternBins of) {
        RadialAxis axis = of.axis();
        double perAngstrom = axis.unit() == RadialUnit.Q_PER_NANOMETRE ? 0.1 : 1;
        bins = axis.bins();
        lower = axis.lower() * perAngstrom;
        binWidth = axis.binWidth() * perAngstrom;
        intensity = new double[bins];
        variance = new double[bins];
        usable = new boolean[bins];
        place = new double[bins];
        for (int i = 0; i < bins; i++) {
            place[i] = perAngstrom * of.places()[i];
        }
    }

    public double centre(int bin) {
        return lower + (bin + 0.5) * binWidth;
    }

    /** The bin that holds q, or -1. */
    public int binOf(double q) {
        double position = (q - lower) / binWidth;
        return position >= 0 && position < bins ? (int) position : -1;
    }

    /** The bin that holds q, or the first or last one. */
    public int nearestBin(double q) {
        return (int) Math.clamp((q - lower) / binWidth, 0.0, bins - 1.0);
    }

    /**
     * Takes over a reduction. A bin without pixels, or with an intensity or sigma that is no number, is not usable. A sigma of 0
     * is what √N gives for a bin without a single count; its honest uncertainty is that of one count, whose size per pixel is
     * known from the other bins: with corrections of mean factor f, sigma² · count / intensity = f.
     *
     * @return number of usable bins
     */
    public int load(Reduction reduction) {
        double[] sigma = reduction.sigma();
        double[] count = reduction.count();
        double[] newIntensity = reduction.intensity();
        double factor = oneCount(newIntensity, sigma, count);
        int usableBins = 0;
        for (int i = 0; i < bins; i++) {
            double error = sigma[i] == 0 ? factor / count[i] : sigma[i];
            intensity[i] = newIntensity[i];
            variance[i] = error * error;
            usable[i] =
                    count[i] > 0 && Double.isFinite(intensity[i]) && variance[i] > 0 && Double.isFinite(variance[i]);
            usableBins += usable[i] ? 1 : 0;
        }
        return usableBins;
    }

    /** Mean corrected counts that one raw count stands for; 0 or NaN where the pattern does not tell. */
    private double oneCount(double[] newIntensity, double[] sigma, double[] count) {
        double squares = 0;
        double sum = 0;
        for (int i = 0; i < bins; i++) {
            if (count[i] > 0 && sigma[i] > 0 && newIntensity[i] > 0) {
                squares += sigma[i] * sigma[i] * count[i];
                sum += newIntensity[i];
            }
        }
        return squares / sum;
    }
}
