package org.emberline.edge.sync;

/** The usual time between two exposures: the median of the latest intervals, bounces left out. One thread; no allocation. */
final class Spacing {
    private static final int INTERVALS = 15;

    private final double[] sorted = new double[INTERVALS];
    private double nanos;

    /**
     * Looks at the newest exposures of the book.
     *
     * @param exposure length of an exposure, which no interval is shorter than: what is taken while there is no second one
     */
    void measure(ExposureBook book, long exposure) {
        int count = 0;
        long later = -1;
        for (long position = book.end() - 1; position >= book.first() && count < INTERVALS; position--) {
            if (book.bounce(position)) {
                continue;
            }
            if (later >= 0 && book.stamp(later) > book.stamp(position)) {
                insert((double) (book.stamp(later) - book.stamp(position)), count++);
            }
            later = position;
        }
        nanos = count > 0 ? sorted[(count - 1) / 2] : Math.max(exposure, 1);
    }

    private void insert(double interval, int count) {
        int at = count;
        while (at > 0 && sorted[at - 1] > interval) {
            sorted[at] = sorted[at - 1];
            at--;
        }
        sorted[at] = interval;
    }

    /** Nanoseconds, at least one. */
    double nanos() {
        return nanos;
    }
}
