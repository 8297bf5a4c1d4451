package org.emberline.edge.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.upokecenter.cbor.CBORObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.DetectorView;
import org.emberline.edge.pipeline.Snapshot.PreviewView;
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

    /** The whole picture by a decoder that is not ours: a ramp to the right, black where nothing is known. */
    @Test
    void thePreviewAsPng() throws Exception {
        Response response = content("/preview/microscope", MediaTypeRegistry.IMAGE_PNG);
        assertEquals(MediaTypeRegistry.IMAGE_PNG, response.getOptions().getContentFormat());
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(response.getPayload()));
        assertEquals(256, image.getWidth());
        assertEquals(256, image.getHeight());
        assertEquals(8, image.getSampleModel().getSampleSize(0));
        assertEquals(0, image.getRaster().getSample(0, 0, 0));
        // Densities 0..1 by 1/255; of each of the 65535 known pixels' ends 0.5 % are left out, a little more than a
        // column.
        double low = 1 / 255.0;
        double high = 254 / 255.0;
        for (int column = 0; column < 256; column++) {
            double share = Math.clamp((column / 255.0 - low) / (high - low), 0.0, 1.0);
            assertEquals(Math.round(1 + 254 * share), image.getRaster().getSample(column, 17, 0), "column=" + column);
        }
    }

    @Test
    void thePreviewAsCborIsTheLargestMapThatFits() throws Exception {
        Response response = content("/preview/microscope");
        assertEquals(MediaTypeRegistry.APPLICATION_CBOR, response.getOptions().getContentFormat());
        assertTrue(response.getPayloadSize() <= 65_536);
        CBORObject map = CBORObject.DecodeFromBytes(response.getPayload());
        assertEquals(8, map.size());
        assertEquals("microscope", map.get("detector").AsString());
        assertEquals(3, map.get("frame").AsInt32());
        assertEquals(FakeRun.MID_SECONDS - 2, map.get("t").AsDouble());
        assertEquals(8.3, map.get("energy_kev").AsDouble());
        assertEquals(128, map.get("rows").AsInt32());
        assertEquals(128, map.get("columns").AsInt32());
        assertEquals(4, map.get("factor").AsInt32());
        assertEquals(84, map.get("optical_density").getMostOuterTag().ToInt32Checked());
        ByteBuffer halves = ByteBuffer.wrap(map.get("optical_density").Untag().GetByteString())
                .order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(2 * 128 * 128, halves.remaining());
        assertTrue(Float.isNaN(Float.float16ToFloat(halves.getShort(0))));
        for (int i = 1; i < 128 * 128; i++) {
            assertEquals(i % 128 / 127.0, Float.float16ToFloat(halves.getShort(2 * i)), 5e-4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {MediaTypeRegistry.IMAGE_PNG, MediaTypeRegistry.APPLICATION_CBOR})
    void anEntityTagSavesThePreviewUntilTheNextRadiograph(int accept) throws Exception {
        byte[] tag =
                content("/preview/microscope", accept).getOptions().getETags().getFirst();
        Request again = client.request(CoAP.Code.GET, "/preview/microscope");
        again.getOptions().addETag(tag).setAccept(accept);
        assertEquals(ResponseCode.VALID, client.send(again).getCode());
        Snapshot shown = run.get();
        DetectorView old = shown.detectors().getLast();
        PreviewView before = Objects.requireNonNull(old.preview());
        PreviewView next = new PreviewView("microscope", 4, before.midNanos(), Double.NaN, before.maps());
        run.show(new Snapshot(
                9,
                shown.run(),
                shown.channels(),
                List.of(new DetectorView(
                        old.name(),
                        old.role(),
                        old.backend(),
                        old.ledger(),
                        old.frame(),
                        null,
                        next,
                        old.metrics(),
                        old.maps()))));
        Request newer = client.request(CoAP.Code.GET, "/preview/microscope");
        newer.getOptions().addETag(tag).setAccept(accept);
        assertEquals(ResponseCode.CONTENT, client.send(newer).getCode());
        assertTrue(CBORObject.DecodeFromBytes(content("/preview/microscope").getPayload())
                .get("energy_kev")
                .isNull());
    }

    @Test
    void theMapOfAMetricHasItsPlanesBitForBit() throws Exception {
        Response response = content("/map/transport_flux");
        CBORObject map = CBORObject.DecodeFromBytes(response.getPayload());
        assertEquals("transport_flux", map.get("metric").AsString());
        assertEquals("transport_flux.minimum-energy/1", map.get("definition").AsString());
        assertEquals("microscope", map.get("detector").AsString());
        assertEquals("mg/cm/s", map.get("unit").AsString());
        assertEquals(2, map.get("frame").AsInt64Value());
        assertEquals(8, map.get("factor").AsInt32());
        int rows = map.get("rows").AsInt32();
        int columns = map.get("columns").AsInt32();
        CBORObject down = map.get("planes").get("down");
        assertEquals(85, down.getMostOuterTag().ToInt32Checked());
        byte[] bytes = down.Untag().GetByteString();
        assertEquals(4 * rows * columns, bytes.length);
        ByteBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(1e-7f * rows, floats.getFloat(4 * (rows - 1) * columns));
        byte[] right = map.get("planes").get("right").Untag().GetByteString();
        assertEquals(
                2e-7f * columns,
                ByteBuffer.wrap(right).order(ByteOrder.LITTLE_ENDIAN).getFloat(4 * (columns - 1)));
        Request again = client.request(CoAP.Code.GET, "/map/transport_flux");
        again.getOptions().addETag(response.getOptions().getETags().getFirst());
        assertEquals(ResponseCode.VALID, client.send(again).getCode());
        assertEquals(ResponseCode.NOT_FOUND, client.get("/map/porosity").getCode());
        assertTrue(content("/.well-known/core?rt=ember.map").getPayloadString().startsWith("</map/transport_flux>"));
    }

    @Test
    void definitionsOfAllMetricsAreThereBeforeTheirValues() throws Exception {
        JsonNode definitions = MAPPER.readTree(
                content("/definitions", MediaTypeRegistry.APPLICATION_JSON).getPayload());
        assertEquals(
                MAPPER.readTree(
                        "{\"definition\":\"transport_flux.minimum-energy/1\",\"unit\":\"\",\"detector\":\"microscope\"}"),
                definitions.get("transport_flux"));
        assertEquals(
                "lattice_a/1", definitions.get("lattice_a").get("definition").asText());
        assertEquals(4, definitions.size());
    }

    @Test
    void thePreviewIsListedAndOnlyWhereThereIsOne() throws Exception {
        String links = content("/.well-known/core?rt=ember.preview").getPayloadString();
        assertTrue(links.startsWith("</preview/microscope>") && links.contains("ct=\"60 23\""), links);
        assertEquals(ResponseCode.NOT_FOUND, client.get("/preview/pilatus").getCode());
        assertEquals(
                ResponseCode.NOT_ACCEPTABLE,
                client.get("/preview/microscope", MediaTypeRegistry.APPLICATION_JSON)
                        .getCode());
    }

    /** A field in which nothing is known, and one that is even: there is no range to take from the pixels. */
    @Test
    void aFieldWithoutContrastIsAPictureToo() {
        assertEquals(new PreviewRange(0, 1), PreviewRange.of(new float[] {Float.NaN, Float.NaN}));
        PreviewRange even = PreviewRange.of(new float[] {2, 2, Float.NaN});
        assertEquals(2, even.low());
        assertTrue(even.high() > 2);
    }
}
