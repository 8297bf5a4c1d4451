package org.emberline.edge.reduce;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.PatternPoints;
import org.emberline.edge.frame.Stage;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.Reduction;

/**
 * Brings measured patterns ({@link PatternPoints}) onto the axis of the run.
 *
 * <p>A point stands for a cell that reaches half way to its neighbours, the first and last for one symmetric about them. A bin has the
 * mean of the cells that it overlaps, weighted by overlap, so that the integral of the intensity over the axis is kept. A step more than
 * {@value #GAP} times as long as the shorter one beside it is a gap: nothing is known of its middle. A bin that no cell reaches is empty.
 *
 * <p>A point in several bins is taken for a Poisson number dealt out among them: a bin with overlaps o of cells w has the variance
 * {@code sum(o w s^2) / sum(o)^2}. Bins may then be treated as independent, as all that fits them does: the variance of any sum of whole
 * cells is that of the points. For the marginal variance, {@code sum(o^2 s^2) / sum(o)^2}, that would not be so: it knows nothing of what
 * neighbours have in common.
 *
 * <p>The count of a bin is the sum of the cells' shares, each times the pixels of its point. The frame's total is the sum of the points'
 * intensities times their pixels, and its valid pixels are the measured points.
 */
public final class PatternReduceStage implements Stage {
    private static final double GAP = 3;
    /** Overlaps below this share of a bin are edges meant to be the same. */
    private static final double SLIVER = 1e-10;

    private final RadialAxis axis;
    private final double[] overlap;
    private final double[] divisor;

    /** @param polarization what each bin's intensity is divided by, see {@link PatternPolarization}; one entry per bin */
    public PatternReduceStage(RadialAxis axis, double[] polarization) {
        if (polarization.length != axis.bins()) {
            throw new IllegalArgumentException("polarization=" + polarization.length + " bins=" + axis.bins());
        }
        this.axis = axis;
        overlap = new double[axis.bins()];
        divisor = polarization.clone();
    }

    @Override
    public void process(FrameSlot slot) {
        if (slot.has(FrameFlag.CORRUPT)) {
            return;
        }
        Reduction reduction = slot.reduction();
        begin(reduction);
        MemorySegment pixels = slot.pixels();
        int points = PatternPoints.points(pixels);
        double total = 0;
        int measured = 0;
        for (int i = 0; i < points; i++) {
            double count = PatternPoints.count(pixels, i);
            if (count > 0) {
                total += PatternPoints.intensity(pixels, i) * count;
                measured++;
                share(pixels, i, points, reduction);
            }
        }
        finish(reduction);
        reduction.frameTotals(total, measured, 0);
    }

    private void begin(Reduction reduction) {
        Arrays.fill(overlap, 0);
        Arrays.fill(reduction.intensity(), 0);
        Arrays.fill(reduction.sigma(), 0);
        Arrays.fill(reduction.count(), 0);
    }

    /** Adds a point to the sums: of o I in the intensities, of o w s^2 in the sigmas, of c o / w in the counts. */
    private void share(MemorySegment pixels, int point, int points, Reduction reduction) {
        double x = PatternPoints.x(pixels, point);
        double before = point == 0 ? Double.NaN : reach(pixels, point - 1, points);
        double after = point == points - 1 ? Double.NaN : reach(pixels, point, points);
        double lower = x - (point == 0 ? after : before);
        double upper = x + (point == points - 1 ? before : after);
        double width = upper - lower;
        double sigma = PatternPoints.sigma(pixels, point);
        double variance = sigma * sigma * width;
        int last = Math.min(axis.bins() - 1, bin(upper));
        for (int b = Math.max(0, bin(lower)); b <= last; b++) {
            double inside = Math.min(upper, edge(b + 1)) - Math.max(lower, edge(b));
            if (inside > SLIVER * axis.binWidth()) {
                overlap[b] += inside;
                reduction.intensity()[b] += inside * PatternPoints.intensity(pixels, point);
                reduction.sigma()[b] += inside * variance;
                reduction.count()[b] += inside / width * PatternPoints.count(pixels, point);
            }
        }
    }

    /** How far cells reach into the step that begins at a point. */
    private static double reach(MemorySegment pixels, int first, int points) {
        double step = step(pixels, first);
        double before = first == 0 ? Double.POSITIVE_INFINITY : step(pixels, first - 1);
        double after = first >= points - 2 ? Double.POSITIVE_INFINITY : step(pixels, first + 1);
        double beside = Math.min(before, after);
        return step > GAP * beside ? beside / 2 : step / 2;
    }

    private static double step(MemorySegment pixels, int first) {
        return PatternPoints.x(pixels, first + 1) - PatternPoints.x(pixels, first);
    }

    private int bin(double x) {
        return (int) Math.clamp(Math.floor((x - axis.lower()) / axis.binWidth()), -1.0, axis.bins());
    }

    private double edge(int bin) {
        return bin == axis.bins() ? axis.upper() : axis.lower() + bin * axis.binWidth();
    }

    private void finish(Reduction reduction) {
        double[] intensity = reduction.intensity();
        double[] sigma = reduction.sigma();
        for (int b = 0; b < overlap.length; b++) {
            if (overlap[b] > 0) {
                double perOverlap = 1 / (overlap[b] * divisor[b]);
                intensity[b] *= perOverlap;
                sigma[b] = Math.sqrt(sigma[b]) * perOverlap;
            } else {
                intensity[b] = Double.NaN;
                sigma[b] = Double.NaN;
            }
        }
    }
}
