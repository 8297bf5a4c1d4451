package org.emberline.edge.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Response;
import org.emberline.edge.service.senml.SenmlParser;
import org.emberline.edge.service.senml.SenmlRecord;
import org.emberline.edge.service.senml.SenmlResolver;
import org.emberline.edge.service.senml.SenmlValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The resources of a run with a panel and a microscope. */
class TwoDetectorResourcesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final FakeRun run = new FakeRun(FakeRun.withMicroscope());
    private CoapService service;
    private CoapClientForTests client;

    @BeforeEach
    void start() throws IOException {
        service = CoapService.start(CoapServiceTest.SETTINGS, run);
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

    /** Every record of both, each at the time of its own exposure; what both have is told apart by the name. */
    @ParameterizedTest
    @ValueSource(ints = {MediaTypeRegistry.APPLICATION_SENML_JSON, MediaTypeRegistry.APPLICATION_SENML_CBOR})
    void metricsHoldBothEachAtItsOwnTime(int accept) throws Exception {
        byte[] payload = content("/metrics", accept).getPayload();
        List<SenmlRecord> pack = accept == MediaTypeRegistry.APPLICATION_SENML_CBOR
                ? SenmlParser.cbor(payload)
                : SenmlParser.json(payload);
        assertBoth(SenmlResolver.resolve(pack, 4e9));
    }

    private static void assertBoth(List<SenmlRecord> records) {
        Map<String, SenmlRecord> byName =
                records.stream().collect(Collectors.toMap(r -> String.valueOf(r.name()), Function.identity()));
        assertNumber(byName, "temperature", 850.125, FakeRun.MID_SECONDS);
        assertNumber(byName, "lattice_a", 2.866512345e-10, FakeRun.MID_SECONDS);
        assertNumber(byName, "microscope:temperature", 845.5, FakeRun.MID_SECONDS - 2);
        assertNumber(byName, "microscope:temperature:sigma", 0.5, FakeRun.MID_SECONDS - 2);
        assertNumber(byName, "image_porosity", 0.15, FakeRun.MID_SECONDS - 2);
        assertEquals(
                new SenmlValue.Text("TIME_SYNTHETIC"),
                record(byName, "frame:flags").value());
        assertEquals(
                new SenmlValue.Text("SATURATED"),
                record(byName, "microscope:frame:flags").value());
    }

    private static SenmlRecord record(Map<String, SenmlRecord> byName, String name) {
        SenmlRecord found = byName.get(name);
        if (found == null) {
            throw new AssertionError("no " + name + " in " + byName.keySet());
        }
        return found;
    }

    private static void assertNumber(Map<String, SenmlRecord> byName, String name, double value, double time) {
        assertEquals(new SenmlValue.Numeric(value), record(byName, name).value());
        assertEquals(time, record(byName, name).time(), name);
    }

    @Test
    void anObserverGetsThemInOneDatagram() throws Exception {
        Response first = client.observe("/metrics", MediaTypeRegistry.APPLICATION_SENML_CBOR)
                .next();
        assertTrue(first.getPayloadSize() <= 1024);
        assertBoth(SenmlResolver.resolve(SenmlParser.cbor(first.getPayload()), 4e9));
    }

    @Test
    void statusAndLedgerHaveTotalsAndDetectors() throws Exception {
        JsonNode status = MAPPER.readTree(content("/status").getPayload());
        assertEquals(7, status.get("frame").asInt());
        JsonNode microscope = status.get("detectors").get("microscope");
        assertEquals("imaging", microscope.get("role").asText());
        assertEquals(3, microscope.get("frame").asInt());
        assertEquals(FakeRun.MID_SECONDS - 2, microscope.get("t").asDouble());
        assertEquals(8.3, microscope.get("energy_kev").asDouble());
        assertNull(status.get("detectors").get("pilatus").get("energy_kev"));
        JsonNode ledger = MAPPER.readTree(content("/ledger").getPayload());
        assertEquals(13, ledger.get("frames").asInt());
        assertEquals(2, ledger.get("lost").get("FRAME_MISSING").asInt());
        assertEquals(4, ledger.get("detectors").get("microscope").get("frames").asInt());
        assertTrue(ledger.get("closes").asBoolean());
    }

    @Test
    void aMicroscopeHasNoPattern() throws Exception {
        assertEquals(ResponseCode.CONTENT, client.get("/pattern/pilatus").getCode());
        assertEquals(ResponseCode.NOT_FOUND, client.get("/pattern/microscope").getCode());
    }
}
