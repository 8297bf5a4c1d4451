package org.emberline.edge.sync;

import java.util.List;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.TemperatureMethod;

/**
 * The temperature of a frame from all channels: each one's mean over the exposure with its own offset, combined by weight. A channel
 * without a value is left out and the rest takes its share. One thread; allocates nothing.
 */
final class SampleTemperature {
    private final List<SampleChannel> channels;
    private final ExposureMean[] means;
    private final double calibrationVariance;

    private double weight;
    private double celsius;
    private double variance;
    private double least;
    private double greatest;
    private double rate;
    private long flags;
    private TemperatureMethod method = TemperatureMethod.NONE;

    SampleTemperature(List<SampleChannel> channels, double calibrationSigmaKelvin) {
        this.channels = List.copyOf(channels);
        means = new ExposureMean[channels.size()];
        for (int i = 0; i < means.length; i++) {
            means[i] = new ExposureMean();
        }
        calibrationVariance = calibrationSigmaKelvin * calibrationSigmaKelvin;
    }

    /** Fills the temperature's fields of a slot whose times stand. */
    void into(FrameSlot slot) {
        begin();
        long refusals = 0;
        int readings = 0;
        long gap = 0;
        for (int i = 0; i < means.length; i++) {
            SampleChannel channel = channels.get(i);
            ExposureMean mean = means[i];
            mean.take(channel.record(), slot.startNanos, slot.stopNanos, channel.reading());
            if (Double.isNaN(mean.celsius)) {
                refusals |= mean.flags;
            } else {
                add(mean, channel.weight(), channel.offset());
                readings += mean.readings;
                gap = Math.max(gap, mean.largestGapNanos);
            }
        }
        if (weight == 0) {
            slot.flags |= means.length == 0 ? FrameFlag.TEMPERATURE_STALE.bit() : refusals;
            return;
        }
        slot.flags |= refusals == 0 ? flags : flags | FrameFlag.CHANNEL_DROPPED.bit();
        slot.temperatureCelsius = celsius / weight;
        slot.temperatureSigma = Math.sqrt(variance / (weight * weight) + calibrationVariance);
        slot.temperatureLeast = least / weight;
        slot.temperatureGreatest = greatest / weight;
        slot.temperatureRate = rate / weight;
        slot.temperatureReadings = readings;
        slot.temperatureGapNanos = gap;
        slot.temperatureMethod = method;
    }

    private void begin() {
        weight = 0;
        celsius = 0;
        variance = 0;
        least = 0;
        greatest = 0;
        rate = 0;
        flags = 0;
        method = TemperatureMethod.NONE;
    }

    private void add(ExposureMean mean, double share, OffsetModel offset) {
        double gain = offset.gain(mean.celsius);
        double sample = mean.celsius + offset.kelvin(mean.celsius);
        double sigma = gain * mean.sigma;
        weight += share;
        celsius += share * sample;
        variance += share * share * (sigma * sigma + offset.variance(mean.celsius));
        least += share * (sample - Math.abs(gain) * (mean.celsius - mean.least));
        greatest += share * (sample + Math.abs(gain) * (mean.greatest - mean.celsius));
        rate += share * gain * mean.rate;
        flags |= mean.flags;
        if (mean.method.compareTo(method) > 0) {
            method = mean.method;
        }
    }
}
