package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.emberline.edge.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/emberline.sdf.json (RFC 9880) says what is served, and nothing that is not. */
class SdfTest {
    private static final Pattern PHASE = Pattern.compile("phase:[^/]+");
    private static final Set<String> FAMILIES = Set.of("t", "pattern", "preview", "map");
    /** Those appear with their first frame, which a short test need not see. */
    private static final Set<String> LATE = Set.of("t", "pattern", "preview", "map");

    @TempDir
    private Path folder;

    private static JsonNode document() throws IOException {
        return new ObjectMapper()
                .readTree(Files.readString(RealData.repositoryRoot().resolve("docs/emberline.sdf.json")));
    }

    private static JsonNode poll(RunningAppliance appliance, String path) throws IOException {
        return new ObjectMapper()
                .readTree(Cli.done("poll", "--json", appliance.uri() + path).out());
    }

    @Test
    void everyResourceAndMetricThatIsServedIsDescribed() throws Exception {
        JsonNode document = document();
        try (RunningAppliance appliance = RunningAppliance.start(folder)) {
            resources(document.at("/sdfObject/Appliance/sdfProperty"), poll(appliance, "/.well-known/core"));
            metrics(document.at("/sdfObject/Metrics/sdfProperty"), poll(appliance, "/definitions"));
        }
    }

    private static void resources(JsonNode described, JsonNode served) {
        Set<String> seen = new TreeSet<>(LATE);
        for (JsonNode link : served) {
            String[] segments = link.get("uri").asText().split("/", -1);
            if (segments[1].equals(".well-known")) {
                continue;
            }
            String name = segments[1];
            seen.add(name);
            JsonNode entry = described.get(name);
            assertNotNull(entry, link + " is not described");
            assertEquals(
                    FAMILIES.contains(name), entry.get("ember:path").asText().contains("{"), name);
            assertEquals(link.get("rt").asText(), entry.get("ember:rt").asText());
            assertEquals(link.path("obs").asBoolean(), entry.get("observable").asBoolean(), name);
            assertEquals(
                    link.get("ct").asText(),
                    entry.get("ember:ct")
                            .valueStream()
                            .map(JsonNode::asText)
                            .reduce("", (a, b) -> (a + " " + b).strip()));
            assertFalse(entry.get("description").asText().isEmpty());
        }
        Set<String> names = new TreeSet<>();
        described.fieldNames().forEachRemaining(names::add);
        assertEquals(names, seen, "described and served");
    }

    private static void metrics(JsonNode described, JsonNode served) {
        Set<String> seen = new TreeSet<>();
        for (Map.Entry<String, JsonNode> each : served.properties()) {
            String name = PHASE.matcher(each.getKey()).replaceAll("phase:{name}");
            seen.add(name);
            JsonNode entry = described.get(name);
            assertNotNull(entry, each.getKey() + " is not described");
            assertEquals(
                    each.getValue().get("unit").asText(), entry.path("unit").asText());
            assertEquals(
                    PHASE.matcher(each.getValue().get("definition").asText()).replaceAll("phase:{name}"),
                    entry.get("ember:definition").asText());
        }
        assertTrue(seen.size() > 30, seen.toString());
        Set<String> names = new TreeSet<>();
        described.fieldNames().forEachRemaining(names::add);
        assertEquals(names, seen, "described and served");
    }

    /** RFC 9880 sections 3 and 4: the blocks that every document has, and the qualities that it may have. */
    @Test
    void theDocumentIsOneOfSdf() throws Exception {
        JsonNode document = document();
        for (String block : new String[] {"title", "version", "license"}) {
            assertFalse(document.at("/info/" + block).asText().isEmpty(), block);
        }
        assertEquals("ember", document.get("defaultNamespace").asText());
        assertTrue(document.get("namespace").has("ember"));
        assertEquals(
                Set.of("arm", "start", "stop", "abort", "label", "dark", "flat"),
                Set.copyOf(document.at("/sdfObject/Appliance/sdfAction")
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .toList()));
    }
}
