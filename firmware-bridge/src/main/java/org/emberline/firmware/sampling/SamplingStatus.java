package org.emberline.firmware.sampling;

import java.util.List;
import java.util.Map;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.jspecify.annotations.Nullable;

/**
 * What the sampling has done since its start. Immutable.
 *
 * @param channels in the order of their indices
 * @param failure why the sampling itself ended, which no hardware can cause; null while all is well
 */
public record SamplingStatus(
        List<Channel> channels, @Nullable String failure) {

    public SamplingStatus {
        channels = List.copyOf(channels);
    }

    /**
     * One channel. Every sample that was due is counted once: {@code due = readings + faults + suppressed + missed + misordered}, but for
     * one that may still be under way.
     *
     * @param due samples that the period asked for
     * @param readings temperatures delivered
     * @param faults faults delivered, by kind; kinds that did not occur are absent
     * @param suppressed faults seen and not delivered, because they did not last
     * @param missed samples that nobody could ask for, because the bus was busy with an earlier one
     * @param misordered readings withheld because their time was not after the latest, as when the system's clock was set back
     * @param retries calls made again after a failure
     * @param restarts successful restarts of the device, the first one included
     * @param late calls that returned after their deadline; what they brought was dropped
     * @param latency of the probe's readings
     * @param lastFailure text of the latest failed call; null if there was none
     */
    public record Channel(
            String name,
            long due,
            long readings,
            Map<FaultKind, Long> faults,
            Map<FaultKind, Long> suppressed,
            long missed,
            long misordered,
            long retries,
            long restarts,
            long late,
            Latency latency,
            @Nullable String lastFailure) {

        public Channel {
            faults = Map.copyOf(faults);
            suppressed = Map.copyOf(suppressed);
        }
    }

    /**
     * How long reading the probe took, the bus and the operating system included.
     *
     * @param count calls that returned in time; if 0 the other three are 0
     * @param minNanos shortest of all
     * @param medianNanos of the latest 255
     * @param maxNanos longest of all
     */
    public record Latency(long count, long minNanos, long medianNanos, long maxNanos) {}
}
