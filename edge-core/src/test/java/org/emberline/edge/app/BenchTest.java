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

/** {@code bench} on a detector so small that it takes no time. No figure is judged: they are the machine's. */
class BenchTest {
    private static final List<String> KEYS = List.of(
            "mpix_per_s", "frames_per_s", "ceiling_mpix_per_s", "ceiling_share", "memory_mpix_per_s", "median_ms");

    private static JsonNode measure(String... more) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("bench", "reduce", "--shape", "48x64", "--npt", "200", "--repeats", "3", "--json"));
        words.addAll(Arrays.asList(more));
        return new ObjectMapper()
                .readTree(Cli.done(words.toArray(String[]::new)).out());
    }

    @Test
    void theCpuIsMeasured() throws IOException {
        JsonNode json = measure("--backend", "cpu", "--cake", "12", "--dtype", "i16", "--split", "bbox");
        for (String key : KEYS) {
            assertTrue(json.get(key).asDouble() > 0, key + " in " + json);
        }
        assertEquals("cpu", json.get("backend").asText());
        assertEquals("cpu: as asked", json.get("reason").asText());
        assertTrue(json.get("device").asText().contains("Java"), json.toString());
        assertEquals("48x64", json.get("shape").asText());
        assertEquals("i16", json.get("dtype").asText());
        assertEquals("bbox", json.get("split").asText());
        assertEquals(200, json.get("npt").asInt());
        assertEquals(3, json.get("repeats").asInt());
        assertEquals(12, json.get("cake_sectors").asInt());
        assertTrue(json.get("cake_to_pattern").asDouble() > 0, json.toString());
        for (String key : List.of("allocated_bytes_per_frame", "allocated_bytes_per_frame_overlapped")) {
            assertTrue(json.get(key).asDouble() >= 0, key + " in " + json);
        }
        assertFalse(json.has("ratio_to_pyfai"), json.toString());
    }

    @Test
    void openClIsMeasured() throws IOException {
        Cli.needs("opencl");
        JsonNode json = measure("--backend", "opencl", "--masked-frame");
        assertEquals("opencl", json.get("backend").asText());
        assertEquals(json.get("device").asText(), json.get("ceiling_device").asText());
        assertTrue(json.get("frames_per_s_overlapped").asDouble() > 0, json.toString());
        assertTrue(json.get("masked_frame").asBoolean(), json.toString());
        assertFalse(json.has("cake_to_pattern"), json.toString());
    }

    @Test
    void theCakeHas360SectorsUnlessSaidOtherwise() throws IOException {
        assertEquals(
                360, measure("--backend", "cpu", "--cake").get("cake_sectors").asInt());
    }

    @Test
    void theTableIsForPeople() {
        Cli cli = Cli.done("bench", "reduce", "--shape", "32x32", "--npt", "5", "--repeats", "2", "--backend", "cpu");
        assertTrue(cli.out().startsWith("reduce     32x32 u16, split no, 5 bins"), cli.out());
        assertTrue(cli.out().contains("\npattern "), cli.out());
        assertEquals("cpu: as asked\n", cli.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "bbox"})
    void pyFaiDoesTheSameWork(String split) throws IOException {
        Cli asked = Cli.run(
                "bench",
                "reduce",
                "--shape",
                "60x80",
                "--npt",
                "40",
                "--repeats",
                "4",
                "--backend",
                "cpu",
                "--split",
                split,
                "--masked-frame",
                "--vs-pyfai",
                "--json");
        if (asked.code() == ExitCode.NO_DEVICE) {
            assertTrue(asked.err().startsWith("emberline: no pyFAI (Debian: python3-pyfai), asked "), asked.err());
            Cli.oracleAbsent(asked.err().strip());
        }
        assertEquals(ExitCode.DONE, asked.code(), asked.err());
        JsonNode json = new ObjectMapper().readTree(asked.out());
        assertEquals(4, json.get("repeats").asInt());
        assertTrue(json.get("pyfai_deviation").asDouble() < 1e-5, json.toString());
        assertTrue(json.get("pyfai_methods").size() >= 3, json.toString());
        for (JsonNode method : json.get("pyfai_methods")) {
            assertTrue(method.get("comparable").asBoolean(), json.toString());
            assertEquals(4, method.get("runs").asInt());
            assertEquals(
                    method.get("name").asText().startsWith("opencl "),
                    method.get("device").isTextual());
        }
        assertEquals(
                json.get("mpix_per_s").asDouble() / json.get("pyfai_mpix_per_s").asDouble(),
                json.get("ratio_to_pyfai").asDouble(),
                1e-9 * json.get("ratio_to_pyfai").asDouble());
    }

    @Test
    void compressedFramesAndStreamsAreMeasured() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(Cli.done(feedWords("--seconds", "1", "--rate", "30")).out());
        assertEquals("64x80", json.get("shape").asText());
        for (String key :
                List.of("frames_per_s", "uncompressed_frames_per_s", "decode_gb_per_s", "compression_ratio")) {
            assertTrue(json.get(key).asDouble() > 0, key + " in " + json);
        }
        assertEquals(30, json.get("stream_frames").asInt());
        assertEquals(120, json.get("excess_frames").asInt());
        assertEquals(
                120,
                json.get("excess_archived").asInt() + json.get("excess_lost").asInt());
        assertEquals(40, json.get("large_frames").asInt());
        assertEquals(0, json.get("large_lost").asInt(), "the sender waits for the run");
        assertFalse(json.has("ratio_to_pyfai"), json.toString());
    }

    @Test
    void pyFaiReadsTheSameChunksThroughH5py() throws IOException {
        Cli asked = Cli.run(feedWords("--seconds", "0", "--vs-pyfai"));
        if (asked.code() == ExitCode.NO_DEVICE) {
            Cli.oracleAbsent(asked.err().strip());
        }
        assertEquals(ExitCode.DONE, asked.code(), asked.err());
        JsonNode json = new ObjectMapper().readTree(asked.out());
        assertTrue(json.get("pyfai_deviation").asDouble() < 1e-5, json.toString());
        assertTrue(json.get("hdf5plugin_decode_gb_per_s").asDouble() > 0, json.toString());
        assertEquals(
                json.get("frames_per_s").asDouble()
                        / json.get("pyfai_frames_per_s").asDouble(),
                json.get("ratio_to_pyfai").asDouble(),
                1e-9 * json.get("ratio_to_pyfai").asDouble());
        assertFalse(json.has("stream_frames"), json.toString());
    }

    private static String[] feedWords(String... more) {
        List<String> words = new ArrayList<>(
                List.of("bench", "feed", "--shape", "64x80", "--repeats", "4", "--backend", "cpu", "--json"));
        words.addAll(Arrays.asList(more));
        return words.toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bench                           | a bench is missing, known are reduce, image, sync, diffraction, archive, coap, feed; 'emberline bench --help'",
                "bench bake                      | no such bench: bake, known are reduce",
                "bench --jsn                     | Unknown option: '--jsn'",
                "bench reduce --shape 48         | --shape must be ROWSxCOLUMNS, is 48",
                "bench reduce --shape 48x-3      | --shape must be ROWSxCOLUMNS, is 48x-3",
                "bench reduce --shape 8x64       | --shape must have 16 rows and columns or more and at most 134217728 pixels, is 8x64",
                "bench reduce --shape 99999x9999 | --shape must have 16 rows",
                "bench reduce --dtype f64        | must be one of [u8, u16, i16, u32, i32, f32], is \"f64\"",
                "bench reduce --split half       | must be one of [no, bbox, full], is \"half\"",
                "bench reduce --npt 0            | --npt must lie in 1..1000000, is 0",
                "bench reduce --repeats 1        | --repeats must lie in 2..100000, is 1",
                "bench reduce --cake 0           | --cake must lie in 1..3600, is 0",
                "bench reduce --cake --npt 199   | --cake needs --npt 200 or more for its rings, is 199",
                "bench reduce --cake x           | 'x' is not an int",
                "bench reduce --cake 3600 --npt 100000 | --cake 3600 times --npt 100000 exceeds 268435456",
                "bench reduce --backend cuda     | must be one of [auto, opencl, cpu], is \"cuda\"",
                "bench feed --shape 8x8          | --shape must have 16 rows",
                "bench feed --rate 0             | --rate must lie in 1..100000, is 0",
                "bench feed --seconds -1         | --seconds must lie in 0..3600, is -1",
                "bench reduce more               | Unmatched argument at index 2: 'more'",
            })
    void badOptionsAreExplainedInALine(String arguments, String message) {
        Cli cli = Cli.run(arguments.split(" +"));
        assertEquals(ExitCode.USAGE, cli.code(), cli.err());
        assertTrue(cli.err().startsWith("emberline: ") && cli.err().contains(message), cli.err());
        assertEquals(1, cli.err().lines().count(), cli.err());
        assertEquals("", cli.out());
    }

    @Test
    void theHelpNamesBenchesOptionsAndExitCodes() {
        assertTrue(Cli.done("bench", "--help").out().contains("\n  reduce "));
        String help = Cli.done("bench", "reduce", "--help").out();
        for (String part : List.of(
                "Usage: emberline bench reduce",
                "(default: 2167x2070)",
                "(default: u16)",
                "(default: auto)",
                "mask (1 %)",
                "Exit codes:",
                "69 --backend opencl and no device, or --vs-pyfai and no pyFAI",
                "Examples: emberline bench reduce ")) {
            assertTrue(help.replaceAll("\\s+", " ").contains(part), part + " in " + help);
        }
    }
}
