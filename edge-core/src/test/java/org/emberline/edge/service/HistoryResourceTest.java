package org.emberline.edge.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.emberline.edge.service.History.Answer;
import org.emberline.edge.service.History.Point;
import org.emberline.edge.service.History.Question;
import org.emberline.edge.service.History.Series;
import org.emberline.edge.service.senml.SenmlParser;
import org.emberline.edge.service.senml.SenmlRecord;
import org.emberline.edge.service.senml.SenmlResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HistoryResourceTest {
    private static final long BEGIN = 1_700_000_000_500_000_000L;
    private static final CoapSettings ANY_PORT = new CoapSettings("127.0.0.1", 0, CoapSettings.DEFAULT.notifyPeriod());

    private final CountDownLatch released = new CountDownLatch(1);

    /** As many points as asked for, a second apart. */
    private Answer answer(Question question) {
        return switch (question.name()) {
            case "lattice_a" ->
                new Series(
                        "m",
                        IntStream.range(0, question.points())
                                .mapToObj(
                                        i -> new Point(BEGIN + i * 1_000_000_000L, i + 0.5, i == 0 ? Double.NaN : 0.25))
                                .toList(),
                        7);
            case "gone" -> new Series("m", List.of(), 12);
            case "slow" -> {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                yield new History.Unavailable("too long");
            }
            case "broken" -> throw new IllegalStateException("planted");
            default -> new History.Unknown();
        };
    }

    private static String text(Response response) {
        return response.getPayloadString();
    }

    @Test
    void pointsComeAsSenml() throws Exception {
        try (CoapService service = CoapService.start(
                        ANY_PORT,
                        new CoapService.Sources(
                                new FakeRun(FakeRun.beforeFirstFrame()), this::answer, null, (kind, text) -> {}));
                CoapClientForTests client = new CoapClientForTests(service.port())) {
            Response json = client.get("/history?name=lattice_a&n=3", 110);
            assertEquals(ResponseCode.CONTENT, json.getCode());
            List<SenmlRecord> records = SenmlResolver.resolve(SenmlParser.json(json.getPayload()), 0);
            assertEquals(
                    List.of(
                            "lattice_a",
                            "lattice_a",
                            "lattice_a:sigma",
                            "lattice_a",
                            "lattice_a:sigma",
                            "lattice_a:absent"),
                    records.stream().map(SenmlRecord::name).toList());
            assertEquals(1_700_000_001.5, records.get(1).time());
            Response cbor = client.get("/history?name=lattice_a&n=3", 112);
            assertEquals(
                    SenmlParser.json(json.getPayload()).size(),
                    SenmlParser.cbor(cbor.getPayload()).size());
            Response large = client.get("/history?name=lattice_a&n=2000");
            assertEquals(4000, SenmlParser.json(large.getPayload()).size());
            assertTrue(large.getPayload().length > 100_000
                    && large.getPayload().length < CaliforniumSettings.MAX_BODY_BYTES);
            assertEquals(1, large.getOptions().getETagCount());
            Response gone = client.get("/history?name=gone");
            assertEquals(
                    "[{\"bn\":\"gone\",\"n\":\":absent\",\"u\":\"count\",\"v\":12}]",
                    text(gone).replaceAll("12\\.0", "12"));
            assertTrue(text(client.get("/.well-known/core")).contains("</history>;"));
        }
    }

    @Test
    void whatCannotBeAnsweredHasACodeAndALine() throws Exception {
        try (CoapService service = CoapService.start(
                        ANY_PORT,
                        new CoapService.Sources(
                                new FakeRun(FakeRun.beforeFirstFrame()), this::answer, null, (kind, text) -> {}));
                CoapClientForTests client = new CoapClientForTests(service.port())) {
            Response unnamed = client.get("/history");
            assertEquals(ResponseCode.BAD_REQUEST, unnamed.getCode());
            assertTrue(text(unnamed).startsWith("name= must be"), text(unnamed));
            Response unknown = client.get("/history?name=nobody");
            assertEquals(ResponseCode.NOT_FOUND, unknown.getCode());
            assertEquals("the run has no series name=nobody", text(unknown));
            assertEquals(
                    ResponseCode.METHOD_NOT_ALLOWED,
                    client.send(client.request(CoAP.Code.DELETE, "/history?name=lattice_a"))
                            .getCode());
            assertEquals(
                    ResponseCode.NOT_ACCEPTABLE,
                    client.get("/history?name=lattice_a", 50).getCode());
            assertEquals(
                    ResponseCode.INTERNAL_SERVER_ERROR,
                    client.get("/history?name=broken").getCode());
        }
    }

    /** One that takes long keeps others waiting, but neither too many nor those who ask for something else. */
    @Test
    void aSlowDiskHoldsUpNothingElse() throws Exception {
        try (CoapService service = CoapService.start(
                        ANY_PORT,
                        new CoapService.Sources(
                                new FakeRun(FakeRun.beforeFirstFrame()), this::answer, null, (kind, text) -> {}));
                CoapClientForTests client = new CoapClientForTests(service.port())) {
            List<Request> waiting = IntStream.range(0, 5)
                    .mapToObj(i -> client.request(CoAP.Code.GET, "/history?name=slow&n=" + (i + 2)))
                    .toList();
            for (Request request : waiting) {
                client.begin(request);
            }
            Response refused = client.get("/history?name=lattice_a");
            assertEquals(ResponseCode.SERVICE_UNAVAILABLE, refused.getCode());
            assertEquals("4 questions wait already", text(refused));
            assertEquals(5, refused.getOptions().getMaxAge());
            assertEquals(ResponseCode.CONTENT, client.get("/status").getCode());
            released.countDown();
            for (Request request : waiting) {
                Response late = client.awaited(request);
                assertEquals(ResponseCode.SERVICE_UNAVAILABLE, late.getCode());
                assertEquals("too long", text(late));
            }
        }
    }
}
