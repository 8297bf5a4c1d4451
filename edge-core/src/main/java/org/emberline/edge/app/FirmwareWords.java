package org.emberline.edge.app;

import java.util.Map;
import java.util.stream.Collectors;
import org.emberline.firmware.clock.ClockRelation;
import org.emberline.firmware.clock.ClockSynchronisation;
import org.emberline.firmware.csv.CsvStatus;
import org.emberline.firmware.sampling.SamplingStatus;

/** How clock, thermocouples and trigger line stand, each in one line. */
final class FirmwareWords {

    private FirmwareWords() {}

    static String of(ClockSynchronisation clock) {
        return switch (clock) {
            case ClockSynchronisation.Known known ->
                known.synchronised()
                        ? "synchronised, estimated error " + known.estimatedErrorNanos() / 1000 + " us, at most "
                                + known.maximumErrorNanos() / 1000 + " us"
                        : "not synchronised"; // the kernel's errors say nothing then
            case ClockSynchronisation.Unavailable unavailable ->
                "synchronisation unknown (" + unavailable.reason() + ")";
        };
    }

    static String of(ClockRelation relation) {
        return "utc - monotonic = " + (relation.utcNanos() - relation.monotonicNanos()) + " ns +- "
                + relation.uncertaintyNanos() + " ns";
    }

    static String of(SamplingStatus.Channel channel) {
        return channel.name() + ": due=" + channel.due() + " readings=" + channel.readings() + " faults="
                + channel.faults() + " suppressed=" + channel.suppressed() + " missed=" + channel.missed()
                + " misordered=" + channel.misordered() + " retries=" + channel.retries() + " restarts="
                + channel.restarts() + " late=" + channel.late() + " latency_us="
                + channel.latency().medianNanos() / 1000 + " ("
                + channel.latency().minNanos() / 1000 + " to "
                + channel.latency().maxNanos() / 1000 + ")"
                + (channel.lastFailure() == null ? "" : " last failure: " + channel.lastFailure());
    }

    static String of(CsvStatus log) {
        return "lines=" + log.lines() + " readings=" + log.readings() + " missing=" + log.missing() + " refused="
                + log.refused() + " misordered=" + log.misordered() + " restarts=" + log.restarts() + " failures="
                + log.failures() + (log.lastProblem() == null ? "" : " last problem: " + log.lastProblem());
    }

    /** Such as {@code edges=12 lost=0}. */
    static String of(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + "=" + count.getValue())
                .collect(Collectors.joining(" "));
    }
}
