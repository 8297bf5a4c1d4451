package org.emberline.edge.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.upokecenter.cbor.CBORObject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as libcoap's client sees it, decoded by neither of our own parsers. */
class LibcoapTest {
    private static final List<String> PROGRAMS = List.of("coap-client", "coap-client-notls", "coap-client-openssl");
    private static final int BINS = 1000;

    @TempDir
    private Path folder;

    private final FakeRun run = new FakeRun(FakeRun.measured(BINS));
    private CoapService service;

    @BeforeEach
    void start() throws IOException {
        service = CoapService.start(CoapServiceTest.SETTINGS, run);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static String program() {
        Optional<Path> found = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(entry -> PROGRAMS.stream().map(name -> Path.of(entry, name)))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isPresent()) {
            return found.get().toString();
        }
        String reason = "none of " + PROGRAMS + " on PATH (Debian: libcoap3-bin)";
        return Boolean.parseBoolean(System.getenv("EMBERLINE_REQUIRE_ORACLES")) ? fail(reason) : abort(reason);
    }

    private byte[] get(String path, String... options) throws IOException, InterruptedException {
        Path answer = folder.resolve("answer");
        Files.deleteIfExists(answer);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(Stream.of(
                                Stream.of(program(), "-B", "20", "-o", answer.toString()),
                                Stream.of(options),
                                Stream.of("coap://127.0.0.1:" + service.port() + path))
                        .flatMap(words -> words)
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "coap-client hangs");
        String said = Files.readString(log, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), said);
        assertTrue(Files.exists(answer), "no answer: " + said);
        return Files.readAllBytes(answer);
    }

    @Test
    void discovers() throws Exception {
        String links = new String(get("/.well-known/core"), StandardCharsets.UTF_8);
        for (String path :
                List.of("/status", "/health", "/events", "/metrics", "/ledger", "/t/furnace", "/pattern/pilatus")) {
            assertTrue(links.contains("<" + path + ">"), links);
        }
    }

    @Test
    void readsMetricsAsJson() throws Exception {
        JsonNode pack = new ObjectMapper().readTree(get("/metrics", "-A", "110"));
        assertEquals(FakeRun.MID_SECONDS, pack.get(0).get("bt").asDouble());
        assertEquals("temperature", pack.get(0).get("n").asText());
        assertEquals("Cel", pack.get(0).get("u").asText());
        assertEquals(850.125, pack.get(0).get("v").asDouble());
        assertEquals("temperature:sigma", pack.get(1).get("n").asText());
    }

    @Test
    void readsMetricsAsCbor() throws Exception {
        CBORObject pack = CBORObject.DecodeFromBytes(get("/metrics", "-A", "112"));
        CBORObject lattice = pack.getValues().stream()
                .filter(record ->
                        record.get(CBORObject.FromObject(0)).AsString().equals("lattice_a"))
                .findFirst()
                .orElseThrow();
        assertEquals(2.866512345e-10, lattice.get(CBORObject.FromObject(2)).AsDouble());
        assertEquals("m", lattice.get(CBORObject.FromObject(1)).AsString());
    }

    @Test
    void fetchesAPatternBlockByBlock() throws Exception {
        CBORObject pattern = CBORObject.DecodeFromBytes(get("/pattern/pilatus", "-b", "512"));
        assertEquals(Float.BYTES * BINS, pattern.get("I").Untag().GetByteString().length);
        assertNotNull(pattern.get("radial"));
        JsonNode json = new ObjectMapper().readTree(get("/pattern/pilatus", "-A", "50"));
        assertEquals(BINS, json.get("I").size());
    }

    @Test
    void observes() throws Exception {
        // -s subscribes for so many seconds; the first notification is the registration's own answer
        JsonNode status = new ObjectMapper().readTree(get("/status", "-s", "1"));
        assertEquals("run-0001", status.get("run").asText());
    }
}
