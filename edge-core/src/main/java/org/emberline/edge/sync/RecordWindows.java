package org.emberline.edge.sync;

/**
 * Three weighted sums over the readings of a piecewise-linear record, gathered in one pass from its straight pieces: the mean over the
 * exposure E; the slope, which is the difference between the means over a left window L and a right window R by the distance of their
 * centres; and the bend, which is the difference between the slopes within R and within L. Each mean is the exact integral, so each sum is
 * {@code sum(w_i T_i)} and its variance {@code sum(w_i^2 sigma_i^2)}, the readings that they share included.
 *
 * <pre>
 *        lo          |--E--|          hi
 *   -----[==L1==|==L2==|==R1==|==R2==]----- time
 * </pre>
 *
 * Times are seconds from a moment of the caller's. One thread; reused from frame to frame.
 */
final class RecordWindows {
    /** L and R, each in halves. */
    private static final int HALVES = 4;

    private final double[] from = new double[HALVES];
    private final double[] to = new double[HALVES];
    private final double[] ofSlope = new double[HALVES];
    private final double[] ofBend = new double[HALVES];

    private double begin;
    private double end;
    private double lo;
    private double hi;
    private double span;
    private double lead;
    private double shown;

    private double weightLeft;
    private double weightRight;
    private double slopeLeft;
    private double slopeRight;
    private double bendLeft;
    private double bendRight;

    private double mean;
    private double slope;
    private double bend;
    private double variance;
    private double slopeVariance;
    private double bendVariance;

    /**
     * Takes the exposure to average over, cut to the record; one of no length asks for an instant.
     *
     * @param noiseVariance least variance of a reading, K^2
     */
    void begin(double newBegin, double newEnd, double noiseVariance) {
        begin = newBegin;
        end = newEnd;
        shown = noiseVariance;
        lead = 0;
        lo = 0;
        hi = 0;
        span = 0;
        mean = 0;
        slope = 0;
        bend = 0;
        variance = 0;
        slopeVariance = 0;
        bendVariance = 0;
        weightRight = 0;
        slopeRight = 0;
        bendRight = 0;
    }

    /**
     * Takes the record to be used for the slope.
     *
     * @param longest of each of L and R
     * @param newLead the sample is ahead of the mean by so many seconds times the slope; its variance is that of mean + lead x slope
     */
    void slopeOver(double newLo, double newHi, double longest, double newLead) {
        lo = newLo;
        hi = newHi;
        lead = newLead;
        double middle = (lo + hi) / 2;
        double leftEnd = Math.min(lo + longest, middle);
        double rightBegin = Math.max(hi - longest, middle);
        double half = (leftEnd - lo) / 2;
        span = rightBegin - lo;
        window(0, lo, half, -1, 1);
        window(1, lo + half, half, -1, -1);
        window(2, rightBegin, half, 1, -1);
        window(3, rightBegin + half, half, 1, 1);
    }

    private void window(int k, double at, double length, double slopeSign, double bendSign) {
        from[k] = at;
        to[k] = at + length;
        ofSlope[k] = slopeSign / (2 * length * span);
        ofBend[k] = bendSign / (length * length);
    }

    /** Adds the piece from the reading at t0 to the one at t1; c are their temperatures, v0 the stated variance of the first. */
    void piece(double t0, double t1, double c0, double c1, double v0) {
        weightLeft = weightRight;
        slopeLeft = slopeRight;
        bendLeft = bendRight;
        weightRight = 0;
        slopeRight = 0;
        bendRight = 0;
        double perLength = 1 / (t1 - t0);
        if (t1 >= begin && t0 <= end) {
            exposure(t0, t1, perLength);
        }
        if (span > 0 && t1 > lo && t0 < hi) {
            for (int k = 0; k < HALVES; k++) {
                double a = Math.max(from[k], t0);
                double b = Math.min(to[k], t1);
                if (b > a) {
                    double right = (b - a) * ((a + b) / 2 - t0) * perLength;
                    double left = b - a - right;
                    slopeLeft += left * ofSlope[k];
                    slopeRight += right * ofSlope[k];
                    bendLeft += left * ofBend[k];
                    bendRight += right * ofBend[k];
                }
            }
        }
        settle(c0, v0);
    }

    private void exposure(double t0, double t1, double perLength) {
        double a = Math.max(begin, t0);
        double b = Math.min(end, t1);
        double right;
        double share;
        if (end > begin) {
            share = (b - a) / (end - begin);
            right = share * ((a + b) / 2 - t0) * perLength;
        } else if (begin < t1) {
            share = 1;
            right = (begin - t0) * perLength;
        } else {
            // An instant at a reading belongs to the piece that begins there.
            return;
        }
        weightLeft += share - right;
        weightRight += right;
    }

    /** Adds the last reading of all pieces; the only one where there are none. */
    void last(double time, double celsius, double statedVariance) {
        weightLeft = weightRight + (begin == end && time == begin ? 1 : 0);
        slopeLeft = slopeRight;
        bendLeft = bendRight;
        settle(celsius, statedVariance);
    }

    private void settle(double celsius, double statedVariance) {
        double v = Math.max(statedVariance, shown);
        mean += weightLeft * celsius;
        slope += slopeLeft * celsius;
        bend += bendLeft * celsius;
        double all = weightLeft + lead * slopeLeft;
        variance += all * all * v;
        slopeVariance += slopeLeft * slopeLeft * v;
        bendVariance += bendLeft * bendLeft * v;
    }

    /** Whether there is a slope. */
    boolean sloped() {
        return span > 0;
    }

    /** Mean over the exposure. */
    double mean() {
        return mean;
    }

    /** K/s. */
    double slope() {
        return slope;
    }

    /** Variance of mean + lead x slope from the noise of the readings. */
    double variance() {
        return variance;
    }

    double slopeVariance() {
        return slopeVariance;
    }

    /** Square of the second derivative beyond what the noise makes of it, K^2/s^4. */
    double squaredCurvature() {
        return span > 0 ? Math.max(0, bend * bend - bendVariance) / (span * span) : 0;
    }

    /** Distance of the centres of L and R. */
    double span() {
        return span;
    }

    /** Centre of the slope. */
    double centre() {
        return (lo + hi) / 2;
    }
}
