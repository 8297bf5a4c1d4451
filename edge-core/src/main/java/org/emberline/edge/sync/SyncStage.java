package org.emberline.edge.sync;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;
import org.jspecify.annotations.Nullable;

/** Binds a frame to its trigger and gives it the temperature of its exposure. */
public final class SyncStage implements Stage {
    private final @Nullable TriggerTimeline triggers;
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

    /**
     * @param triggers the trigger line, or null where there is none and frames carry their own times
     * @param temperatures the channel nearest to the sample
     */
    public SyncStage(@Nullable TriggerTimeline triggers, TemperatureTimeline temperatures, Channel channel) {
        this.triggers = triggers;
        this.temperatures = temperatures;
        this.channel = channel;
    }

    @Override
    public void process(FrameSlot slot) {
        if (triggers != null) {
            bindTrigger(slot, triggers);
        }
        temperatures.mean(
                slot.startNanos + channel.lagNanos(), slot.stopNanos + channel.lagNanos(), channel.maxGapNanos(), mean);
        slot.flags |= mean.flags;
        slot.temperatureCelsius = mean.celsius();
        slot.temperatureSigma = Math.hypot(mean.sigma(), channel.calibrationSigmaKelvin());
    }

    private static void bindTrigger(FrameSlot slot, TriggerTimeline triggers) {
        long stamp = triggers.timestampNanos(slot.triggerIndex);
        if (stamp == TriggerTimeline.UNKNOWN) {
            slot.flag(FrameFlag.TRIGGER_MISSING);
            return;
        }
        // The trigger starts the exposure: its stamp is the better clock than whatever the frame brought along.
        slot.stopNanos += stamp - slot.startNanos;
        slot.startNanos = stamp;
    }
}
