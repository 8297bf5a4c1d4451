package org.emberline.edge.service;

import static org.emberline.edge.service.Description.CBOR;
import static org.emberline.edge.service.Description.JSON;
import static org.emberline.edge.service.Description.SENML_CBOR;
import static org.emberline.edge.service.Description.SENML_JSON;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.upokecenter.cbor.CBORObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.PatternView;
import org.emberline.edge.service.senml.SenmlNames;
import org.emberline.edge.service.senml.SenmlParser;
import org.emberline.edge.service.senml.SenmlRecord;
import org.emberline.edge.service.senml.SenmlResolver;
import org.emberline.edge.service.senml.SenmlValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every resource, over the loopback interface. The clock never notifies: tests do. */
class CoapServiceTest {
    static final CoapSettings SETTINGS = new CoapSettings("127.0.0.1", 0, Duration.ofHours(1));
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double NOW = 4e9;

    private final FakeRun run = new FakeRun(FakeRun.measured(1000));
    private CoapService service;
    private CoapClientForTests client;

    @BeforeEach
    void start() throws IOException {
        service = CoapService.start(SETTINGS, run);
        client = new CoapClientForTests(service.port());
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    private Response content(String path, int... accept) throws InterruptedException {
        Response response = client.get(path, accept);
        assertEquals(ResponseCode.CONTENT, response.getCode(), response.getPayloadString());
        return response;
    }

    private static List<SenmlRecord> resolved(Response response) throws IOException {
        byte[] payload = response.getPayload();
        List<SenmlRecord> pack = response.getOptions().getContentFormat() == SENML_CBOR
                ? SenmlParser.cbor(payload)
                : SenmlParser.json(payload);
        return SenmlResolver.resolve(pack, NOW);
    }

    private static SenmlValue value(List<SenmlRecord> records, String name) {
        SenmlRecord found = records.stream()
                .filter(r -> name.equals(r.name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + records));
        return Objects.requireNonNull(found.value());
    }

    @ParameterizedTest
    @ValueSource(ints = {SENML_JSON, SENML_CBOR})
    void metricsInBothForms(int accept) throws Exception {
        Response response = content("/metrics", accept);
        assertEquals(accept, response.getOptions().getContentFormat());
        List<SenmlRecord> records = resolved(response);
        assertEquals(new SenmlValue.Numeric(850.125), value(records, "temperature"));
        assertEquals(new SenmlValue.Numeric(0.75), value(records, "temperature:sigma"));
        assertEquals(new SenmlValue.Text("TIME_SYNTHETIC"), value(records, "frame:flags"));
        assertEquals(new SenmlValue.Numeric(1_234_567), value(records, "total_counts"));
        assertEquals(new SenmlValue.Numeric(2.866512345e-10), value(records, "lattice_a"));
        assertEquals(new SenmlValue.Numeric(1.23e-15), value(records, "lattice_a:sigma"));
        assertEquals(new SenmlValue.Numeric(0.8125), value(records, "phase:a-Fe"));
        assertEquals(new SenmlValue.Text("SATURATED"), value(records, "phase:a-Fe:flags"));
        assertEquals(new SenmlValue.Text("REFLECTIONS_MISSING,FIT_FAILED"), value(records, "disorder:flags"));
        assertTrue(records.stream().noneMatch(r -> "disorder".equals(r.name())), "a NaN has no record");
        for (SenmlRecord senml : records) {
            assertEquals(FakeRun.MID_SECONDS, senml.time());
        }
        assertEquals("Cel", records.getFirst().unit());
        assertEquals("K", records.get(1).unit());
    }

    @Test
    void senmlJsonIsTheDefaultAndFreshForTwoPeriods() throws Exception {
        Response response = content("/metrics");
        assertEquals(SENML_JSON, response.getOptions().getContentFormat());
        assertEquals(7200, response.getOptions().getMaxAge());
    }

    @Test
    void namesAreUniqueAndValidWhateverTheConfigurationSays() throws Exception {
        List<Snapshot.MetricView> odd = List.of(
                new Snapshot.MetricView("phase:α Fe", "/", 1, 1, List.of("SATURATED")),
                new Snapshot.MetricView("phase:β Fe", "/", 2, 2, List.of("SATURATED")),
                new Snapshot.MetricView("temperature", "Cel", 3, 3, List.of()),
                new Snapshot.MetricView("", "", 4, Double.POSITIVE_INFINITY, List.of()));
        run.show(FakeRun.snapshot(9, 20, odd, 4));
        List<SenmlRecord> records = resolved(content("/metrics"));
        Set<String> names = records.stream().map(r -> String.valueOf(r.name())).collect(Collectors.toSet());
        assertEquals(records.size(), names.size());
        assertTrue(names.stream().allMatch(SenmlNames::valid), names.toString());
        assertTrue(names.containsAll(Set.of("phase:__Fe", "phase:__Fe:2:flags", "temperature:2:sigma", "x")));
        assertEquals(11 + 1, records.size());
    }

    @Test
    void beforeTheFirstFrameMetricsTellThePhase() throws Exception {
        run.show(FakeRun.beforeFirstFrame());
        List<SenmlRecord> records = resolved(content("/metrics", SENML_CBOR));
        assertEquals(List.of("phase"), records.stream().map(SenmlRecord::name).toList());
        assertEquals(new SenmlValue.Text("IDLE"), records.getFirst().value());
        assertEquals(NOW, records.getFirst().time());
        assertEquals(ResponseCode.NOT_FOUND, client.get("/pattern/pilatus").getCode());
        assertTrue(MAPPER.readTree(content("/status").getPayload()).get("frame").isNull());
    }

    @Test
    void channelsAreTemperaturesOrFaults() throws Exception {
        List<SenmlRecord> furnace = resolved(content("/t/furnace"));
        assertEquals(new SenmlValue.Numeric(860.125), value(furnace, "t:furnace"));
        assertEquals(new SenmlValue.Numeric(1.5), value(furnace, "t:furnace:sigma"));
        List<SenmlRecord> faulty = resolved(content("/t/cold_end_2", SENML_CBOR));
        assertEquals(1, faulty.size());
        assertEquals(new SenmlValue.Text("OPEN_CIRCUIT"), value(faulty, "t:cold_end_2:flags"));
    }

    @ParameterizedTest
    @ValueSource(ints = {JSON, CBOR})
    void statusInBothForms(int accept) throws Exception {
        JsonNode status = document(content("/status", accept));
        assertEquals("run-0001", status.get("run").asText());
        assertEquals("ACQUIRING", status.get("phase").asText());
        assertTrue(status.get("end_reason").isNull() && status.get("fault").isNull());
        assertEquals("2026-11-22T10:00:00Z", status.get("started").asText());
        assertEquals("cpu (reference)", status.get("backend").asText());
        assertEquals(8, status.get("sequence").asInt());
        assertEquals(7, status.get("frame").asInt());
        assertEquals(FakeRun.MID_SECONDS, status.get("t").asDouble());
        assertEquals(850.125, status.get("temperature").asDouble());
        assertEquals(0.75, status.get("temperature_sigma").asDouble());
        assertEquals("[\"TIME_SYNTHETIC\"]", status.get("flags").toString());
    }

    /** CBOR by way of an independent decoder. */
    private static JsonNode document(Response response) throws IOException {
        byte[] payload = response.getPayload();
        return response.getOptions().getContentFormat() == CBOR
                ? MAPPER.readTree(CBORObject.DecodeFromBytes(payload).ToJSONString())
                : MAPPER.readTree(payload);
    }

    @ParameterizedTest
    @ValueSource(ints = {JSON, CBOR})
    void ledgerInBothForms(int accept) throws Exception {
        String books = "\"triggers\":10,\"received\":9,\"frames\":9,\"reduced\":8,\"published\":9,\"archived\":9,"
                + "\"lost\":{\"REDUCTION_FAILED\":1,\"FRAME_MISSING\":1},"
                + "\"on_the_way\":{\"triggers\":0,\"reduced\":0,\"published\":0,\"archived\":0},\"closes\":true";
        assertEquals(
                MAPPER.readTree("{" + books + ",\"detectors\":{\"pilatus\":{" + books + "}}}"),
                document(content("/ledger", accept)));
    }

    @Test
    void patternAsCborIsBitForBit() throws Exception {
        PatternView pattern =
                Objects.requireNonNull(run.get().detectors().getFirst().pattern());
        Response response = content("/pattern/pilatus");
        assertEquals(CBOR, response.getOptions().getContentFormat());
        CBORObject map = CBORObject.DecodeFromBytes(response.getPayload());
        assertEquals(8, map.size());
        assertEquals("pilatus", map.get("detector").AsString());
        assertEquals(7, map.get("frame").AsInt32());
        assertEquals(FakeRun.MID_SECONDS, map.get("t").AsDouble());
        assertEquals("q_A^-1", map.get("unit").AsString());
        double[] radial = new double[1000];
        bytes(map.get("radial"), 86).asDoubleBuffer().get(radial);
        assertArrayEquals(pattern.radial(), radial);
        assertArrayEquals(pattern.intensity(), floats(map.get("I")));
        assertArrayEquals(pattern.sigma(), floats(map.get("sigma")));
        assertArrayEquals(pattern.count(), floats(map.get("count")));
    }

    private static ByteBuffer bytes(CBORObject array, int tag) {
        assertEquals(tag, array.getMostOuterTag().ToInt32Checked());
        return ByteBuffer.wrap(array.Untag().GetByteString()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static float[] floats(CBORObject array) {
        float[] floats = new float[1000];
        bytes(array, 85).asFloatBuffer().get(floats);
        return floats;
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 4000})
    void patternAsJsonHasNullForNan(int bins) throws Exception {
        run.show(FakeRun.measured(bins));
        PatternView pattern =
                Objects.requireNonNull(run.get().detectors().getFirst().pattern());
        JsonNode map = MAPPER.readTree(content("/pattern/pilatus", JSON).getPayload());
        assertEquals(bins, map.get("I").size());
        assertTrue(map.get("I").get(1).isNull() && map.get("sigma").get(1).isNull());
        assertEquals(0, map.get("count").get(1).asInt());
        for (int i = 2; i < bins; i++) {
            assertEquals(pattern.radial()[i], map.get("radial").get(i).asDouble());
            assertEquals(pattern.intensity()[i], (float) map.get("I").get(i).asDouble());
        }
    }

    @Test
    void anEntityTagSavesThePatternUntilTheNextFrame() throws Exception {
        Response first = content("/pattern/pilatus");
        byte[] tag = first.getOptions().getETags().getFirst();
        assertEquals(ResponseCode.VALID, conditional(tag).getCode());
        assertEquals(0, conditional(tag).getPayloadSize());
        assertNotEquals(
                ByteBuffer.wrap(tag),
                ByteBuffer.wrap(content("/pattern/pilatus", JSON)
                        .getOptions()
                        .getETags()
                        .getFirst()));
        run.show(FakeRun.snapshot(8, 850, List.of(), 1000));
        Response next = conditional(tag);
        assertEquals(ResponseCode.CONTENT, next.getCode());
        assertEquals(
                8, CBORObject.DecodeFromBytes(next.getPayload()).get("frame").AsInt32());
    }

    private Response conditional(byte[] tag) throws InterruptedException {
        Request request = client.request(CoAP.Code.GET, "/pattern/pilatus");
        request.getOptions().addETag(tag);
        return client.send(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metrics",
                "/status",
                "/health",
                "/ledger",
                "/t/furnace",
                "/pattern/pilatus",
                "/.well-known/core"
            })
    void onlyGetIsAllowed(String path) throws Exception {
        for (CoAP.Code code : CoAP.Code.values()) {
            if (code != CoAP.Code.GET) {
                assertEquals(
                        ResponseCode.METHOD_NOT_ALLOWED,
                        client.send(client.request(code, path)).getCode(),
                        code.name());
            }
        }
        assertEquals(ResponseCode.CONTENT, client.get(path).getCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/metrics | (?s)t 1\\d{9}\\.\\d+ s\\ntemperature 850.125 Cel\\ntemperature:sigma 0.75 K\\n.*",
                "/t/furnace | (?s).*furnace.* \\d+\\.\\d+ Cel\\n.*",
                "/status | (?s)run run-0001\\nlabel -\\nphase ACQUIRING\\n.*detectors.pilatus.role diffraction\\n.*",
                "/health | (?s)ok true\\n.*",
                "/ledger | (?s).*triggers \\d+\\n.*",
                "/observers | (?s)count 0\\n.*",
                "/definitions | (?s)total_counts\\.definition total_counts/1\\n.*"
            })
    void textIsALineAValue(String path, String expected) throws Exception {
        Response response = client.get(path, 0);
        assertEquals(ResponseCode.CONTENT, response.getCode());
        assertEquals(0, response.getOptions().getContentFormat());
        assertTrue(response.getPayloadString().matches(expected), response.getPayloadString());
    }

    @ParameterizedTest
    @CsvSource({
        "/metrics,41",
        "/metrics,50",
        "/status,110",
        "/health,110",
        "/pattern/pilatus,112",
        "/t/furnace,60",
        "/.well-known/core,50"
    })
    void otherFormatsAreNotAcceptable(String path, int accept) throws Exception {
        assertEquals(ResponseCode.NOT_ACCEPTABLE, client.get(path, accept).getCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/t",
                "/t/none",
                "/pattern",
                "/pattern/none",
                "/metrics/temperature",
                "/.well-known"
            })
    void otherPathsAreNotFoundInOneLine(String path) throws Exception {
        Response response = client.get(path);
        assertEquals(ResponseCode.NOT_FOUND, response.getCode());
        assertEquals("no such resource; see /.well-known/core", response.getPayloadString());
    }

    @Test
    void aFaultyRunControllerIsAnErrorCodeWithoutATrace() throws Exception {
        run.show(null);
        Response response = client.get("/status");
        assertEquals(ResponseCode.INTERNAL_SERVER_ERROR, response.getCode());
        assertEquals("cannot represent /status; see the log", response.getPayloadString());
        run.show(FakeRun.measured(4));
        assertEquals(ResponseCode.CONTENT, client.get("/status").getCode());
    }

    @Test
    void discoveryDescribesEveryResourceAndFilters() throws Exception {
        String links = content("/.well-known/core").getPayloadString();
        for (String link : List.of(
                "</status>;ct=\"50 60 0\";if=\"core.s\";obs;rt=\"ember.status\";title=\"Run state\"",
                "</t/furnace>;ct=\"110 112 0\";if=\"core.s\";obs;rt=\"ember.temperature\";title=\"Thermocouple furnace\"",
                "</pattern/pilatus>;ct=\"60 50\";if=\"core.s\";rt=\"ember.pattern\";title=\"Latest pattern of pilatus\"")) {
            assertTrue(sortedAttributes(links).contains(sortedAttributes(link).getFirst()), link + " not in " + links);
        }
        assertEquals(10, sortedAttributes(links).size(), links);
        String filtered = content("/.well-known/core?rt=ember.metrics").getPayloadString();
        assertTrue(filtered.startsWith("</metrics>") && !filtered.contains("</status>"), filtered);
    }

    /** Each link with its attributes in order; titles of this test hold neither comma nor semicolon. */
    private static List<String> sortedAttributes(String links) {
        Function<String, String> sorted =
                link -> List.of(link.split(";")).stream().sorted().collect(Collectors.joining(";"));
        return List.of(links.split(",")).stream().map(sorted).toList();
    }

    @Test
    void aTakenPortIsOneLineWithAddressAndPort() {
        CoapSettings taken = new CoapSettings("127.0.0.1", service.port(), Duration.ofSeconds(1));
        IOException e = assertThrows(IOException.class, () -> CoapService.start(taken, run));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("CoAP cannot bind address=127.0.0.1 port=" + service.port() + ": "), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void closeIsIdempotentAndFreesThePort() throws Exception {
        int port = service.port();
        service.close();
        service.close();
        CoapService.start(new CoapSettings("127.0.0.1", port, Duration.ofSeconds(1)), run)
                .close();
    }

    @Test
    void noPropertiesFileIsWritten() throws Exception {
        content("/status");
        assertFalse(Files.exists(Path.of("Californium3.properties")));
    }

    @ParameterizedTest
    @CsvSource({"'',5683,PT1S", "localhost,-1,PT1S", "localhost,65536,PT1S", "localhost,0,PT0S", "localhost,0,PT2H"})
    void settingsOutsideTheirRangeAreRefused(String address, int port, Duration period) {
        assertThrows(IllegalArgumentException.class, () -> new CoapSettings(address, port, period));
    }
}
