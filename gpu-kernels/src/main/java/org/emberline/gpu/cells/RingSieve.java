package org.emberline.gpu.cells;

import java.util.Arrays;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.RingFilter;

/**
 * Makes the pattern anew from the cells of each ring that a {@link RingFilter} keeps. Under the error model "azimuthal" sigma is then
 * the scatter of the kept cells about their mean, otherwise it is propagated from theirs.
 */
final class RingSieve {
    private final RingFilter filter;
    private final boolean scatter;
    private final int bins;
    private final int sectors;
    private final Tally cells;
    private final double[] signals;
    private final double[] variances;
    private final boolean[] kept;
    private final double[] sorted;

    RingSieve(IntegrationPlan plan, CellConstants constants) {
        filter = plan.sectors().filter();
        scatter = plan.errorModel() == ErrorModel.AZIMUTHAL;
        bins = plan.axis().bins();
        sectors = plan.sectors().axis().sectors();
        cells = constants.cells();
        signals = new double[bins * sectors];
        variances = new double[bins * sectors];
        kept = new boolean[sectors];
        sorted = new double[sectors];
    }

    /** Keeps the sums of a sector; different sectors by different threads. */
    void keep(int sector, SectorSums row) {
        int first = sector * bins;
        for (int b = 0; b < bins; b++) {
            signals[first + b] = row.raw[b] - cells.dark[first + b];
            variances[first + b] = Math.max(row.second[b], cells.oneCount[first + b]) + cells.darkVariance[first + b];
        }
    }

    /** Writes intensity, sigma, deviation and count of every bin. */
    void pattern(double monitor, Reduction into) {
        for (int b = 0; b < bins; b++) {
            int filled = 0;
            for (int s = 0; s < sectors; s++) {
                kept[s] = !Double.isNaN(cells.inverse[s * bins + b]);
                filled += kept[s] ? 1 : 0;
            }
            if (filled > 0) {
                sift(b, filled);
                write(b, monitor, into);
            }
        }
    }

    private void sift(int bin, int filled) {
        switch (filter) {
            case RingFilter.None() -> {}
            case RingFilter.SigmaClip(double threshold, int iterations) -> clip(bin, filled, threshold, iterations);
            case RingFilter.Quantiles(double lower, double upper) -> quantiles(bin, filled, lower, upper);
        }
    }

    private double value(int bin, int sector) {
        int cell = sector * bins + bin;
        return signals[cell] * cells.inverse[cell];
    }

    private void clip(int bin, int filled, double threshold, int iterations) {
        int left = filled;
        for (int i = 0; i < iterations && left > 2; i++) {
            double mean = mean(bin);
            double limit = threshold * scatter(bin, mean);
            int before = left;
            for (int s = 0; s < sectors; s++) {
                if (kept[s] && Math.abs(value(bin, s) - mean) > limit) {
                    kept[s] = false;
                    left--;
                }
            }
            if (left == before) {
                return;
            }
        }
    }

    private double mean(int bin) {
        double signal = 0;
        double norm = 0;
        for (int s = 0; s < sectors; s++) {
            if (kept[s]) {
                signal += signals[s * bins + bin];
                norm += cells.normalisation[s * bins + bin];
            }
        }
        return signal / norm;
    }

    /** Standard deviation of the kept cells, weighted by their normalisation. */
    private double scatter(int bin, double mean) {
        double squares = 0;
        double norm = 0;
        for (int s = 0; s < sectors; s++) {
            if (kept[s]) {
                double off = value(bin, s) - mean;
                double weight = cells.normalisation[s * bins + bin];
                squares += weight * off * off;
                norm += weight;
            }
        }
        return Math.sqrt(squares / norm);
    }

    /** Keeps the cells whose values lie between the two quantiles, always at least the nearest. */
    private void quantiles(int bin, int filled, double lower, double upper) {
        int count = 0;
        for (int s = 0; s < sectors; s++) {
            if (kept[s]) {
                sorted[count++] = value(bin, s);
            }
        }
        Arrays.sort(sorted, 0, filled);
        double least = sorted[(int) Math.floor(lower * (filled - 1))];
        double most = sorted[(int) Math.ceil(upper * (filled - 1))];
        for (int s = 0; s < sectors; s++) {
            double value = kept[s] ? value(bin, s) : Double.NaN;
            kept[s] = value >= least && value <= most;
        }
    }

    private void write(int bin, double monitor, Reduction into) {
        double signal = 0;
        double variance = 0;
        double norm = 0;
        double normSquare = 0;
        double weightSquare = 0;
        double count = 0;
        for (int s = 0; s < sectors; s++) {
            if (kept[s]) {
                int cell = s * bins + bin;
                signal += signals[cell];
                variance += variances[cell];
                norm += cells.normalisation[cell];
                normSquare += cells.normalisationSquare[cell];
                weightSquare += cells.normalisation[cell] * cells.normalisation[cell];
                count += cells.count[cell];
            }
        }
        double mean = signal / norm;
        double error = scatter ? scattered(bin, mean, weightSquare / (norm * norm)) : Math.sqrt(variance) / norm;
        into.intensity()[bin] = mean / monitor;
        into.count()[bin] = count;
        if (!Double.isNaN(into.sigma()[bin]) || scatter) {
            into.sigma()[bin] = error / monitor;
            into.deviation()[bin] = error / monitor * norm / Math.sqrt(normSquare);
        }
    }

    /** Standard error from the scatter of the kept cells, weights w = V1: sqrt(sum w^2 (x - mean)^2 / (1 - sum w^2 / (sum w)^2)) / sum w. */
    private double scattered(int bin, double mean, double concentration) {
        double squares = 0;
        double norm = 0;
        for (int s = 0; s < sectors; s++) {
            if (kept[s]) {
                double weight = cells.normalisation[s * bins + bin];
                double off = weight * (value(bin, s) - mean);
                squares += off * off;
                norm += weight;
            }
        }
        double freedom = 1 - concentration;
        return freedom > 1e-9 ? Math.sqrt(squares / freedom) / norm : Double.NaN;
    }
}
