package org.emberline.edge.service;

import static org.emberline.edge.service.Description.CBOR;
import static org.emberline.edge.service.Description.JSON;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.EventView;
import org.emberline.edge.pipeline.Snapshot.Events;
import org.emberline.edge.service.CoapClientForTests.Notifications;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events are numbered, all that are kept can be fetched, and each observer is told of new ones in a message that it must acknowledge. */
class EventResourceTest {
    private static final int KEPT = 32;

    private final FakeRun run = new FakeRun(FakeRun.measured(100));
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

    /** The run after so many events, of which it shows the last. */
    private static Snapshot after(long count, String text) {
        Snapshot old = FakeRun.measured(4);
        List<EventView> latest = LongStream.rangeClosed(Math.max(1, count - KEPT + 1), count)
                .mapToObj(n -> new EventView(n, 1_700_000_000_000_000_000L + n * 500_000_000, "CLOCK_STEP", text))
                .toList();
        return new Snapshot(9, old.run(), old.channels(), old.detectors(), new Events(count, latest), List.of());
    }

    private static JsonNode json(Response response) throws IOException {
        return new ObjectMapper().readTree(response.getPayload());
    }

    @Test
    void aRunToWhichNothingHasHappenedSaysSo() throws Exception {
        JsonNode events = json(client.get("/events", JSON));
        assertEquals(0, events.get("count").asInt());
        assertEquals(0, events.get("events").size());
    }

    @Test
    void eventsAreFetchedInBothForms() throws Exception {
        run.show(after(40, "set by 60 ms"));
        JsonNode json = json(client.get("/events", JSON));
        assertEquals(40, json.get("count").asInt());
        assertEquals(KEPT, json.get("events").size());
        JsonNode last = json.get("events").get(KEPT - 1);
        assertEquals(40, last.get("n").asInt());
        assertEquals(1_700_000_020.0, last.get("t").asDouble());
        assertEquals("CLOCK_STEP", last.get("kind").asText());
        assertEquals("set by 60 ms", last.get("text").asText());
        JsonNode cbor = new CBORMapper().readTree(client.get("/events", CBOR).getPayload());
        assertEquals(json.toString(), cbor.toString());
    }

    @Test
    void aTagSaysWhetherThereAreNewOnes() throws Exception {
        run.show(after(40, "set by 60 ms"));
        byte[] tag = client.get("/events", JSON).getOptions().getETags().getFirst();
        Request again = Request.newGet();
        again.setURI("coap://127.0.0.1:" + service.port() + "/events");
        again.getOptions().setAccept(JSON).addETag(tag);
        assertEquals(ResponseCode.VALID, client.send(again).getCode());
        run.show(after(41, "set by 60 ms"));
        Response newer = client.get("/events", JSON);
        assertTrue(newer.getOptions().getETags().stream().noneMatch(t -> Arrays.equals(t, tag)));
    }

    @Test
    void observersMustAcknowledgeAndGetWhatFitsADatagram() throws Exception {
        run.show(after(3, "set by 60 ms"));
        service.notifyNow();
        Notifications notifications = client.observe("/events", JSON);
        assertEquals(3, json(notifications.next()).get("events").size());
        run.show(after(33, "x".repeat(5000)));
        service.notifyNow();
        Response told = notifications.next();
        assertEquals(CoAP.Type.CON, told.getType());
        assertTrue(told.getPayloadSize() <= 1024, "bytes=" + told.getPayloadSize());
        JsonNode events = json(told);
        assertEquals(33, events.get("count").asInt());
        int sent = events.get("events").size();
        assertTrue(sent >= 4, told::getPayloadString);
        assertEquals(33, events.get("events").get(sent - 1).get("n").asInt());
        assertArrayEquals(
                LongStream.rangeClosed(34 - sent, 33).toArray(),
                LongStream.range(0, sent)
                        .map(i -> events.get("events").get((int) i).get("n").asLong())
                        .toArray());
    }
}
