package org.emberline.edge.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.emberline.edge.pipeline.Snapshot.ChannelView;
import org.emberline.firmware.ThermocoupleReading;

/** The newest reading of every thermocouple channel. One writer, any reader. */
public final class LatestReadings {
    private final List<String> names;
    private final AtomicReferenceArray<ThermocoupleReading> latest;

    public LatestReadings(List<String> channelNames) {
        names = List.copyOf(channelNames);
        latest = new AtomicReferenceArray<>(names.size());
    }

    /** Replaces the channel's reading. */
    public void accept(ThermocoupleReading reading) {
        latest.set(reading.channel(), reading);
    }

    /** The channels that have been heard of. */
    List<ChannelView> views() {
        List<ChannelView> views = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            ThermocoupleReading reading = latest.get(i);
            if (reading != null) {
                views.add(view(names.get(i), reading));
            }
        }
        return views;
    }

    private static ChannelView view(String name, ThermocoupleReading reading) {
        return switch (reading) {
            case ThermocoupleReading.Temperature t ->
                new ChannelView(name, t.timestampNanos(), t.hotJunctionCelsius(), t.sigmaCelsius(), null);
            case ThermocoupleReading.Fault f ->
                new ChannelView(
                        name,
                        f.timestampNanos(),
                        Double.NaN,
                        Double.NaN,
                        f.kind().name());
        };
    }
}
