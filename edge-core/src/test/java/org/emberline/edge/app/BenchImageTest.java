package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bench image} on a detector so small that it takes no time. No figure is judged: they are the machine's. */
class BenchImageTest {
    private static final List<String> KEYS =
            List.of("frames_per_s", "mpix_per_s", "ceiling_mpix_per_s", "ceiling_share", "median_ms");

    private static List<String> words(String... more) {
        List<String> words = new ArrayList<>(List.of("bench", "image", "--size", "96", "--repeats", "4", "--json"));
        words.addAll(Arrays.asList(more));
        return words;
    }

    private static JsonNode measure(String... more) throws IOException {
        Cli cli = Cli.done(words(more).toArray(String[]::new));
        return new ObjectMapper().readTree(cli.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "opencl"})
    void eachBackendIsMeasured(String backend) throws IOException {
        Cli.needs(backend);
        JsonNode json = measure("--backend", backend);
        for (String key : KEYS) {
            assertTrue(json.get(key).asDouble() > 0, key + " in " + json);
        }
        assertEquals("image", json.get("bench").asText());
        assertEquals(backend, json.get("backend").asText());
        assertTrue(json.get("reason").asText().startsWith(backend + ": "), json.toString());
        assertEquals("96x96", json.get("shape").asText());
        assertEquals(4, json.get("factor").asInt());
        assertEquals(4, json.get("repeats").asInt());
        assertTrue(json.get("allocated_bytes_per_frame").asDouble() >= 0, json.toString());
        assertEquals(
                backend.equals("opencl"),
                json.get("ceiling_device").asText().equals(json.get("device").asText()));
        json.fieldNames().forEachRemaining(key -> assertFalse(key.contains("numpy"), key));
    }

    @Test
    void autoMeasuresWhatToTake() throws IOException {
        Cli.needs("opencl");
        JsonNode json = measure();
        assertTrue(json.get("reason").asText().contains(" ms a frame against "), json.toString());
    }

    @Test
    void theTableIsForPeople() {
        Cli cli = Cli.done("bench", "image", "--size", "64", "--factor", "2", "--repeats", "2", "--backend", "cpu");
        assertTrue(
                cli.out().startsWith("image      64x64 u16, dark and flat, optical density of 32x32 pixels"),
                cli.out());
        assertTrue(cli.out().contains("\ndensity and histogram "), cli.out());
        assertTrue(cli.out().contains(" % of the speed of reading the memory alone (cpu, "), cli.out());
        assertEquals("cpu: as asked\n", cli.err());
    }

    /** 96 is no multiple of 7: numpy has to leave out the same pixels. */
    @ParameterizedTest
    @ValueSource(strings = {"4", "7", "1"})
    void numPyDoesTheSameWork(String factor) throws IOException {
        Cli asked = Cli.run(
                words("--backend", "cpu", "--factor", factor, "--vs-numpy").toArray(String[]::new));
        if (asked.code() == ExitCode.NO_DEVICE) {
            assertTrue(asked.err().startsWith("emberline: no numpy (Debian: python3-numpy), asked "), asked.err());
            Cli.oracleAbsent(asked.err().strip());
        }
        assertEquals(ExitCode.DONE, asked.code(), asked.err());
        JsonNode json = new ObjectMapper().readTree(asked.out());
        assertTrue(json.get("numpy_deviation").asDouble() < 2e-6, json.toString());
        assertTrue(json.get("numpy_deviation").asDouble() > 0, "a program of its own rounds differently: " + json);
        assertTrue(json.get("numpy_histogram_moved").asLong() < 10, json.toString());
        assertEquals(4, json.get("repeats").asInt());
        double ratio = json.get("frames_per_s").asDouble()
                / json.get("numpy_frames_per_s").asDouble();
        assertEquals(ratio, json.get("ratio_to_numpy").asDouble(), 1e-9 * ratio);
        assertFalse(json.get("numpy_version").asText().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bench image --size 63          | --size must lie in 64..8192, is 63",
                "bench image --size 8193        | --size must lie in 64..8192, is 8193",
                "bench image --size 2k          | '2k' is not an int",
                "bench image --factor 0         | --factor must lie in 1..64, is 0",
                "bench image --factor 65        | --factor must lie in 1..64, is 65",
                "bench image --repeats 1        | --repeats must lie in 2..100000, is 1",
                "bench image --backend numpy    | must be one of [auto, opencl, cpu], is \"numpy\"",
                "bench image --vs-pyfai         | Unknown option: '--vs-pyfai'",
                "bench image more               | Unmatched argument at index 2: 'more'",
            })
    void badOptionsAreExplainedInALine(String arguments, String message) {
        Cli cli = Cli.run(arguments.split(" +"));
        assertEquals(ExitCode.USAGE, cli.code(), cli.err());
        assertTrue(cli.err().startsWith("emberline: ") && cli.err().contains(message), cli.err());
        assertEquals(1, cli.err().lines().count(), cli.err());
        assertEquals("", cli.out());
    }

    @Test
    void theHelpNamesOptionsAndExitCodes() {
        assertTrue(Cli.done("bench", "--help").out().contains("\n  image "));
        String help = Cli.done("bench", "image", "--help").out();
        for (String part : List.of(
                "Usage: emberline bench image",
                "(default: 2048)",
                "(default: 4)",
                "(default: auto)",
                "69 --backend opencl and no device, or --vs-numpy and no numpy",
                "Examples: emberline bench image ")) {
            assertTrue(help.replaceAll("\\s+", " ").contains(part), part + " in " + help);
        }
    }
}
