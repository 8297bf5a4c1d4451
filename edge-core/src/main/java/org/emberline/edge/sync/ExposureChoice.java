package org.emberline.edge.sync;

/**
 * Chooses, of the open exposures near a predicted time, the one that needs the least to have gone wrong; see {@link TriggerMatcher} for
 * the cost. One thread; no allocation.
 */
final class ExposureChoice {
    private static final double BOUNCE = 12;
    /** Spreads beyond which a stamp is none of the exposure's. */
    static final double GATE = 5.5;

    private static final double BOUNCE_GATE = 2.5;
    private static final double SOON = 3;
    private static final double WIDEST = 8;
    private static final double NEAR = 0.4;
    private static final double MOST_EVENTS = 4;
    private static final double SURE = 4.6;
    /** An exposure's neighbour must be so many spreads away for a choice by time alone, and with numbers. */
    private static final double APART = 9;

    private static final double APART_WITH_NUMBERS = 4;

    private final ExposureBook book;
    private final Spacing usual;
    private double bestCost;
    private double secondCost;
    private long best;
    private int passed;
    private boolean ordinary;

    /** @param usual time between exposures, kept up by somebody else */
    ExposureChoice(ExposureBook book, Spacing usual) {
        this.book = book;
        this.usual = usual;
    }

    /**
     * Chooses among the exposures behind the latest one taken.
     *
     * @param predicted begin of the exposure, nanoseconds since the Unix epoch
     * @param spread standard deviation of a stamp about it
     * @param lost frames left out since then by their numbers, -1 without numbers
     * @param reach exposures within this time are taken, however small the spread is believed to be
     * @param tailed whether times far beyond the spread are to be expected, as those of arrivals
     * @return the position, or -1 when none is near enough
     */
    long choose(long predicted, double spread, int lost, double reach, boolean tailed) {
        bestCost = Double.POSITIVE_INFINITY;
        secondCost = Double.POSITIVE_INFINITY;
        best = -1;
        double alone = NEAR * usual.nanos();
        long window = (long) Math.max(WIDEST * spread, Math.max(reach, alone));
        long position = book.firstNotBefore(predicted - window, book.last() + 1);
        int between = book.exposuresBetween(book.last(), position);
        for (; position < book.end() && book.stamp(position) <= predicted + window; position++) {
            double residual = (book.stamp(position) - predicted) / spread;
            consider(position, residual * residual / 2, between, lost);
            between += book.bounce(position) ? 0 : 1;
        }
        if (best < 0) {
            return -1;
        }
        double distance = Math.abs((double) (book.stamp(best) - predicted));
        if (book.bounce(best)) {
            ordinary = false;
            return distance <= BOUNCE_GATE * spread ? best : -1;
        }
        // A frame may come late for many reasons, but none comes much sooner than usual.
        boolean tooSoon = tailed && book.stamp(best) - predicted > SOON * spread;
        ordinary = distance <= Math.max(GATE * spread, reach) && !tooSoon;
        return ordinary || ((tailed || passed == lost) && distance <= alone) ? best : -1;
    }

    private void consider(long position, double residualCost, int between, int lost) {
        double cost = residualCost + OffsetSearch.EVENT * events(between, lost);
        if (book.bounce(position)) {
            // Unless the edge before began nothing itself, which the numbers may tell: rarer than a double of a true
            // one.
            double after = residualCost + OffsetSearch.EVENT * (2 + events(between - 1, lost));
            cost = lost >= 0 && between > lost ? Math.min(cost + BOUNCE, after) : cost + BOUNCE;
        }
        if (cost < bestCost) {
            secondCost = bestCost;
            bestCost = cost;
            best = position;
            passed = between;
        } else {
            secondCost = Math.min(secondCost, cost);
        }
    }

    private static double events(int between, int lost) {
        return lost < 0 ? 0 : Math.min(Math.abs(between - lost), MOST_EVENTS);
    }

    /** Exposures passed over by the choice, bounces left out. */
    int passed() {
        return passed;
    }

    /** Whether no other exposure comes into question for the choice. */
    boolean sure(double spread, int lost) {
        double apart = lost < 0 ? APART : APART_WITH_NUMBERS;
        return ordinary && secondCost - bestCost >= SURE && apart * spread <= Math.min(spacing(best), usual.nanos());
    }

    /** Time to the nearer neighbour that is no bounce; infinite when there is none. */
    private double spacing(long position) {
        double spacing = Double.POSITIVE_INFINITY;
        long before = position - 1;
        while (before >= book.first() && book.bounce(before)) {
            before--;
        }
        if (before >= book.first()) {
            spacing = Math.abs((double) (book.stamp(position) - book.stamp(before)));
        }
        long after = position + 1;
        while (after < book.end() && book.bounce(after)) {
            after++;
        }
        return after < book.end()
                ? Math.min(spacing, Math.abs((double) (book.stamp(after) - book.stamp(position))))
                : spacing;
    }

    /** The open exposure nearest to a moment, those passed over included, or -1 when none is within the gate. */
    long behind(long predicted, double spread) {
        long nearest = -1;
        double least = GATE * spread;
        for (long position = book.first(); position < book.end(); position++) {
            double distance = Math.abs((double) (book.stamp(position) - predicted));
            if (book.open(position) && !book.bounce(position) && distance <= least) {
                least = distance;
                nearest = position;
            }
        }
        return nearest;
    }
}
