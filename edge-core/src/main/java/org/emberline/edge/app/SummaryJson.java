package org.emberline.edge.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.emberline.edge.pipeline.Ledger;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.DetectorView;
import org.emberline.edge.sync.ClockView;
import org.emberline.firmware.clock.ClockSynchronisation;

/** {@code summary.json}: the outcome of a run for machines. */
final class SummaryJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final double NANOS = 1e9;

    private SummaryJson() {}

    static String of(Outcome outcome) {
        Snapshot snapshot = outcome.last();
        ObjectNode root = JSON.createObjectNode();
        root.put("run", snapshot.run().runId());
        root.put("started", snapshot.run().started().toString());
        root.put("end_reason", outcome.reason().name());
        root.put("fault", snapshot.run().fault());
        root.put("backend", snapshot.run().backend());
        ledger(root.putObject("ledger"), snapshot.ledger(), snapshot.settled());
        ObjectNode detectors = root.putObject("detectors");
        for (DetectorView detector : snapshot.detectors()) {
            ObjectNode node = detectors.putObject(detector.name());
            node.put("role", Choice.word(detector.role()));
            node.put("backend", detector.backend());
            ledger(
                    node.putObject("ledger"),
                    detector.ledger(),
                    detector.ledger().settled());
        }
        metrics(root.putObject("metrics"), snapshot);
        ObjectNode truth = root.putObject("truth");
        outcome.truth().forEach((name, against) -> {
            ObjectNode node = truth.putObject(name);
            node.put("frames", against.frames());
            put(node, "rms_error", against.rmsError());
            put(node, "bias", against.bias());
            put(node, "coverage95", against.coverage95());
        });
        clock(root.putObject("clock"), outcome.clock());
        ObjectNode clocks = root.putObject("detector_clocks");
        outcome.detectorClocks().forEach((name, view) -> detectorClock(clocks.putObject(name), view));
        root.putArray("onsets");
        root.putObject("window");
        ObjectNode timings = root.putObject("timings");
        outcome.timings().forEach(timings::put);
        outcome.remarks().forEach(root::put);
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree of numbers and texts can be written", e);
        }
    }

    /**
     * How the clocks stand, as in the summary, each a text of JSON.
     *
     * @param detectors what is known of their clocks, by their names
     */
    static Map<String, String> clocks(RunClock.Facts clock, Map<String, ClockView> detectors) {
        ObjectNode system = JSON.createObjectNode();
        clock(system, clock);
        ObjectNode others = JSON.createObjectNode();
        detectors.forEach((name, view) -> detectorClock(others.putObject(name), view));
        return Map.of("clock", system.toString(), "detector_clocks", others.toString());
    }

    private static void ledger(ObjectNode node, Ledger ledger, boolean closes) {
        node.put("triggers", ledger.triggers());
        node.put("received", ledger.received());
        node.put("frames", ledger.frames());
        node.put("reduced", ledger.reduced());
        node.put("published", ledger.published());
        node.put("archived", ledger.archived());
        ObjectNode lost = node.putObject("lost");
        for (Map.Entry<String, Long> entry : new TreeMap<>(ledger.lost()).entrySet()) {
            lost.put(entry.getKey(), entry.getValue());
        }
        node.put("closes", closes);
    }

    private static void detectorClock(ObjectNode node, ClockView view) {
        node.put("offset_s", view.offsetSeconds());
        node.put("drift", view.drift());
        node.put("drift_sigma", view.driftSigma());
        node.put("spread_s", view.spreadSeconds());
        if (!Double.isNaN(view.latencySeconds())) {
            node.put("latency_s", view.latencySeconds());
        }
        node.put("jumps", view.jumps());
        if (view.jumps() > 0) {
            node.put("latest_jump_s", view.latestJumpSeconds());
        }
    }

    private static void clock(ObjectNode node, RunClock.Facts clock) {
        switch (clock.synchronisation()) {
            case ClockSynchronisation.Known known -> {
                node.put("synchronised", known.synchronised());
                // What the kernel says of errors means nothing while nobody tells it.
                put(node, "offset_s", known.synchronised() ? known.offsetNanos() / NANOS : Double.NaN);
                put(node, "estimated_error_s", known.synchronised() ? known.estimatedErrorNanos() / NANOS : Double.NaN);
                put(node, "maximum_error_s", known.synchronised() ? known.maximumErrorNanos() / NANOS : Double.NaN);
            }
            case ClockSynchronisation.Unavailable unavailable -> {
                node.putNull("synchronised");
                node.put("unknown", unavailable.reason());
            }
        }
        node.put("steps", clock.steps());
        if (clock.steps() > 0) {
            node.put("latest_step_s", clock.latestStepNanos() / NANOS);
        }
    }

    private static void metrics(ObjectNode node, Snapshot snapshot) {
        for (int i = 0; i < snapshot.detectors().size(); i++) {
            DetectorView detector = snapshot.detectors().get(i);
            Snapshot.FrameView frame = detector.frame();
            if (frame == null) {
                continue;
            }
            String temperature = Names.temperature(i, detector.name());
            one(node.putObject(temperature), frame.temperatureCelsius(), frame.temperatureSigma(), "Cel");
            for (Snapshot.MetricView metric : frame.metrics()) {
                one(node.putObject(metric.name()), metric.value(), metric.sigma(), metric.unit());
            }
        }
    }

    private static void one(ObjectNode node, double last, double sigma, String unit) {
        put(node, "last", last);
        put(node, "sigma", sigma);
        node.put("unit", unit);
    }

    /** JSON has no NaN: an absent value is null. */
    private static void put(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }
}
