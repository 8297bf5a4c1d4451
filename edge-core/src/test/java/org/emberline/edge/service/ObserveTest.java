package org.emberline.edge.service;

import static org.emberline.edge.service.Description.JSON;
import static org.emberline.edge.service.Description.SENML_CBOR;
import static org.emberline.edge.service.Description.SENML_JSON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.californium.core.coap.Response;
import org.emberline.edge.pipeline.RunView;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.service.CoapClientForTests.Notifications;
import org.emberline.edge.service.senml.SenmlParser;
import org.emberline.edge.service.senml.SenmlRecord;
import org.emberline.edge.service.senml.SenmlResolver;
import org.emberline.edge.service.senml.SenmlValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notifications: of what is new only, and never more than one datagram. */
class ObserveTest {
    private final FakeRun run = new FakeRun(FakeRun.measured(100));
    private CoapService service;
    private CoapClientForTests client;

    @BeforeEach
    void start() throws IOException {
        service = CoapService.start(CoapServiceTest.SETTINGS, run);
        client = new CoapClientForTests(service.port());
        service.notifyNow();
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    private static List<SenmlRecord> resolved(Response response) throws IOException {
        byte[] payload = response.getPayload();
        return SenmlResolver.resolve(
                response.getOptions().getContentFormat() == SENML_CBOR
                        ? SenmlParser.cbor(payload)
                        : SenmlParser.json(payload),
                0);
    }

    @ParameterizedTest
    @CsvSource({"/metrics,850.125,900", "/t/furnace,860.125,910"})
    void anObserverGetsTheNewerSnapshot(String path, double before, double after) throws Exception {
        Notifications notifications = client.observe(path, SENML_JSON);
        Response first = notifications.next();
        assertTrue(first.getOptions().hasObserve());
        assertEquals(new SenmlValue.Numeric(before), resolved(first).getFirst().value());
        run.show(FakeRun.snapshot(8, 900, List.of(), 4));
        service.notifyNow();
        Response second = notifications.next();
        assertEquals(new SenmlValue.Numeric(after), resolved(second).getFirst().value());
        assertTrue(second.getOptions().getObserve() > first.getOptions().getObserve());
    }

    @Test
    void aSnapshotWithTheSameFrameIsNewsForStatusOnly() throws Exception {
        Notifications metrics = client.observe("/metrics", SENML_CBOR);
        Notifications status = client.observe("/status", JSON);
        metrics.next();
        status.next();
        Snapshot old = run.get();
        run.show(new Snapshot(99, old.run(), old.channels(), old.detectors()));
        service.notifyNow();
        assertEquals(
                99,
                new ObjectMapper()
                        .readTree(status.next().getPayload())
                        .get("sequence")
                        .asInt());
        // The order of resources in one round is not defined: a second round of status proves the first is through.
        run.show(new Snapshot(100, old.run(), old.channels(), old.detectors()));
        service.notifyNow();
        status.next();
        assertTrue(metrics.isEmpty());
    }

    @Test
    void anObserverFromBeforeTheFirstFrameSeesIt() throws Exception {
        run.show(FakeRun.beforeFirstFrame());
        service.notifyNow();
        Notifications notifications = client.observe("/metrics", SENML_CBOR);
        assertEquals(List.of("phase"), names(notifications.next()).stream().toList());
        run.show(FakeRun.measured(4));
        service.notifyNow();
        assertTrue(names(notifications.next()).contains("temperature"));
    }

    private static Set<String> names(Response response) throws IOException {
        return resolved(response).stream().map(r -> String.valueOf(r.name())).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource({"4,110", "4,112", "15,112", "30,110", "30,112"})
    void notificationsFitOneDatagram(int metrics, int contentFormat) throws Exception {
        run.show(FakeRun.crowded(metrics));
        Response notification = client.observe("/metrics", contentFormat).next();
        assertTrue(notification.getPayloadSize() <= 1024, "bytes=" + notification.getPayloadSize());
        assertFalse(notification.getOptions().hasBlock2());
        List<SenmlRecord> all = resolved(client.get("/metrics", contentFormat));
        assertEquals(2 * metrics + 3, all.size());
        List<SenmlRecord> sent = resolved(notification);
        long omitted = sent.stream()
                .filter(r -> "omitted".equals(r.name()))
                .map(r -> (SenmlValue.Numeric) r.value())
                .mapToLong(v -> v == null ? 0 : (long) v.value())
                .sum();
        List<SenmlRecord> kept =
                sent.stream().filter(r -> !"omitted".equals(r.name())).toList();
        assertEquals(all.size(), kept.size() + omitted);
        assertTrue(all.containsAll(kept), "what is sent is what a GET says");
    }

    @Test
    void valuesAreKeptBeforeSigmas() throws Exception {
        run.show(FakeRun.crowded(30));
        Set<String> sent = names(client.observe("/metrics", SENML_CBOR).next());
        Set<String> values = names(client.get("/metrics", SENML_CBOR)).stream()
                .filter(name -> !name.endsWith(":sigma"))
                .collect(Collectors.toSet());
        assertTrue(sent.containsAll(values), "all 30 values fit as CBOR");
    }

    @Test
    void everyPackUpToFifteenMetricsGoesWholeAsCbor() throws Exception {
        run.show(FakeRun.crowded(15));
        assertFalse(names(client.observe("/metrics", SENML_CBOR).next()).contains("omitted"));
    }

    @Test
    void statusFitsWithALongFault() throws Exception {
        Snapshot old = run.get();
        String longText = "x".repeat(5000);
        run.show(new Snapshot(
                2,
                new RunView(longText, old.run().state(), FakeRun.STARTED, longText, longText),
                List.of(),
                old.detectors()));
        assertTrue(client.observe("/status", JSON).next().getPayloadSize() <= 1024);
    }
}
