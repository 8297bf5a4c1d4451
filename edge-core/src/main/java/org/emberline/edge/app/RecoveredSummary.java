package org.emberline.edge.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.archive.RunReader;

/** {@code summary.json} of a run whose process has died: what the database knows of it, under the names of {@link SummaryJson}. */
final class RecoveredSummary {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String LOST = "lost:";

    private RecoveredSummary() {}

    /** @param folder of a recovered run */
    static void write(RunFolder folder) throws IOException {
        try (RunReader reader = new RunReader(folder)) {
            Map<String, String> facts = reader.facts();
            ObjectNode root = JSON.createObjectNode();
            root.put("run", facts.get("run"));
            long started = Long.parseLong(facts.getOrDefault("started_ns", "0"));
            root.put(
                    "started",
                    Instant.ofEpochSecond(
                                    Math.floorDiv(started, 1_000_000_000L), Math.floorMod(started, 1_000_000_000L))
                            .toString());
            root.put("end_reason", facts.get("end_reason"));
            root.put("recovered", true);
            Map<String, Map<String, Long>> books = reader.books();
            ObjectNode detectors = JSON.createObjectNode();
            Map<String, Long> sum = new TreeMap<>();
            books.forEach((detector, own) -> {
                own.forEach((key, value) -> sum.merge(key, value, Long::sum));
                ledger(detectors.putObject(detector).putObject("ledger"), own);
            });
            ledger(root.putObject("ledger"), sum);
            root.set("detectors", detectors);
            ObjectNode metrics = root.putObject("metrics");
            reader.latest().forEach((name, last) -> {
                ObjectNode node = metrics.putObject(name);
                put(node, "last", last.value());
                put(node, "sigma", last.sigma());
                node.put("unit", last.unit());
            });
            root.putObject("truth");
            root.putArray("onsets");
            root.putObject("window");
            root.putObject("timings");
            folder.writeSummary(JSON.writeValueAsString(root) + "\n");
        }
    }

    private static void ledger(ObjectNode node, Map<String, Long> books) {
        for (String key : new String[] {"triggers", "received", "frames", "reduced", "published", "archived"}) {
            node.put(key, books.getOrDefault(key, 0L));
        }
        ObjectNode lost = node.putObject("lost");
        books.forEach((key, value) -> {
            if (key.startsWith(LOST) && value > 0) {
                lost.put(key.substring(LOST.length()), value);
            }
        });
    }

    private static void put(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }
}
