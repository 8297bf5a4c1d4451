package org.emberline.edge.metrics.grains;

import java.util.Arrays;
import java.util.List;
import org.emberline.edge.metrics.pattern.FitResult;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.Ring;
import org.emberline.gpu.RingBins;
import org.emberline.gpu.RingCounts;

/**
 * The intensity of one line sector by sector, from the counts of its strips and the fit of the whole pattern. One thread; allocates only
 * when made.
 *
 * <p>From each strip goes what the fit has there besides the line: background and other phases' lines. What is left on the line's flanks
 * says by how much this sector differs from that. The rest is held against what the line should have on the pixels that are there, so that
 * a sector of few pixels, or of pixels that happen to lie on the line's slope, is not taken for one of few grains. Where in its strip a
 * pixel lies is not known: what that makes on the line's slopes, {@code Σ (n²/pixels) Δ²/12}, n the strip's normalisation and Δ the line's
 * rise across it, is a variance to be taken off like that of counting.
 */
final class RingSectors {
    /** Share of the line's height down to which a strip belongs to it, and widths from its centre beyond which none does. */
    private static final double LOWEST = 0.01;

    private static final double PEAK_REACH = 1.3;
    private static final double FLANK_BEGIN = 2;
    private static final double FLANK_END = GrainStrips.REACH;
    /** Sectors seen to less, in parts of the middle one, have fewer grains than the others. */
    private static final double WHOLE = 0.7;
    /** Sum of the strips' width, in widths of the line, without which there is no background. */
    private static final double LEAST_FLANK = 0.5;

    /** Share of the line's height to which lines of others may come under it. */
    private static final double FOREIGN = 0.5;

    private final int[] first;
    private final int[] end;
    private final double[] centre;
    private final double stripWidth;
    private final double[] line;
    private final double[] rest;
    private final boolean[] isPeak;
    private final boolean[] isFlank;
    private final double[] seen;
    private final double[] intensity;
    private final double[] variance;
    private final double[] pixelNoise;
    private final double[] rise;
    private final double[] sorted;
    private double unevenness;

    RingSectors(List<Ring> strips, int sectors, RadialAxis axis, double unit) {
        int n = strips.size();
        first = new int[n];
        end = new int[n];
        centre = new double[n];
        line = new double[n];
        rest = new double[n];
        isPeak = new boolean[n];
        isFlank = new boolean[n];
        for (int s = 0; s < n; s++) {
            RingBins bins = RingBins.of(strips.get(s), axis);
            first[s] = bins.first();
            end[s] = bins.end();
            centre[s] = (axis.lower() + (first[s] + end[s]) / 2.0 * axis.binWidth()) / unit;
        }
        stripWidth = (end[0] - first[0]) * axis.binWidth() / unit;
        seen = new double[sectors];
        intensity = new double[sectors];
        variance = new double[sectors];
        pixelNoise = new double[sectors];
        rise = new double[n];
        sorted = new double[sectors];
    }

    /**
     * Reads one frame.
     *
     * @param area index of the line's area in the fit
     * @param q place of the line, 1/Å
     * @return whether the strips hold the line with a background
     */
    boolean read(Reduction reduction, FitResult fit, int area, double q) {
        double top = 0;
        double sum = 0;
        for (int s = 0; s < line.length; s++) {
            line[s] = 0;
            rest[s] = 0;
            for (int bin = first[s]; bin < end[s]; bin++) {
                double height = fit.heightOf(area, bin);
                line[s] += height / (end[s] - first[s]);
                rest[s] += (fit.fitted()[bin] - height) / (end[s] - first[s]);
            }
            top = Math.max(top, line[s]);
            sum += line[s];
        }
        // Area over height of a Gaussian is 1.064 of its width, and more where tails are long.
        double width = sum * stripWidth / top / 1.064;
        if (!(top > 0 && sum < Double.POSITIVE_INFINITY) || !choose(q, width, top)) {
            return false;
        }
        for (int s = 0; s < line.length; s++) {
            rise[s] = (line[Math.min(s + 1, line.length - 1)] - line[Math.max(s - 1, 0)]) / 2;
        }
        List<RingCounts> counts = reduction.rings();
        for (int k = 0; k < seen.length; k++) {
            sector(k, counts);
        }
        dropPartial();
        return true;
    }

