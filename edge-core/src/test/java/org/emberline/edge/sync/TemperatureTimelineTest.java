package org.emberline.edge.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.junit.jupiter.api.Test;

class TemperatureTimelineTest {
    private static final long S = 1_000_000_000;
    private static final long NO_GAP_LIMIT = Long.MAX_VALUE;

    private final TemperatureTimeline timeline = new TemperatureTimeline(64);
    private final ExposureMean mean = new ExposureMean();

    @Test
    void meanOfARampIsItsMiddle() {
        for (int i = 0; i <= 10; i++) {
            reading(i * S, 100 + 5 * i);
        }
        long start = 2 * S + S / 3;
        long stop = 7 * S + S / 7;
        take(start, stop, NO_GAP_LIMIT);
        double middleSeconds = (start + stop) / 2e9;
        assertEquals(100 + 5 * middleSeconds, mean.celsius, 1e-9);
        assertEquals(5, mean.rate, 1e-12);
        // Five kelvin from reading to reading are too many for kinetics.
        assertEquals(FrameFlag.TEMPERATURE_UNSYNCHRONISED.bit(), mean.flags);
    }

    @Test
    void instantIsInterpolated() {
        reading(0, 20);
        reading(4 * S, 60);
        take(S, S, NO_GAP_LIMIT);
        assertEquals(30, mean.celsius, 1e-9);
        // weights 3/4 and 1/4 of two readings with sigma 0.5
        assertEquals(0.5 * Math.hypot(0.75, 0.25), mean.sigma, 1e-12);
    }

    @Test
    void sigmaOfAMeanOverManyReadingsFollowsTheWeights() {
        for (int i = 0; i <= 10; i++) {
            reading(i * S, 20);
        }
        take(0, 10 * S, NO_GAP_LIMIT);
        // trapezoid over 11 readings: nine weights 1/10, two of 1/20
        assertEquals(0.5 * Math.sqrt(9 * 0.01 + 2 * 0.0025), mean.sigma, 1e-12);
    }

    @Test
    void meanAgreesWithAFineSumOnRandomRecords() {
        SplittableRandom random = new SplittableRandom(5);
        for (int trial = 0; trial < 50; trial++) {
            TemperatureTimeline record = new TemperatureTimeline(64);
            long[] times = new long[20];
            double[] values = new double[20];
            long time = 0;
            for (int i = 0; i < 20; i++) {
                times[i] = time;
                values[i] = random.nextDouble(20, 1000);
                record.append(new Temperature(0, time, values[i], 0.1));
                time += random.nextLong(S / 10, 3 * S);
            }
            long start = random.nextLong(0, times[18]);
            long stop = random.nextLong(start + 1, times[19]);
            mean.take(record, start, stop, reading(NO_GAP_LIMIT));
            int steps = 200_000;
            double sum = 0;
            for (int k = 0; k < steps; k++) {
                sum += interpolate(times, values, start + (stop - start) * ((k + 0.5) / steps));
            }
            assertEquals(sum / steps, mean.celsius, 1e-4);
        }
    }

    @Test
    void nothingReadYetIsStale() {
        take(0, S, NO_GAP_LIMIT);
        assertFlag(FrameFlag.TEMPERATURE_STALE);
    }

    @Test
    void exposureBeforeTheFirstReadingIsStale() {
        reading(5 * S, 20);
        reading(6 * S, 20);
        take(4 * S, 6 * S, NO_GAP_LIMIT);
        assertFlag(FrameFlag.TEMPERATURE_STALE);
    }

    @Test
    void aGapLongerThanAllowedIsStaleButOnlyWhereItMatters() {
        reading(0, 20);
        reading(S, 20);
        reading(9 * S, 20);
        take(2 * S, 3 * S, 2 * S);
        assertFlag(FrameFlag.TEMPERATURE_STALE);
        take(0, S, 2 * S);
        assertEquals(20, mean.celsius, 1e-12);
    }

    @Test
    void aFaultBesideTheExposureIsAFaultAndNeverTheLastGoodValue() {
        reading(0, 20);
        timeline.append(new Fault(0, S, FaultKind.OPEN_CIRCUIT));
        reading(2 * S, 30);
        reading(3 * S, 30);
        take(S / 2, 2 * S, NO_GAP_LIMIT);
        assertFlag(FrameFlag.TEMPERATURE_FAULT);
        take(S + S / 2, 2 * S, NO_GAP_LIMIT);
        assertFlag(FrameFlag.TEMPERATURE_FAULT);
        take(2 * S, 3 * S, NO_GAP_LIMIT);
        assertEquals(30, mean.celsius, 1e-12);
    }

    @Test
    void oneReadingPeriodIsExtrapolatedAndSaysSoMoreIsStale() {
        reading(0, 20);
        reading(S, 22);
        take(S / 2, 2 * S, NO_GAP_LIMIT);
        assertTrue(FrameFlag.TEMPERATURE_EXTRAPOLATED.in(mean.flags));
        // The record rises by 2 K/s, and so does what is added to it.
        assertEquals(22.5, mean.celsius, 1e-9);
        take(S / 2, 2 * S + 1, NO_GAP_LIMIT);
        assertFlag(FrameFlag.TEMPERATURE_STALE);
    }

    @Test
    void whatTheWriterHasOverwrittenIsStale() {
        for (int i = 0; i < 200; i++) {
            reading(i * S, i);
        }
        take(10 * S, 11 * S, NO_GAP_LIMIT);
        assertFlag(FrameFlag.TEMPERATURE_STALE);
        take(190 * S, 191 * S, NO_GAP_LIMIT);
        assertEquals(190.5, mean.celsius, 1e-9);
    }

    @Test
    void theSecondReadingOfOneInstantIsLeftOut() {
        reading(0, 20);
        reading(S, 30);
        reading(S, 40);
        reading(2 * S, 40);
        take(0, 2 * S, NO_GAP_LIMIT);
        assertEquals((25 + 35) / 2.0, mean.celsius, 1e-9);
        assertEquals(1, timeline.dropped());
    }

    private void take(long start, long stop, long maxGap) {
        mean.take(timeline, start, stop, reading(maxGap));
    }

    private static ExposureMean.Reading reading(long maxGap) {
        return new ExposureMean.Reading(0, 0, 0, maxGap);
    }

    private void assertFlag(FrameFlag flag) {
        assertTrue(flag.in(mean.flags), () -> FrameFlag.names(mean.flags).toString());
        assertTrue(Double.isNaN(mean.celsius));
        assertTrue(Double.isNaN(mean.sigma));
    }

    private void reading(long nanos, double celsius) {
        timeline.append(new Temperature(0, nanos, celsius, 0.5));
    }

    private static double interpolate(long[] times, double[] values, double at) {
        int i = 0;
        while (times[i + 1] < at) {
            i++;
        }
        double u = (at - times[i]) / (times[i + 1] - times[i]);
        return values[i] * (1 - u) + values[i + 1] * u;
    }
}
