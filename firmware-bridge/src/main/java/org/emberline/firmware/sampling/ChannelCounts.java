package org.emberline.firmware.sampling;

import java.util.EnumMap;
import java.util.Map;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.jspecify.annotations.Nullable;

/** The numbers behind {@link SamplingStatus.Channel}. One thread. */
final class ChannelCounts {
    private final String name;
    private final Map<FaultKind, Long> faults = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Long> suppressed = new EnumMap<>(FaultKind.class);
    private final LatencyWindow latency = new LatencyWindow();
    private long due;
    private long readings;
    private long missed;
    private long misordered;
    private long retries;
    private long restarts;
    private long late;
    private @Nullable String lastFailure;

    ChannelCounts(String name) {
        this.name = name;
    }

    void due() {
        due++;
    }

    void reading() {
        readings++;
    }

    void fault(FaultKind kind) {
        faults.merge(kind, 1L, Long::sum);
    }

    void suppressed(FaultKind kind) {
        suppressed.merge(kind, 1L, Long::sum);
    }

    void missed() {
        missed++;
    }

    void misordered() {
        misordered++;
    }

    void retry() {
        retries++;
    }

    void restart() {
        restarts++;
    }

    void late() {
        late++;
    }

    void latency(long nanos) {
        latency.add(nanos);
    }

    void failure(String text) {
        lastFailure = text;
    }

    SamplingStatus.Channel status() {
        return new SamplingStatus.Channel(
                name,
                due,
                readings,
                faults,
                suppressed,
                missed,
                misordered,
                retries,
                restarts,
                late,
                latency.latency(),
                lastFailure);
    }
}
