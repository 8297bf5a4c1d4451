package org.emberline.edge.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.List;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.TemperatureMethod;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.junit.jupiter.api.Test;

class SampleTemperatureTest {
    private static final long S = 1_000_000_000;
    private static final double RATE = 0.01;

    private final FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, 1, 0);

    @Test
    void channelsAreCombinedByWeightAndTheirSigmasWithThem() {
        process(0.4, channel(100, 0.3, 0.25, OffsetModel.NONE), channel(104, 0.3, 0.75, OffsetModel.NONE));
        // Both rise by 0.01 K/s; the middle of the exposure is 16 s after the begin.
        assertEquals(0.25 * 100 + 0.75 * 104 + RATE * 16, slot.temperatureCelsius, 1e-9);
        assertEquals(RATE, slot.temperatureRate, 1e-12);
        assertEquals(slot.temperatureCelsius - RATE, slot.temperatureLeast, 1e-9);
        assertEquals(slot.temperatureCelsius + RATE, slot.temperatureGreatest, 1e-9);
        // Trapezoid over 15, 16, 17 s: weights 1/4, 1/2, 1/4 of readings of 0.3 K.
        double each = 0.3 * Math.sqrt(0.375);
        assertEquals(Math.hypot(each * Math.hypot(0.25, 0.75), 0.4), slot.temperatureSigma, 1e-6);
        assertEquals(6, slot.temperatureReadings);
        assertEquals(S, slot.temperatureGapNanos);
        assertEquals(TemperatureMethod.MEAN, slot.temperatureMethod);
        assertEquals(0, slot.flags);
    }

    @Test
    void aChannelWithoutAValueIsLeftOutAndTheRestTakesItsShare() {
        TemperatureTimeline broken = new TemperatureTimeline(64);
        for (int i = 0; i < 30; i++) {
            broken.append(new Fault(0, i * S, FaultKind.OPEN_CIRCUIT));
        }
        SampleChannel dead = new SampleChannel(broken, 0.75, reading(0), OffsetModel.NONE);
        process(0, channel(100, 0.3, 0.25, OffsetModel.NONE), dead);
        assertEquals(100 + RATE * 16, slot.temperatureCelsius, 1e-9);
        assertEquals(FrameFlag.CHANNEL_DROPPED.bit(), slot.flags);
        process(0, dead, dead);
        assertTrue(Double.isNaN(slot.temperatureCelsius));
        assertTrue(Double.isNaN(slot.temperatureSigma));
        assertEquals(TemperatureMethod.NONE, slot.temperatureMethod);
        assertEquals(FrameFlag.TEMPERATURE_FAULT.bit(), slot.flags);
    }

    @Test
    void theOffsetComesWithItsCovariance() {
        // At 125.16 C: x = 100.16.
        OffsetModel offset = new OffsetModel(2, 0.01, 1e-5, new OffsetModel.Covariance(0.04, -1e-4, 0, 4e-6, 0, 1e-10));
        assertTrue(offset.covariance().positive());
        process(0, channel(125, 0, 1, offset));
        double x = 100 + RATE * 16;
        assertEquals(125 + RATE * 16 + 2 + 0.01 * x + 1e-5 * x * x, slot.temperatureCelsius, 1e-9);
        double variance = 0.04 + 2 * x * -1e-4 + x * x * 4e-6 + Math.pow(x, 4) * 1e-10;
        assertEquals(Math.sqrt(variance), slot.temperatureSigma, 1e-4);
        assertEquals(RATE * (1 + 0.01 + 2e-5 * x), slot.temperatureRate, 1e-9);
        assertFalse(new OffsetModel.Covariance(1, 2, 0, 1, 0, 1).positive());
        assertFalse(new OffsetModel.Covariance(1, 0.9, -0.9, 1, 0.9, 1).positive());
    }

    @Test
    void whatIsNotKnownOfTheLagGrowsWithTheRate() {
        SampleChannel channel = new SampleChannel(
                record(100, 0, 2), 1, new ExposureMean.Reading(5 * S, 5 * S, S, Long.MAX_VALUE), OffsetModel.NONE);
        process(0, channel);
        assertEquals(100 + 2 * (16 + 5), slot.temperatureCelsius, 1e-9);
        assertEquals(2, slot.temperatureSigma, 1e-3);
    }

    private void process(double calibration, SampleChannel... channels) {
        slot.reset(0);
        slot.startNanos = 15 * S;
        slot.stopNanos = 17 * S;
        new SyncStage(List.of(channels), calibration, null).process(slot);
    }

    private static SampleChannel channel(double begin, double sigma, double weight, OffsetModel offset) {
        return new SampleChannel(record(begin, sigma, RATE), weight, reading(0), offset);
    }

    private static ExposureMean.Reading reading(long lag) {
        return new ExposureMean.Reading(0, lag, 0, Long.MAX_VALUE);
    }

    private static TemperatureTimeline record(double begin, double sigma, double rate) {
        TemperatureTimeline record = new TemperatureTimeline(64);
        for (int i = 0; i < 30; i++) {
            record.append(new Temperature(0, i * S, begin + rate * i, sigma));
        }
        return record;
    }
}
