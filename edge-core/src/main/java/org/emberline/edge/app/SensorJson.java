package org.emberline.edge.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.csv.CsvStatus;
import org.emberline.firmware.sampling.SamplingStatus;

/**
 * Sensors for machines: an object a line. {@code timestamp_ns} is in nanoseconds since the Unix epoch; {@code channel} comes with
 * {@code celsius} and {@code sigma}, or with {@code fault}; {@code trigger} comes with its edges, or with {@code failure}; in the end
 * {@code total} says which of them its counts belong to.
 */
final class SensorJson implements SensorFormat {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String TRIGGER = "trigger";
    private static final String TOTAL = "total";

    @Override
    public String reading(String channel, ThermocoupleReading reading) {
        ObjectNode object = at(reading.timestampNanos()).put("channel", channel);
        switch (reading) {
            case ThermocoupleReading.Temperature t ->
                object.put("celsius", t.hotJunctionCelsius()).put("sigma", t.sigmaCelsius());
            case ThermocoupleReading.Fault f -> object.put("fault", f.kind().name());
        }
        return object.toString();
    }

    @Override
    public String edges(long utcNanos, double perSecond, SensorBoard.Edges edges) {
        ObjectNode object = at(utcNanos);
        object.putObject(TRIGGER)
                .put("edges_per_second", perSecond)
                .put("seen", edges.seen())
                .put("lost", edges.lost())
                .put("latest_ns", edges.latestNanos());
        return object.toString();
    }

    @Override
    public String lost(long utcNanos, String failure) {
        ObjectNode object = at(utcNanos);
        object.putObject(TRIGGER).put("failure", failure);
        return object.toString();
    }

    @Override
    public String total(SamplingStatus.Channel channel) {
        ObjectNode object = MAPPER.createObjectNode()
                .put(TOTAL, channel.name())
                .put("due", channel.due())
                .put("readings", channel.readings());
        put(object.putObject("faults"), channel.faults());
        put(object.putObject("suppressed"), channel.suppressed());
        object.put("missed", channel.missed())
                .put("misordered", channel.misordered())
                .put("retries", channel.retries())
                .put("restarts", channel.restarts())
                .put("late", channel.late());
        object.putObject("latency")
                .put("count", channel.latency().count())
                .put("min_ns", channel.latency().minNanos())
                .put("median_ns", channel.latency().medianNanos())
                .put("max_ns", channel.latency().maxNanos());
        return object.put("last_failure", channel.lastFailure()).toString();
    }

    private static void put(ObjectNode object, Map<FaultKind, Long> faults) {
        faults.forEach((kind, n) -> object.put(kind.name(), n));
    }

    @Override
    public String total(CsvStatus log) {
        return MAPPER.createObjectNode()
                .put(TOTAL, "log")
                .put("lines", log.lines())
                .put("readings", log.readings())
                .put("missing", log.missing())
                .put("refused", log.refused())
                .put("misordered", log.misordered())
                .put("restarts", log.restarts())
                .put("failures", log.failures())
                .put("last_problem", log.lastProblem())
                .toString();
    }

    @Override
    public String total(SensorBoard.Edges edges, Map<String, Long> counts) {
        ObjectNode object = MAPPER.createObjectNode()
                .put(TOTAL, TRIGGER)
                .put("seen", edges.seen())
                .put("lost", edges.lost());
        ObjectNode adapter = object.putObject("adapter");
        counts.forEach(adapter::put);
        return object.toString();
    }

    private static ObjectNode at(long utcNanos) {
        return MAPPER.createObjectNode().put("timestamp_ns", utcNanos);
    }
}
