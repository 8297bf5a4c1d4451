package org.emberline.firmware.sampling;

import java.util.function.Consumer;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.chip.Conversion.Junctions;
import org.emberline.firmware.clock.ClockRelation;

/** Turns monotonic into UTC, keeps one channel in order of time, and counts. One thread. */
final class ChannelOutlet {
    private final int channel;
    private final ChannelCounts counts;
    private final Consumer<? super ThermocoupleReading> sink;
    private ClockRelation relation;
    private long latestUtcNanos = Long.MIN_VALUE;

    ChannelOutlet(
            int channel, ChannelCounts counts, Consumer<? super ThermocoupleReading> sink, ClockRelation relation) {
        this.channel = channel;
        this.counts = counts;
        this.sink = sink;
        this.relation = relation;
    }

    void relation(ClockRelation newer) {
        relation = newer;
    }

    void temperature(long centreNanos, Junctions junctions) {
        long utc = relation.utcAt(centreNanos);
        if (inOrder(utc)) {
            counts.reading();
            sink.accept(new ThermocoupleReading.Temperature(
                    channel, utc, junctions.hotCelsius(), junctions.sigmaCelsius()));
        }
    }

    void fault(long nanos, FaultKind kind) {
        long utc = relation.utcAt(nanos);
        if (inOrder(utc)) {
            counts.fault(kind);
            sink.accept(new ThermocoupleReading.Fault(channel, utc, kind));
        }
    }

    private boolean inOrder(long utc) {
        if (utc <= latestUtcNanos) {
            counts.misordered();
            return false;
        }
        latestUtcNanos = utc;
        return true;
    }
}
