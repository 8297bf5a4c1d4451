package org.emberline.edge.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.emberline.edge.frame.DetectorRole;
import org.emberline.edge.frame.MetricLayout;
import org.emberline.edge.pipeline.EndReason;
import org.emberline.edge.pipeline.Ledger;
import org.emberline.edge.pipeline.RunView;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.Condition;
import org.emberline.edge.pipeline.Snapshot.DetectorView;
import org.emberline.edge.pipeline.Snapshot.FrameView;
import org.emberline.edge.pipeline.Snapshot.StationView;
import org.jspecify.annotations.Nullable;

/** The maps behind {@code /status}, {@code /ledger}, {@code /definitions} and {@code /health}. What is not known is null, never NaN. */
final class Documents {
    private static final int MAX_TEXT = 120;
    /** Seven of them and their surroundings fit a datagram. */
    private static final int MAX_REASON = 60;

    private static final double MILLIS = 1e3;
    private static final Set<EndReason> GOOD_ENDS = EnumSet.of(EndReason.COMPLETED, EndReason.STOPPED);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new CBORMapper();

    private Documents() {}

    static Map<String, @Nullable Object> status(Snapshot snapshot) {
        RunView run = snapshot.run();
        FrameView frame = snapshot.frame();
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("run", line(run.runId()));
        status.put("label", line(run.label()));
        status.put("phase", run.state().phase());
        status.put(
                "end_reason", run.endReason() == null ? null : run.endReason().name());
        status.put("started", run.started().toString());
        status.put("backend", line(run.backend()));
        status.put("fault", line(run.fault()));
        status.put("sequence", snapshot.sequence());
        status.put("frame", frame == null ? null : frame.frameIndex());
        status.put("t", frame == null ? null : unixSeconds(frame.midNanos()));
        status.put("temperature", frame == null ? null : finite(frame.temperatureCelsius()));
        status.put("temperature_sigma", frame == null ? null : finite(frame.temperatureSigma()));
        status.put("flags", frame == null ? List.of() : frame.flags());
        Map<String, @Nullable Object> detectors = new LinkedHashMap<>();
        for (DetectorView detector : snapshot.detectors()) {
            detectors.put(detector.name(), detector(detector));
        }
        status.put("detectors", detectors);
        return status;
    }

    private static Map<String, @Nullable Object> detector(DetectorView detector) {
        FrameView frame = detector.frame();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("role", detector.role().name().toLowerCase(Locale.ROOT));
        map.put("frame", frame == null ? null : frame.frameIndex());
        map.put("t", frame == null ? null : unixSeconds(frame.midNanos()));
        if (detector.role() == DetectorRole.IMAGING) {
            map.put("energy_kev", frame == null ? null : finite(frame.energyKev()));
        }
        return map;
    }

    static Map<String, @Nullable Object> ledger(Snapshot snapshot) {
        Map<String, @Nullable Object> ledger = books(snapshot.ledger(), snapshot.closes());
        Map<String, @Nullable Object> detectors = new LinkedHashMap<>();
        for (DetectorView detector : snapshot.detectors()) {
            detectors.put(
                    detector.name(), books(detector.ledger(), detector.ledger().closes()));
        }
        ledger.put("detectors", detectors);
        return ledger;
    }

    private static Map<String, @Nullable Object> books(Ledger books, boolean closes) {
        Map<String, @Nullable Object> ledger = new LinkedHashMap<>();
        ledger.put("triggers", books.triggers());
        ledger.put("received", books.received());
        ledger.put("frames", books.frames());
        ledger.put("reduced", books.reduced());
        ledger.put("published", books.published());
        ledger.put("archived", books.archived());
        ledger.put("lost", new TreeMap<>(books.lost()));
        Map<String, @Nullable Object> onTheWay = new LinkedHashMap<>();
        onTheWay.put("triggers", books.openTriggers());
        onTheWay.put("reduced", books.unreduced());
        onTheWay.put("published", books.unpublished());
        onTheWay.put("archived", books.waiting());
        ledger.put("on_the_way", onTheWay);
        ledger.put("closes", closes);
        return ledger;
    }

    /** Of every metric of the run, measured yet or not. */
    static Map<String, @Nullable Object> definitions(Snapshot snapshot) {
        Map<String, @Nullable Object> definitions = new LinkedHashMap<>();
        for (DetectorView detector : snapshot.detectors()) {
            for (MetricLayout metric : detector.metrics()) {
                Map<String, @Nullable Object> entry = new LinkedHashMap<>();
                entry.put("definition", metric.definition());
                entry.put("unit", metric.unit());
                entry.put("detector", detector.name());
                definitions.put(metric.name(), entry);
            }
        }
        return definitions;
    }

    static Map<String, @Nullable Object> health(Snapshot snapshot) {
        RunView run = snapshot.run();
        EndReason end = run.endReason();
        boolean ok = !run.faulted() && (end == null || GOOD_ENDS.contains(end));
        String reason = run.state().phase() + (end == null ? "" : ": " + end);
        Map<String, @Nullable Object> health = new LinkedHashMap<>();
        health.put("ok", ok && snapshot.stations().stream().noneMatch(s -> s.condition() == Condition.FAIL));
        health.put("reason", run.fault() == null ? reason : reason + ": " + line(run.fault()));
        Map<String, @Nullable Object> stations = new LinkedHashMap<>();
        for (StationView station : snapshot.stations()) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("state", station.condition().name().toLowerCase(Locale.ROOT));
            entry.put("since", Math.rint(unixSeconds(station.sinceNanos()) * MILLIS) / MILLIS);
            entry.put("reason", line(station.reason(), MAX_REASON));
            stations.put(station.name().name().toLowerCase(Locale.ROOT), entry);
        }
        health.put("stations", stations);
        return health;
    }

    static byte[] write(Map<String, @Nullable Object> document, int contentFormat) {
        if (contentFormat == Description.TEXT) {
            return PlainText.document(document);
        }
        ObjectMapper mapper = contentFormat == Description.CBOR ? CBOR : JSON;
        try {
            return mapper.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of plain values cannot be written", e);
        }
    }

    /** Middle of an exposure as SenML and the documents have it: seconds since the Unix epoch, good to about 0.24 us. */
    static double unixSeconds(long nanos) {
        Instant instant = Instant.ofEpochSecond(0, nanos);
        return instant.getEpochSecond() + instant.getNano() * 1e-9;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** The first line, cut short: a fault may carry a stack trace, and a notification must fit a datagram. */
    static @Nullable String line(@Nullable String text) {
        return text == null ? null : line(text, MAX_TEXT);
    }

    private static String line(String text, int most) {
        String line = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ");
        return line.length() > most ? line.substring(0, most) + "..." : line;
    }
}
