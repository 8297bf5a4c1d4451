package org.emberline.edge.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.app.config.ApplianceConfig.TemperatureChannel;
import org.emberline.edge.app.config.ApplianceConfig.TemperatureSection;
import org.emberline.edge.sync.ExposureMean;
import org.emberline.edge.sync.Patience;
import org.emberline.edge.sync.SampleChannel;
import org.emberline.edge.sync.SyncStage;
import org.emberline.edge.sync.TemperatureTimeline;
import org.emberline.firmware.ThermocoupleReading;
import org.jspecify.annotations.Nullable;

/** The records of those channels that make up the sample's temperature, and the stages that read them. */
final class SampleThermometer {
    /** Far more than are in flight; each detector looks at the record when one of its frames has just been exposed. */
    private static final int READINGS_KEPT = 1 << 16;

    private final List<SampleChannel> channels = new ArrayList<>();
    private final @Nullable TemperatureTimeline[] records;
    private final double calibrationSigmaKelvin;
    private final long waitNanos;
    private final int waitingSlots;

    /**
     * @param waitingSlots frames that the ring holds where frames wait for readings; 0 where readings are there before the frames
     * @throws IllegalArgumentException when a channel is configured that the furnace does not have
     */
    SampleThermometer(TemperatureSection section, Furnace furnace, int waitingSlots) {
        List<String> names = furnace.thermocouples().channels();
        records = new TemperatureTimeline[names.size()];
        calibrationSigmaKelvin = section.calibrationSigmaKelvin();
        this.waitingSlots = waitingSlots;
        long period = furnace.readingPeriodNanos();
        Duration patience = section.patience();
        waitNanos = patience == null ? section.windowNanos(period) + 2 * period : patience.toNanos();
        for (TemperatureChannel channel : configured(section, names)) {
            int index = names.indexOf(channel.name());
            if (index < 0) {
                throw new IllegalArgumentException("temperature.channel.name=\"" + channel.name()
                        + "\" is not measured, there are channels=" + names);
            }
            TemperatureTimeline record = new TemperatureTimeline(
                    READINGS_KEPT,
                    new TemperatureTimeline.Expectation(
                            period, section.maxKelvinPerSecond(), section.frozenReadings()));
            records[index] = record;
            channels.add(
                    new SampleChannel(record, channel.weight(), reading(section, channel, period), channel.offset()));
        }
    }

    private static List<TemperatureChannel> configured(TemperatureSection section, List<String> names) {
        if (!section.channels().isEmpty() || names.isEmpty()) {
            return section.channels();
        }
        return List.of(
                new TemperatureChannel(names.getFirst(), 1, section.lag(), section.lagSigma(), section.offset()));
    }

    private static ExposureMean.Reading reading(TemperatureSection section, TemperatureChannel channel, long period) {
        // Two reading periods are always bridged: one reading may be late without the frame losing its temperature.
        long maxGap = Math.max(section.maxGap().toNanos(), 2 * period);
        long lag = channel.lag().toNanos();
        return new ExposureMean.Reading(
                ExposureMean.Reading.window(lag, period),
                lag,
                channel.lagSigma().toNanos(),
                maxGap);
    }

    /** Takes a reading of any channel; one thread at a time. */
    void accept(ThermocoupleReading reading) {
        TemperatureTimeline record = records[reading.channel()];
        if (record != null) {
            record.append(reading);
        }
    }

    /** A stage for one detector. */
    SyncStage stage() {
        Patience patience = waitingSlots == 0 ? null : new Patience(waitNanos, waitingSlots);
        return new SyncStage(channels, calibrationSigmaKelvin, patience);
    }
}
