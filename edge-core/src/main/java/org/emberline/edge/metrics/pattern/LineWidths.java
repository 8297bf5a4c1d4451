package org.emberline.edge.metrics.pattern;

/**
 * How wide the narrow lines of a pattern are, read off at half their heights: what an instrument whose width nobody has calibrated cannot
 * be broader than. One thread; allocates only when made.
 */
final class LineWidths {
    private static final int MOST = 64;
    private static final int FEWEST = 3;
    /** Sigmas above its surroundings of a line that is looked at. */
    private static final double STANDS_OUT = 20;
    /** Bins to either side that a line may reach. */
    private static final int REACH = 60;
    /** Share of its height by which the feet of a line may differ: of more, it is the shoulder of another. */
    private static final double UNEVEN = 0.4;

    private static final double NARROW_SHARE = 0.25;

    private final Pattern pattern;
    private final Optics optics;
    private final double[] widths = new double[MOST];
    private int found;

    LineWidths(Pattern pattern, Optics optics) {
        this.pattern = pattern;
        this.optics = optics;
    }

    /** Lower quartile of the full widths at half maximum, in q at small angles, 1/Å; NaN with too few lines. */
    double narrow() {
        found = 0;
        for (int bin = 1; bin < pattern.bins - 1 && found < MOST; bin++) {
            if (isTop(bin)) {
                read(bin);
            }
        }
        return found < FEWEST ? Double.NaN : widths[(int) (NARROW_SHARE * found)];
    }

    private boolean isTop(int bin) {
        double[] y = pattern.intensity;
        return pattern.usable[bin - 1]
                && pattern.usable[bin]
                && pattern.usable[bin + 1]
                && y[bin] >= y[bin - 1]
                && y[bin] > y[bin + 1];
    }

    private void read(int top) {
        int left = foot(top, -1);
        int right = foot(top, 1);
        double[] y = pattern.intensity;
        double base = Math.max(y[left], y[right]);
        double height = y[top] - base;
        if (height < STANDS_OUT * Math.sqrt(pattern.variance[top]) || Math.abs(y[left] - y[right]) > UNEVEN * height) {
            return;
        }
        double half = base + height / 2;
        insert((crossing(top, 1, half) + crossing(top, -1, half))
                * pattern.binWidth
                / optics.cosine(pattern.centre(top)));
    }

    /** Where it ceases to fall, but for noise. */
    private int foot(int top, int step) {
        double[] y = pattern.intensity;
        int lowest = top;
        for (int i = 1; i <= REACH; i++) {
            int bin = top + i * step;
            if (bin < 0 || bin >= pattern.bins || !pattern.usable[bin]) {
                break;
            }
            double noise = 3 * Math.sqrt(pattern.variance[bin]);
            if (y[bin] > y[lowest] + noise) {
                break;
            }
            lowest = y[bin] < y[lowest] ? bin : lowest;
        }
        return lowest;
    }

    /** Bins from the top to half the height. */
    private double crossing(int top, int step, double half) {
        double[] y = pattern.intensity;
        int bin = top;
        while (y[bin + step] > half) {
            bin += step;
        }
        return Math.abs(bin - top) + (y[bin] - half) / (y[bin] - y[bin + step]);
    }

    private void insert(double width) {
        int at = found++;
        while (at > 0 && widths[at - 1] > width) {
            widths[at] = widths[at - 1];
            at--;
        }
        widths[at] = width;
    }
}