    private boolean choose(double q, double width, double top) {
        int inner = 0;
        int peak = 0;
        int flank = 0;
        for (int s = 0; s < centre.length; s++) {
            double away = Math.abs(centre[s] - q) / width;
            isPeak[s] = away < PEAK_REACH && line[s] > LOWEST * top;
            isFlank[s] = !isPeak[s] && away > FLANK_BEGIN && away < FLANK_END;
            peak += isPeak[s] ? 1 : 0;
            flank += isFlank[s] ? 1 : 0;
            inner += isPeak[s] && centre[s] < q ? 1 : 0;
        }
        boolean isWhole = inner > 0 && inner < peak && !isPeak[0] && !isPeak[centre.length - 1];
        return isWhole && flank * stripWidth > LEAST_FLANK * width && isOwn(peak, flank);
    }

    /** Whether the ring is the line's and not that of another phase, whose grains scatter by themselves. */
    private boolean isOwn(int peak, int flank) {
        double own = 0;
        double others = 0;
        for (int s = 0; s < centre.length; s++) {
            own += isPeak[s] ? line[s] / peak : 0;
            others += isPeak[s] ? rest[s] / peak : 0;
            others -= isFlank[s] ? rest[s] / flank : 0;
        }
        return others < FOREIGN * own;
    }

    private void sector(int k, List<RingCounts> counts) {
        double net = 0;
        double noise = 0;
        double norm = 0;
        double expected = 0;
        double unknown = 0;
        double aside = 0;
        double asideNoise = 0;
        double asideNorm = 0;
        double asideExpected = 0;
        for (int s = 0; s < line.length; s++) {
            RingCounts strip = counts.get(s);
            double size = strip.normalisation()[k];
            if (size > 0 && isPeak[s]) {
                net += strip.net()[k] - size * rest[s];
                noise += strip.netVariance()[k];
                norm += size;
                expected += size * line[s];
                unknown += size * size * rise[s] * rise[s] / (12 * strip.pixels()[k]);
            } else if (size > 0 && isFlank[s]) {
                aside += strip.net()[k] - size * rest[s];
                asideNoise += strip.netVariance()[k];
                asideNorm += size;
                asideExpected += size * line[s];
            }
        }
        double ratio = norm / asideNorm;
        double share = expected - ratio * asideExpected;
        boolean isSeen = asideNorm > 0 && share > 0;
        seen[k] = isSeen ? share : 0;
        pixelNoise[k] = isSeen ? unknown / (share * share) : 0;
        intensity[k] = isSeen ? (net - ratio * aside) / share : Double.NaN;
        variance[k] = isSeen ? (noise + ratio * ratio * asideNoise) / (share * share) : Double.NaN;
    }

    private void dropPartial() {
        int n = 0;
        for (double size : seen) {
            if (size > 0) {
                sorted[n++] = size;
            }
        }
        Arrays.sort(sorted, 0, n);
        double usual = n == 0 ? 0 : sorted[n / 2];
        double sum = 0;
        int whole = 0;
        for (int k = 0; k < seen.length; k++) {
            if (seen[k] > WHOLE * usual) {
                sum += pixelNoise[k];
                variance[k] += pixelNoise[k];
                whole++;
            } else {
                intensity[k] = Double.NaN;
                variance[k] = Double.NaN;
            }
        }
        unevenness = sum / whole;
    }

    /** Of the line, over that of the fit; NaN in sectors that are not seen whole. The live array. */
    double[] intensity() {
        return intensity;
    }

    /** Variance of {@link #intensity} without grains: of counting, and of where pixels lie. */
    double[] variance() {
        return variance;
    }

    /** The mean part of {@link #variance} that is due to where pixels lie. */
    double unevenness() {
        return unevenness;
    }
}
