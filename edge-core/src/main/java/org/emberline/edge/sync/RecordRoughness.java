package org.emberline.edge.sync;

/**
 * Learns from a record itself what it does between its readings. The quantity watched is the error of predicting a reading by the straight
 * line between two others, {@code s} readings before and after it, for s = 1, 2, 4. Its variance is taken to be
 *
 * <pre>1.5 n + R(span)        span = time between the outer two</pre>
 *
 * with white noise of variance {@code n}, a property of the sensor that changes slowly, and a roughness {@code R}, a property of what is
 * measured that comes in bursts. Noise is therefore averaged over many readings with outliers cut back, roughness over few. Two laws of
 * roughness compete: {@code span^1.5}, fractional Brownian motion with H = 3/4, as of a probe in gusty gas; and {@code span^3}, an
 * integrated Wiener process, as of a furnace whose slope wanders or has kinks. Each foretells the error at s = 1 from those at s = 2 and
 * 4, which is the same extrapolation as from s = 1 into the gaps between readings; their likelihoods there are their weights.
 *
 * <p>Nearly regular readings are assumed; a record with gaps is watched piece by piece. One thread; allocates nothing.
 */
final class RecordRoughness {
    /** Exponents of the two laws. */
    static final double GUSTY = 1.5;

    static final double SMOOTH = 3;

    private static final double[] EXPONENTS = {GUSTY, SMOOTH};
    private static final int[] SPACINGS = {1, 2, 4};
    private static final int KEPT = 16;
    private static final int NOISE_MEMORY = 64;
    private static final int ROUGHNESS_MEMORY = 24;
    private static final int LAW_MEMORY = 300;
    private static final int FEWEST = 6;
    /** Squared errors beyond four sigma count as four sigma of the noise. */
    private static final double CUT = 16;
    /** Below any thermometer's resolution, K^2: keeps records of one value from dividing by zero. */
    private static final double LEAST = 1e-9;
    /** Variance of the prediction from the middle of two readings with that of a reading. */
    private static final double NOISE_OF_MIDDLE = 1.5;

    private final long[] times = new long[KEPT];
    private final double[] values = new double[KEPT];
    private long kept;
    private long continuous;

    private final double[] steady = new double[SPACINGS.length];
    private final double[] lively = new double[SPACINGS.length];
    private final long[] seen = new long[SPACINGS.length];
    private final double[] surprise = new double[EXPONENTS.length];
    private long judged;
    private double spanSeconds;

    private final double[] noiseByLaw = new double[EXPONENTS.length];
    private final double[] roughByLaw = new double[EXPONENTS.length];
    private double noiseVariance;
    private double gusty;
    private double smooth;

    /** Takes a sound reading. Times increase. */
    void add(long nanos, double celsius) {
        int at = (int) (kept++ % KEPT);
        times[at] = nanos;
        values[at] = celsius;
        continuous++;
        double nearest = Double.NaN;
        for (int k = 0; k < SPACINGS.length; k++) {
            double error = error(SPACINGS[k]);
            if (!Double.isNaN(error)) {
                take(k, error * error);
                nearest = k == 0 ? error * error : nearest;
            }
        }
        if (!Double.isNaN(nearest)) {
            spanSeconds = average(spanSeconds, (nanos - times[back(2)]) / 1e9, seen[0], ROUGHNESS_MEMORY);
            judge(nearest);
            conclude();
        }
    }

    /** What comes next is not to be compared with what was: a gap, a fault or a jump lies between. */
    void interrupt() {
        continuous = 0;
    }

    /** Variance of the white noise of one reading, K^2; 0 as long as nothing is known. */
    double noiseVariance() {
        return noiseVariance;
    }

    /** The gusty share of the variance in the middle of a gap of one second, K^2 / s^1.5. */
    double gusty() {
        return gusty;
    }

    /** The smooth share of the variance in the middle of a gap of one second, K^2 / s^3. */
    double smooth() {
        return smooth;
    }

    private int back(int readings) {
        return (int) ((kept - 1 - readings) % KEPT);
    }

    private double error(int spacing) {
        if (continuous <= 2L * spacing) {
            return Double.NaN;
        }
        int left = back(2 * spacing);
        int middle = back(spacing);
        int right = back(0);
        double u = (times[middle] - times[left]) / (double) (times[right] - times[left]);
        return values[middle] - (values[left] + u * (values[right] - values[left]));
    }

    private void take(int k, double square) {
        double cut = seen[k] >= FEWEST ? Math.min(square, CUT * steady[k]) : square;
        seen[k]++;
        steady[k] = average(steady[k], Math.max(cut, LEAST), seen[k], NOISE_MEMORY);
        lively[k] = average(lively[k], Math.max(square, LEAST), seen[k], ROUGHNESS_MEMORY);
    }

    private static double average(double mean, double value, long count, int memory) {
        return mean + (value - mean) / Math.min(Math.max(count, 1), memory);
    }

    /** Noise of the middle, variance at {@code k} being the smallest span looked at and {@code k + 1} twice that. */
    private double noise(int k, double exponent) {
        double growth = Math.max(steady[k + 1] - steady[k], 0);
        return Math.max(steady[k] - growth / (Math.pow(2, exponent) - 1), 0);
    }

    private void judge(double square) {
        if (seen[2] < FEWEST) {
            return;
        }
        judged++;
        for (int law = 0; law < EXPONENTS.length; law++) {
            double noise = noise(1, EXPONENTS[law]);
            double foretold = noise + Math.max(lively[1] - noise, 0) / Math.pow(2, EXPONENTS[law]) + LEAST;
            surprise[law] = average(surprise[law], square / foretold + Math.log(foretold), judged, LAW_MEMORY);
        }
    }

    private void conclude() {
        if (seen[1] < FEWEST) {
            return;
        }
        for (int law = 0; law < EXPONENTS.length; law++) {
            noiseByLaw[law] = noise(0, EXPONENTS[law]);
            roughByLaw[law] = Math.max(lively[0] - noiseByLaw[law], 0);
        }
        double evidence = Math.min(judged, LAW_MEMORY) * (surprise[0] - surprise[1]) / 2;
        double smoothShare = 1 / (1 + Math.exp(-evidence));
        noiseVariance = ((1 - smoothShare) * noiseByLaw[0] + smoothShare * noiseByLaw[1]) / NOISE_OF_MIDDLE;
        gusty = (1 - smoothShare) * roughByLaw[0] / (spanSeconds * Math.sqrt(spanSeconds));
        smooth = smoothShare * roughByLaw[1] / (spanSeconds * spanSeconds * spanSeconds);
    }
}
