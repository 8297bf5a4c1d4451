package org.emberline.edge.sync;

/**
 * By how much the straight lines between readings miss what lay between, on average over an exposure, for a record whose roughness
 * {@link RecordRoughness} has learned. With u the place in a gap of length L, the variance at one point is {@code q L^3 u^2 (1-u)^2 / 3}
 * for an integrated Wiener process and {@code c L^1.5 ((1-u) u^1.5 + u (1-u)^1.5 - u (1-u))} for fractional Brownian motion with
 * H = 3/4. The mean over a whole gap has two fifths of the variance in its middle (exact for the former, 1/120 against 1/48), a part
 * of it accordingly more; the errors of different gaps are taken to be independent. One thread; reused.
 */
final class GapError {
    private static final double SMOOTH_MIDDLE = 1.0 / 48;
    private static final double GUSTY_MIDDLE = Math.pow(0.5, 1.5) - 0.25;
    private static final double AVERAGED_OUT = 0.6;

    private double begin;
    private double end;
    private double gusty;
    private double smooth;
    private double variance;

    /** Takes the exposure and the variances in the middle of a gap of one second. */
    void begin(double newBegin, double newEnd, double newGusty, double newSmooth) {
        begin = newBegin;
        end = newEnd;
        gusty = newGusty / GUSTY_MIDDLE;
        smooth = newSmooth / SMOOTH_MIDDLE;
        variance = 0;
    }

    /** Adds the gap between two readings next to each other, seconds. */
    void piece(double t0, double t1) {
        double a = Math.max(begin, t0);
        double b = Math.min(end, t1);
        double length = t1 - t0;
        if (b < a || (b == a && end > begin)) {
            return;
        }
        double u = ((a + b) / 2 - t0) / length;
        double v = 1 - u;
        double share = end > begin ? (b - a) / (end - begin) : 1;
        double part = (b - a) / length;
        double point = smooth * length * length * length * u * u * v * v / 3
                + gusty * length * Math.sqrt(length) * (u * v * (Math.sqrt(u) + Math.sqrt(v) - 1));
        variance += share * share * point * (1 - AVERAGED_OUT * part * part);
    }

    /**
     * Adds what the record may have done after its last reading.
     *
     * @param seconds from there to the end of the exposure
     * @param share of the exposure
     */
    void beyond(double seconds, double share) {
        double middle = seconds / 2;
        double point = smooth * middle * middle * middle / 3 + gusty * middle * Math.sqrt(middle);
        variance += share * share * point;
    }

    double variance() {
        return variance;
    }
}
