package org.emberline.edge.sync;

/**
 * Where a detector's clock stands against this machine's: offset and drift with their covariance, followed frame by frame.
 *
 * <p>A Kalman filter with the two states; the drift of a quartz wanders slowly as a random walk. What a match measures is the edge's time
 * less the frame's own, whose noise (the resolution and the jitter of both stamps) is learned from the residuals. A residual of more
 * than four standard deviations counts as one of four: a few wrong stamps do not turn the clock. One thread.
 */
final class ClockModel {
    /** Drift that a detector's clock may have at the start, one standard deviation: 50 ppm is a bad quartz. */
    private static final double DRIFT_AT_FIRST = 5e-5;
    /** Variance of the drift per nanosecond: 1e-8 in a second, 1e-7 in two minutes, as with a room's temperature. */
    private static final double DRIFT_WANDER = 1e-16 / 1e9;

    private static final double LEAST_DRIFT_VARIANCE = 1e-24;
    private static final double LEAST_JITTER = 200;
    private static final double OUTLIER = 4;
    private static final int LONGEST_MEMORY = 256;
    /** Updates in which the jitter is hardly known. */
    private static final int LEARNING = 64;

    private long referenceOwn;
    private long referenceHost;
    /** Nanoseconds to be added to {@link #referenceHost}; below one after an update. */
    private double rest;

    private double drift;
    private double varianceOffset;
    private double covariance;
    private double varianceDrift;
    /** Variance of the drift before anything was measured. */
    private double driftAtFirst;

    private double jitterVariance;
    private int updates;

    /**
     * Forgets everything but the drift, which belongs to the quartz.
     *
     * @param own a moment on the detector's clock
     * @param host the same moment on this machine's
     * @param jitterNanos what their difference is uncertain by, and what the next ones are expected to
     */
    void begin(long own, long host, double jitterNanos) {
        referenceOwn = own;
        referenceHost = host;
        rest = 0;
        jitterVariance = Math.max(jitterNanos, LEAST_JITTER) * Math.max(jitterNanos, LEAST_JITTER);
        varianceOffset = jitterVariance;
        covariance = 0;
        varianceDrift = updates > LONGEST_MEMORY ? Math.max(varianceDrift, 1e-12) : DRIFT_AT_FIRST * DRIFT_AT_FIRST;
        driftAtFirst = varianceDrift;
        if (updates <= LONGEST_MEMORY) {
            drift = 0;
        }
        updates = 1;
    }

    /** Whether it has ever begun. */
    boolean known() {
        return updates > 0;
    }

    /** What comes now is another clock. */
    void forget() {
        updates = 0;
    }

    /** A moment of the detector's clock on this machine's, nanoseconds since the Unix epoch. */
    long host(long own) {
        long since = own - referenceOwn;
        return referenceHost + since + (long) Math.rint(rest + drift * since);
    }

    /** The other way round, to better than the drift since then. */
    long own(long host) {
        long since = host - referenceHost;
        return referenceOwn + since - (long) Math.rint(rest + drift * since);
    }

    /** Standard deviation of {@link #host} without the jitter of a stamp, nanoseconds. */
    double sigma(long own) {
        return Math.sqrt(variance((double) (own - referenceOwn)));
    }

    /** Standard deviation of an edge's stamp about {@link #host}: the model's own and the jitter. */
    double spread(long own) {
        return Math.sqrt(variance((double) (own - referenceOwn)) + jitterVariance);
    }

    private double variance(double since) {
        double wander = DRIFT_WANDER * Math.abs(since) * since * since / 3;
        return varianceOffset + 2 * since * covariance + since * since * varianceDrift + wander;
    }

    /** Takes a match into account. */
    void update(long own, long host) {
        double since = own - referenceOwn;
        long predicted = host(own);
        rest += drift * since - Math.rint(rest + drift * since);
        referenceOwn = own;
        referenceHost = predicted;
        age(since);
        double total = varianceOffset + jitterVariance;
        double limit = OUTLIER * Math.sqrt(total);
        double residual = Math.clamp(host - predicted - rest, -limit, limit);
        double gainOffset = varianceOffset / total;
        double gainDrift = covariance / total;
        rest += gainOffset * residual;
        drift += gainDrift * residual;
        // Never negative by rounding: a drift known to 1e-12 is known.
        varianceDrift = Math.max(varianceDrift - gainDrift * covariance, LEAST_DRIFT_VARIANCE);
        varianceOffset -= gainOffset * varianceOffset;
        covariance -= gainOffset * covariance;
        updates++;
        learn(residual * residual / total);
    }

    private void age(double since) {
        double wander = DRIFT_WANDER * Math.abs(since);
        varianceOffset += since * (2 * covariance + since * (varianceDrift + wander / 3));
        covariance += since * (varianceDrift + wander / 2);
        varianceDrift += wander;
    }

    /** @param ratio square of a residual over what it should be on average */
    private void learn(double ratio) {
        // Recent residuals weigh more, so that a bad guess at the start is forgotten as 1 / updates^2.
        double weight = Math.max(2.0 / (updates + 1), 1.0 / LONGEST_MEMORY);
        double before = jitterVariance;
        // A factor, not an addend: one residual that happens to be small must not make the jitter vanish.
        jitterVariance = Math.max(before * (1 + weight * (ratio - 1)), LEAST_JITTER * LEAST_JITTER);
        if (updates <= LEARNING) {
            rescale(jitterVariance / before);
        }
    }

    /**
     * What is known of offset and drift comes from stamps whose jitter was believed to be another. Were the sigmas kept, the first few
     * residuals, when they happen to be small, would fix a drift that takes minutes to unlearn.
     */
    private void rescale(double ratio) {
        double known = Math.max(1 / varianceDrift - 1 / driftAtFirst, 0);
        double ratioDrift = 1 / (1 / driftAtFirst + known / ratio) / varianceDrift;
        varianceOffset *= ratio;
        varianceDrift *= ratioDrift;
        covariance *= Math.sqrt(ratio * ratioDrift);
    }

    /** This machine's clock less the detector's at the latest match, nanoseconds. */
    long offsetNanos() {
        return referenceHost - referenceOwn;
    }

    /** How much faster this machine's clock runs, dimensionless. */
    double drift() {
        return drift;
    }

    /** Standard deviation of {@link #drift}. */
    double driftSigma() {
        return Math.sqrt(varianceDrift);
    }

    /** Standard deviation of the stamps about the model as learned so far, nanoseconds. */
    double jitterNanos() {
        return Math.sqrt(jitterVariance);
    }
}
