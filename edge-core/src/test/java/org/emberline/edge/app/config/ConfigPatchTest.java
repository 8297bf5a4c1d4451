package org.emberline.edge.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigPatchTest {
    private static final ObjectNode TREE = ConfigFile.parse("""
            coap = {notify_hz = 2, port = 5683}
            reduce = {npt = 1000, unit = "q_A^-1"}
            metrics = {phase = "nmc.toml"}
            """);

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void mergesAndSaysWhatChanges() throws Exception {
        ConfigPatch patch =
                ConfigPatch.of(json("{\"coap\":{\"notify_hz\":5},\"run\":{\"snapshots_per_second\":10}}"), TREE, true);
        assertEquals(5, patch.merged().at("/coap/notify_hz").asInt());
        assertEquals(5683, patch.merged().at("/coap/port").asInt());
        assertEquals(10, patch.merged().at("/run/snapshots_per_second").asInt());
        assertEquals("coap.notify_hz 2 -> 5, run.snapshots_per_second default -> 10", patch.words());
        assertEquals(2, TREE.at("/coap/notify_hz").asInt(), "the tree itself stays");
    }

    @Test
    void nullGoesBackToTheDefault() throws Exception {
        ConfigPatch patch = ConfigPatch.of(json("{\"coap\":{\"notify_hz\":null}}"), TREE, true);
        assertFalse(patch.merged().get("coap").has("notify_hz"));
    }

    @Test
    void whatIsMeasuredChangesBetweenRunsOnly() throws Exception {
        JsonNode patch = json("{\"reduce\":{\"npt\":500},\"beside\":{\"image\":{\"bin\":2}}}");
        assertEquals(
                500,
                ConfigPatch.of(patch, TREE, false).merged().at("/reduce/npt").asInt());
        ConfigPatch.RefusedException refused =
                assertThrows(ConfigPatch.RefusedException.class, () -> ConfigPatch.of(patch, TREE, true));
        assertTrue(refused.later());
        assertEquals("reduce.npt can be changed between runs only", refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"coap\":{\"port\":1}}",
                "{\"coap\":{\"dtls\":{\"keys\":\"/etc\"}}}",
                "{\"coap\":{\"cleartext_beyond_loopback\":true}}",
                "{\"metrics\":{\"phase\":\"/etc/shadow\"}}",
                "{\"beside\":{\"metrics\":{\"phases\":[\"/etc/shadow\"]}}}",
                "{\"archive\":{\"retention_days\":1}}",
                "{\"run\":{\"folder\":\"/\"}}",
                "{\"source\":{\"files\":[\"/etc/shadow\"]}}",
                "{\"detector\":{\"poni\":\"x\"}}",
                "{\"reduce\":null}",
                "{\"metrics\":[]}",
                "{\"coap\":null}",
            })
    void pathsDoorsAndWholeSectionsAreNotForTheNetwork(String patch) {
        ConfigPatch.RefusedException refused =
                assertThrows(ConfigPatch.RefusedException.class, () -> ConfigPatch.of(json(patch), TREE, false), patch);
        assertFalse(refused.later());
        assertTrue(refused.getMessage().endsWith("cannot be changed from here"), refused.getMessage());
    }
}
