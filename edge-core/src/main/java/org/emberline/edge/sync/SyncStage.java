package org.emberline.edge.sync;

import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;

/** Gives a frame the temperature of its exposure. */
public final class SyncStage implements Stage {
    private final TemperatureTimeline temperatures;
    private final Channel channel;
    private final ExposureMean mean = new ExposureMean();

    /**
     * What is known of the thermocouple.
     *
     * @param lagNanos its first-order time constant: on a ramp it shows at {@code t + lag} what the sample had at {@code t}, so that
     *     the record is read that much later. Exact on a ramp and on a hold; wrong by at most (change of slope) x lag for a few lags
     *     after a kink
     * @param maxGapNanos longest bridged time between two readings
     * @param calibrationSigmaKelvin standard uncertainty common to all its readings
     */
    public record Channel(long lagNanos, long maxGapNanos, double calibrationSigmaKelvin) {}

    /** @param temperatures the channel nearest to the sample */
    public SyncStage(TemperatureTimeline temperatures, Channel channel) {
        this.temperatures = temperatures;
        this.channel = channel;
    }

    @Override
    public void process(FrameSlot slot) {
        temperatures.mean(
                slot.startNanos + channel.lagNanos(), slot.stopNanos + channel.lagNanos(), channel.maxGapNanos(), mean);
        slot.flags |= mean.flags;
        slot.temperatureCelsius = mean.celsius();
        slot.temperatureSigma = Math.hypot(mean.sigma(), channel.calibrationSigmaKelvin());
    }
}
