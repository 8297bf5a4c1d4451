package org.emberline.edge.service.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.emberline.edge.pipeline.RunController;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.service.CoapService;
import org.emberline.edge.service.CoapSettings;
import org.emberline.edge.service.FakeRun;
import org.emberline.edge.service.access.Credential.Psk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verbs against a running service. */
class CoapViewTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private CoapService service;

    @BeforeEach
    void start() throws IOException {
        CoapSettings settings = new CoapSettings("127.0.0.1", 0, Duration.ofHours(1));
        service = CoapService.start(settings, new FakeRun(FakeRun.measured(1000)));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private String uri(String path) {
        return "coap://127.0.0.1:" + service.port() + path;
    }

    private List<String> printed() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void pollsMetricsAsATable() throws Exception {
        CoapView.poll(uri("/metrics"), new OwnKeys.None(), PATIENCE, out, false);
        assertTrue(printed().getFirst().matches("time +name +value +sigma +unit +flags"));
        assertTrue(printed().get(1).matches("2026-11-22T10:00:12.250Z +temperature +850.125 +0.75 +Cel"));
        assertTrue(printed().stream().anyMatch(line -> line.matches(".* disorder +REFLECTIONS_MISSING,FIT_FAILED")));
        assertEquals(1 + 6, printed().size());
    }

    @Test
    void pollsAPatternForMachines() throws Exception {
        CoapView.poll(uri("/pattern/pilatus"), new OwnKeys.None(), PATIENCE, out, true);
        assertEquals(1, printed().size());
        JsonNode pattern = new ObjectMapper().readTree(printed().getFirst());
        assertEquals(1000, pattern.get("I").size());
        assertTrue(pattern.get("I").get(1).isNull());
        assertEquals(0.5, pattern.get("radial").get(0).asDouble());
    }

    @Test
    void pollsTheLinks() throws Exception {
        CoapView.poll(uri("/.well-known/core"), new OwnKeys.None(), PATIENCE, out, false);
        assertTrue(printed().stream()
                .anyMatch(line -> line.matches("/t/furnace +ember.temperature +110 112 0 +yes +Thermocouple furnace")));
    }

    @Test
    void watchesMetricsAndWhatHasNoSenml() throws Exception {
        CoapView.watch(uri("/metrics"), new OwnKeys.None(), PATIENCE, 1, out, true);
        CoapView.watch(uri("/status"), new OwnKeys.None(), PATIENCE, 1, out, true);
        assertEquals(2, printed().size());
        assertEquals(
                "temperature",
                new ObjectMapper()
                        .readTree(printed().getFirst())
                        .get(0)
                        .get("n")
                        .asText());
        assertEquals(
                "run-0001",
                new ObjectMapper().readTree(printed().get(1)).get("run").asText());
    }

    /** A run whose snapshot is a new one at every look, so that every period brings a notification. */
    private static final class BusyRun implements RunController {
        private final AtomicLong looks = new AtomicLong();

        @Override
        public Snapshot get() {
            Snapshot still = FakeRun.measured(4);
            return new Snapshot(looks.incrementAndGet(), still.run(), still.channels(), still.detectors());
        }

        @Override
        public void stop() {
            throw new AssertionError("the service only reads");
        }

        @Override
        public void abort() {
            throw new AssertionError("the service only reads");
        }
    }

    @Test
    void watchesUntilTheCountIsReached() throws Exception {
        CoapSettings settings = new CoapSettings("127.0.0.1", 0, Duration.ofMillis(20));
        try (CoapService busy = CoapService.start(settings, new BusyRun())) {
            CoapView.watch("coap://127.0.0.1:" + busy.port() + "/status", new OwnKeys.None(), PATIENCE, 3, out, true);
        }
        assertEquals(3, printed().size());
        long last = 0;
        for (String line : printed()) {
            long sequence = new ObjectMapper().readTree(line).get("sequence").asLong();
            assertTrue(sequence > last, line);
            last = sequence;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing,'4.04 NOT_FOUND: no such resource; see /.well-known/core'",
        "/t/none,'4.04 NOT_FOUND: no such resource; see /.well-known/core'",
    })
    void anErrorIsItsCodeAndLine(String path, String expected) {
        IOException poll = assertThrows(
                IOException.class, () -> CoapView.poll(uri(path), new OwnKeys.None(), PATIENCE, out, false));
        assertEquals(uri(path) + ": " + expected, poll.getMessage());
        IOException watch = assertThrows(
                IOException.class, () -> CoapView.watch(uri(path), new OwnKeys.None(), PATIENCE, 1, out, false));
        assertEquals(uri(path) + ": " + expected, watch.getMessage());
    }

    @Test
    void whatCannotBeObservedSaysSo() {
        IOException e = assertThrows(
                IOException.class, () -> CoapView.watch(uri("/ledger"), new OwnKeys.None(), PATIENCE, 1, out, false));
        assertEquals(uri("/ledger") + ": cannot be observed; poll it instead", e.getMessage());
    }

    @Test
    void silenceEndsAtTheTimeout() throws Exception {
        Duration brief = Duration.ofMillis(200);
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String uri = "coap://127.0.0.1:" + silent.getLocalPort() + "/status";
            String expected = uri + ": no answer within 200 ms";
            assertEquals(
                    expected,
                    assertThrows(IOException.class, () -> CoapView.poll(uri, new OwnKeys.None(), brief, out, false))
                            .getMessage());
            assertEquals(
                    expected,
                    assertThrows(IOException.class, () -> CoapView.watch(uri, new OwnKeys.None(), brief, 1, out, false))
                            .getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://host/x | does not begin with coap://",
                "host:5683/x | does not begin with coap://",
                "/metrics | does not begin with coap://",
                "coap:///x | is not of the form coap://host[:port]/path[?query]",
                "coap://me@host/x | is not of the form",
                "coap://host/x#y | is not of the form",
                "coap://host:70000/x | has a port outside 1..65535",
                "coap://host/a b | Illegal character",
            })
    void aUriThatCannotBeUsedIsAnArgumentError(String uri, String expected) {
        String message = String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> CoapView.poll(uri, new OwnKeys.None(), PATIENCE, out, false))
                .getMessage());
        assertTrue(message.startsWith("uri=" + uri + " ") && message.contains(expected), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void coapsNeedsAKeyAndCoapHasNone() {
        String needs = String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> CoapView.poll("coaps://127.0.0.1/x", new OwnKeys.None(), PATIENCE, out, false))
                .getMessage());
        assertEquals("coaps needs a key: --identity and --key-file", needs);
        OwnKeys key = new OwnKeys.Shared("laptop", new Psk("0123456789abcdef"));
        assertThrows(
                IllegalArgumentException.class, () -> CoapView.poll("coap://127.0.0.1/x", key, PATIENCE, out, false));
        assertEquals("coaps://[::1]:5684/x", CoapUri.parse("COAPS://[::1]/x").toString());
    }

    @Test
    void thePortIsTheOneOfCoapUnlessSaid() {
        assertEquals(
                "coap://[::1]:5683/a%2Fb?c=%26",
                CoapUri.parse("coap://[::1]/a%2Fb?c=%26").toString());
    }

    @Test
    void anUnknownHostIsAnIoError() {
        IOException e = assertThrows(
                IOException.class,
                () -> CoapView.poll("coap://no-such-host.invalid/x", new OwnKeys.None(), PATIENCE, out, false));
        assertEquals("coap://no-such-host.invalid:5683/x: unknown host", e.getMessage());
    }
}
