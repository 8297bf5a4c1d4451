package org.emberline.edge.metrics.lattice;

import org.emberline.edge.metrics.pattern.Pattern;
import org.emberline.edge.metrics.pattern.PseudoVoigt;

/**
 * Fits all reflections of a phase around the positions that a cell predicts. Neighbours too near for windows of their own share
 * one; the tails of all others, as far as they are known from the pass before, are taken off the data first.
 */
final class PeakFits {
    /** Net area over its sigma from which a reflection counts as found. */
    static final double SIGNIFICANT = 5;

    /** Significance on the map from which a position is worth fitting. */
    private static final double VISIBLE = 4;

    /** Significance from which a peak can tell its own width and shape. */
    private static final double SHAPELY = 20;

    private static final double WINDOW_WIDTHS = 4;
    private static final double JOIN_WIDTHS = 5;
    private static final double MIN_WINDOW_BINS = 4;

    private final PeakTable table;
    private final int[] order;
    private final WindowFit window;
    private final PseudoVoigt profile = new PseudoVoigt();
    private double width;
    private double eta;
    private boolean converged;

    PeakFits(PeakTable table, Pattern pattern) {
        this.table = table;
        order = new int[table.size];
        window = new WindowFit(pattern.bins, pattern.binWidth);
    }

    /** Forgets the frame before; widths are guessed from the tallest reflection that the cell predicts. */
    void begin(Pattern pattern, SignificanceMap map, Cell cell) {
        table.predict(cell);
        int tallest = -1;
        for (int i = 0; i < table.size; i++) {
            int bin = pattern.nearestBin(table.predicted[i]);
            double visible = Math.max(
                    map.at(bin), Math.max(map.at(Math.max(0, bin - 1)), map.at(Math.min(pattern.bins - 1, bin + 1))));
            table.found[i] = false;
            table.free[i] = visible > VISIBLE;
            table.significance[i] = visible;
            tallest = tallest < 0 || visible > table.significance[tallest] ? i : tallest;
        }
        width = PeakWidth.guess(pattern, map, pattern.nearestBin(table.predicted[tallest]));
        eta = 0.5;
    }

    /** One pass over all windows; false when one of a visible reflection did not converge. */
    boolean pass(Pattern pattern, Cell cell, double tolerance) {
        table.predict(cell);
        int inRange = orderInRange(pattern);
        converged = true;
        int first = 0;
        while (first < inRange) {
            int last = first;
            while (last + 1 < inRange
                    && last + 1 - first < WindowFit.MAX_PEAKS
                    && predicted(last + 1) - predicted(last) < JOIN_WIDTHS * width) {
                last++;
            }
            fitGroup(pattern, first, last, inRange, tolerance);
            first = last + 1;
        }
        takeTypicalShape(pattern);
        return converged;
    }

    /** The typical width of a peak, 1/ångström. */
    double width() {
        return width;
    }

    private double predicted(int rank) {
        return table.predicted[order[rank]];
    }

    /** Sorts the reflections on the axis by position. */
    private int orderInRange(Pattern pattern) {
        double margin = Math.max(2 * width, MIN_WINDOW_BINS * pattern.binWidth);
        double upper = pattern.lower + pattern.bins * pattern.binWidth;
        int n = 0;
        for (int i = 0; i < table.size; i++) {
            double q = table.predicted[i];
            table.inRange[i] = q - margin >= pattern.lower && q + margin <= upper;
            if (table.inRange[i]) {
                int place = n++;
                while (place > 0 && predicted(place - 1) > q) {
                    order[place] = order[place - 1];
                    place--;
                }
                order[place] = i;
            } else {
                table.found[i] = false;
            }
        }
        return n;
    }

    private void fitGroup(Pattern pattern, int first, int last, int inRange, double tolerance) {
        double reach = Math.max(WINDOW_WIDTHS * width, MIN_WINDOW_BINS * pattern.binWidth);
        double from = predicted(first) - reach;
        double to = predicted(last) + reach;
        if (first > 0) {
            from = Math.max(from, 0.5 * (predicted(first - 1) + predicted(first)));
        }
        if (last + 1 < inRange) {
            to = Math.min(to, 0.5 * (predicted(last) + predicted(last + 1)));
        }
        window.begin(from, to);
        for (int bin = pattern.nearestBin(from); bin <= pattern.nearestBin(to); bin++) {
            if (pattern.usable[bin]) {
                double q = pattern.centre(bin);
                double tails = tails(q, pattern.binWidth, first, last, inRange);
                window.addBin(q, pattern.intensity[bin] - tails, pattern.variance[bin]);
            }
        }
        boolean visible = false;
        double best = 0;
        for (int rank = first; rank <= last; rank++) {
            int i = order[rank];
            window.addPeak(table.predicted[i], table.free[i]);
            visible |= table.free[i];
            best = Math.max(best, table.significance[i]);
        }
        boolean fitted = window.fit(width, eta, best > SHAPELY, tolerance);
        converged &= fitted || !visible;
        for (int rank = first; rank <= last; rank++) {
            record(order[rank], rank - first, fitted);
        }
    }

    /** What the peaks outside the group contribute at q. */
    private double tails(double q, double binWidth, int first, int last, int inRange) {
        double sum = 0;
        for (int rank = 0; rank < inRange; rank++) {
            int i = order[rank];
            if ((rank < first || rank > last) && table.found[i]) {
                profile.average(q - table.position[i], table.width[i], table.eta[i], binWidth);
                sum += table.area[i] * profile.value;
            }
        }
        return sum;
    }

    private void record(int i, int peak, boolean fitted) {
        double areaSigma = fitted ? window.areaSigma(peak) : Double.NaN;
        double significance = fitted ? window.area(peak) / areaSigma : 0;
        boolean significant = significance > SIGNIFICANT && Double.isFinite(significance);
        double positionSigma = significant && table.free[i] ? window.positionSigma(peak) : Double.NaN;
        table.found[i] = positionSigma > 0 && positionSigma < window.width() && window.isPositionInside(peak);
        table.free[i] = significant;
        table.significance[i] = significant ? significance : 0;
        table.position[i] = window.position(peak);
        table.positionSigma[i] = positionSigma;
        table.area[i] = window.area(peak);
        table.width[i] = window.width();
        table.eta[i] = window.eta();
    }

    private void takeTypicalShape(Pattern pattern) {
        double sum = 0;
        double widths = 0;
        double etas = 0;
        for (int i = 0; i < table.size; i++) {
            if (table.found[i] && table.significance[i] > SHAPELY) {
                double weight = Math.min(table.significance[i], 10 * SHAPELY);
                sum += weight;
                widths += weight * table.width[i];
                etas += weight * table.eta[i];
            }
        }
        if (sum > 0) {
            width = Math.max(widths / sum, pattern.binWidth);
            eta = etas / sum;
        }
    }
}
