package org.emberline.edge.app.bench;

/**
 * A sample whose temperature is straight between kinks, and a thermocouple that follows it with a first-order lag, both in closed form:
 * to a change of slope d at time k the sample answers with d (t - k), the thermocouple with d (t - k - tau (1 - exp(-(t - k) / tau))).
 */
final class LaggedProfile {
    private static final int MOST = 8;

    private final double begin;
    private final double lag;
    private final double[] times = new double[MOST];
    private final double[] changes = new double[MOST];
    private int kinks;

    /** Both are at {@code begin} and hold it until the first kink. */
    LaggedProfile(double begin, double lag) {
        this.begin = begin;
        this.lag = lag;
    }

    /** The sample's slope changes by so many K/s. */
    void kink(double seconds, double change) {
        times[kinks] = seconds;
        changes[kinks++] = change;
    }

    double thermocouple(double seconds) {
        double celsius = begin;
        for (int i = 0; i < kinks; i++) {
            double since = Math.max(0, seconds - times[i]);
            celsius += changes[i] * (since + lag * Math.expm1(-since / lag));
        }
        return celsius;
    }

    /** Mean of the sample from a to b. */
    double sampleMean(double a, double b) {
        double integral = 0;
        for (int i = 0; i < kinks; i++) {
            double from = Math.max(0, a - times[i]);
            double to = Math.max(0, b - times[i]);
            integral += changes[i] * (to * to - from * from) / 2;
        }
        return begin + integral / (b - a);
    }
}
