package org.emberline.edge.sync;

import java.util.List;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;
import org.emberline.edge.frame.TemperatureMethod;
import org.jspecify.annotations.Nullable;

/** Gives a frame the temperature of its exposure, unless it came with one ({@link TemperatureMethod#STATED}). */
public final class SyncStage implements Stage {
    private final List<SampleChannel> channels;
    private final SampleTemperature temperature;
    private final @Nullable Patience patience;

    /**
     * What is known of the only thermocouple, which is as warm as the sample.
     *
     * @param lagNanos its first-order time constant
     * @param maxGapNanos longest bridged time between two readings
     * @param calibrationSigmaKelvin standard uncertainty common to all its readings
     */
    public record Channel(long lagNanos, long maxGapNanos, double calibrationSigmaKelvin) {}

    /**
     * For one thermocouple whose readings are there before the frames.
     *
     * @param temperatures the channel nearest to the sample
     */
    public SyncStage(TemperatureTimeline temperatures, Channel channel) {
        this(
                List.of(new SampleChannel(
                        temperatures,
                        1,
                        new ExposureMean.Reading(
                                ExposureMean.Reading.window(channel.lagNanos(), 0),
                                channel.lagNanos(),
                                0,
                                channel.maxGapNanos()),
                        OffsetModel.NONE)),
                channel.calibrationSigmaKelvin(),
                null);
    }

    /**
     * @param channels none when nothing is known of the temperature
     * @param calibrationSigmaKelvin standard uncertainty common to all readings of all channels
     * @param patience how long frames wait for readings, or null when readings are there before the frames
     */
    public SyncStage(List<SampleChannel> channels, double calibrationSigmaKelvin, @Nullable Patience patience) {
        this.channels = List.copyOf(channels);
        this.patience = patience;
        temperature = new SampleTemperature(channels, calibrationSigmaKelvin);
    }

    @Override
    public void process(FrameSlot slot) {
        if (slot.temperatureMethod == TemperatureMethod.STATED) {
            return;
        }
        if (patience != null) {
            long deadline = patience.deadline(slot);
            for (int i = 0; i < channels.size(); i++) {
                SampleChannel channel = channels.get(i);
                long window = Math.max(
                        channel.reading().windowNanos(), 2 * channel.record().periodNanos());
                patience.await(channel.record(), slot.stopNanos + window, deadline);
            }
        }
        temperature.into(slot);
    }
}
