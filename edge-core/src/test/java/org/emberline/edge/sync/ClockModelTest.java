package org.emberline.edge.sync;

import static org.emberline.edge.sync.MatchRig.BEGIN;
import static org.emberline.edge.sync.MatchRig.MS;
import static org.emberline.edge.sync.MatchRig.S;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockModelTest {
    private static final double JITTER = 20_000;

    private final ClockModel clock = new ClockModel();

    /**
     * Ordinary least squares of y = a + b (x - mean), as in any textbook: b = Sxy / Sxx with variance s^2 / Sxx. The drift may wander by
     * 1e-8 in a second, which is little within 20 s: the filter must then say what the straight line says, but for the jitter that it
     * had to learn meanwhile.
     */
    @Test
    void forAConstantDriftItIsTheLeastSquaresLine() {
        int runs = 200;
        double[] apart = new double[2];
        double[] sigmas = new double[2];
        for (long seed = 0; seed < runs; seed++) {
            besideTheLine(new SplittableRandom(seed), apart, sigmas);
        }
        assertBetween(0, 0.4, Math.sqrt(apart[0] / runs));
        assertBetween(0, 0.4, Math.sqrt(apart[1] / runs));
        assertBetween(0.9, 1.1, sigmas[0] / runs);
        assertBetween(0.9, 1.1, sigmas[1] / runs);
    }

    /** Adds the squared distance of filter and line in the line's sigmas, and the ratio of the sigmas, for drift and offset. */
    private static void besideTheLine(SplittableRandom random, double[] apart, double[] sigmas) {
        int n = 200;
        double drift = 5e-5 * random.nextGaussian();
        ClockModel filter = new ClockModel();
        double[] own = new double[n];
        double[] late = new double[n];
        for (int i = 0; i < n; i++) {
            long moment = i * 100L * MS;
            own[i] = (double) moment;
            late[i] = Math.rint(drift * own[i] + JITTER * random.nextGaussian());
            learn(filter, i, moment, BEGIN + moment + (long) late[i]);
        }
        double mean = mean(own);
        double sxx = 0;
        double sxy = 0;
        for (int i = 0; i < n; i++) {
            sxx += (own[i] - mean) * (own[i] - mean);
            sxy += (own[i] - mean) * late[i];
        }
        double slope = sxy / sxx;
        double slopeSigma = JITTER / Math.sqrt(sxx);
        double end = mean(late) + slope * (own[n - 1] - mean);
        double endSigma = JITTER * Math.sqrt(1.0 / n + Math.pow(own[n - 1] - mean, 2) / sxx);
        long last = (n - 1) * 100L * MS;
        apart[0] += Math.pow((filter.drift() - slope) / slopeSigma, 2);
        apart[1] += Math.pow((filter.host(last) - BEGIN - last - end) / endSigma, 2);
        sigmas[0] += filter.driftSigma() / slopeSigma;
        sigmas[1] += filter.sigma(last) / endSigma;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static void learn(ClockModel filter, int i, long own, long host) {
        if (i == 0) {
            filter.begin(own, host, JITTER);
        } else {
            filter.update(own, host);
        }
    }

    /** The jitter at the begin is believed to be another than it is; frames are lost; the sigmas must hold all the same. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 3, 50})
    void whatItSaysOfItsUncertaintyIsTrue(double believed) {
        double offset = 0;
        double drift = 0;
        double jitter = 0;
        int runs = 2000;
        for (int seed = 0; seed < runs; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double trueDrift = 5e-5 * random.nextGaussian();
            ClockModel filter = new ClockModel();
            long moment = 0;
            filter.begin(0, BEGIN + Math.round(JITTER * random.nextGaussian()), believed * JITTER);
            for (int i = 1; i < 300; i++) {
                moment += 100 * MS * (1 + random.nextInt(2));
                double noise = JITTER * random.nextGaussian();
                filter.update(moment, BEGIN + moment + Math.round(trueDrift * moment + noise));
            }
            long ahead = moment + 10 * S;
            double error = filter.host(ahead) - BEGIN - ahead - trueDrift * ahead;
            offset += Math.pow(error / filter.sigma(ahead), 2);
            drift += Math.pow((filter.drift() - trueDrift) / filter.driftSigma(), 2);
            jitter += Math.pow(filter.jitterNanos() / JITTER, 2);
        }
        assertBetween(0.8, 1.2, Math.sqrt(offset / runs));
        assertBetween(0.8, 1.2, Math.sqrt(drift / runs));
        assertBetween(0.9, 1.1, Math.sqrt(jitter / runs));
    }

    /** A drift that wanders as the model says, 1e-8 in the root of a second, over half an hour. */
    @Test
    void itFollowsAWanderingDrift() {
        double offset = 0;
        double drift = 0;
        int runs = 300;
        for (int seed = 0; seed < runs; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double trueDrift = 5e-5 * random.nextGaussian();
            double trueOffset = 0;
            ClockModel filter = new ClockModel();
            filter.begin(0, BEGIN, JITTER);
            for (int i = 1; i < 1800; i++) {
                trueOffset += trueDrift * S;
                trueDrift += 1e-8 * random.nextGaussian();
                filter.update(i * S, BEGIN + i * S + Math.round(trueOffset + JITTER * random.nextGaussian()));
            }
            long end = 1799 * S;
            offset += Math.pow((filter.host(end) - BEGIN - end - trueOffset) / filter.sigma(end), 2);
            drift += Math.pow((filter.drift() - trueDrift) / filter.driftSigma(), 2);
        }
        assertBetween(0.8, 1.2, Math.sqrt(offset / runs));
        assertBetween(0.8, 1.2, Math.sqrt(drift / runs));
    }

    private static void assertBetween(double low, double high, double value) {
        assertTrue(value >= low && value <= high, () -> value + " is not in " + low + " .. " + high);
    }

    @ParameterizedTest
    @ValueSource(longs = {-5 * S, -MS, MS, 5 * S, Long.MAX_VALUE / 4})
    void outliersDoNotTurnIt(long far) {
        SplittableRandom random = new SplittableRandom(3);
        clock.begin(0, BEGIN, JITTER);
        for (int i = 1; i < 3000; i++) {
            long moment = i * 100L * MS;
            long noise = Math.round(5e-5 * moment + JITTER * random.nextGaussian());
            clock.update(moment, BEGIN + moment + noise + (i % 50 == 25 ? far : 0));
        }
        long end = 300 * S;
        assertEquals(5e-5 * end, (double) (clock.host(end) - BEGIN - end), JITTER);
        assertEquals(5e-5, clock.drift(), 5e-7);
        assertBetween(0.9, 1.5, clock.jitterNanos() / JITTER);
    }

    @Test
    void theWayBackLeadsToWhereOneCameFrom() {
        clock.begin(0, BEGIN, JITTER);
        for (int i = 1; i < 500; i++) {
            clock.update(i * S, BEGIN + i * S + i * 50_000L);
        }
        for (long own : new long[] {490 * S, 499 * S, 510 * S}) {
            assertEquals((double) own, (double) clock.own(clock.host(own)), 100);
        }
        assertTrue(Math.abs(clock.offsetNanos() - (BEGIN + 499 * 50_000L)) <= 1000);
    }

    @Test
    void aNewBeginKeepsTheDriftOfTheQuartzButNotAnotherClocks() {
        assertFalse(clock.known());
        clock.begin(0, BEGIN, JITTER);
        assertTrue(clock.known());
        for (int i = 1; i < 500; i++) {
            clock.update(i * S, BEGIN + i * S + i * 50_000L);
        }
        clock.begin(7 * S, BEGIN + 600 * S, JITTER);
        assertEquals(5e-5, clock.drift(), 1e-6);
        assertTrue(Math.abs(clock.host(17 * S) - (BEGIN + 610 * S + 500_000)) <= 20_000);
        clock.forget();
        assertFalse(clock.known());
        clock.begin(0, BEGIN, JITTER);
        assertEquals(0, clock.drift());
        assertEquals(5e-5, clock.driftSigma(), 1e-12);
    }

    /** At 1 kHz rounding to nanoseconds in every update would add up. */
    @Test
    void roundingDoesNotAddUp() {
        clock.begin(0, BEGIN, 200);
        for (long i = 1; i < 2_000_000; i++) {
            clock.update(i * MS, BEGIN + i * MS + Math.round(i * 0.4));
        }
        long end = 2_000_000 * MS;
        assertTrue(Math.abs(clock.host(end) - (BEGIN + end + 800_000)) <= 20);
        assertEquals(4e-7, clock.drift(), 1e-8);
    }
}
