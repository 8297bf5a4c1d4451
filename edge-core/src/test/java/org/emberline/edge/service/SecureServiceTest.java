package org.emberline.edge.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.emberline.edge.service.Commands.Outcome;
import org.emberline.edge.service.access.Client;
import org.emberline.edge.service.access.Credential.Psk;
import org.emberline.edge.service.access.Credential.RawPublicKey;
import org.emberline.edge.service.access.KeyFolder;
import org.emberline.edge.service.access.PublicKeys;
import org.emberline.edge.service.access.Role;
import org.emberline.edge.service.view.OwnKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service by DTLS, with its two roles. */
class SecureServiceTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Psk LAPTOP = Psk.random(RANDOM);
    private static final Psk CONSOLE = Psk.random(RANDOM);
    private static final KeyPair ROBOT = PublicKeys.generate(RANDOM);
    private static final int MERGE_PATCH = 52;

    @TempDir
    private Path temp;

    private final FakeRun run = new FakeRun(FakeRun.measured(1000));
    private final FakeCommands commands = new FakeCommands();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private KeyFolder keys;
    private CoapService service;

    @BeforeEach
    void start() throws IOException {
        keys = new KeyFolder(temp.resolve("keys"));
        keys.add(new Client("laptop", Role.OBSERVER, LAPTOP), RANDOM);
        keys.add(new Client("console", Role.OPERATOR, CONSOLE), RANDOM);
        keys.add(new Client("robot", Role.OPERATOR, new RawPublicKey(ROBOT.getPublic())), RANDOM);
        service = CoapService.start(settings(), sources());
    }

    private CoapSettings settings() {
        return CoapServiceTest.SETTINGS.with(new CoapSettings.Dtls("127.0.0.1", 0, temp.resolve("keys")));
    }

    private CoapService.Sources sources() {
        return new CoapService.Sources(run, null, commands, (kind, text) -> events.add(kind + " " + text));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private CoapClientForTests observer() throws IOException {
        return new CoapClientForTests(service.securePort(), new OwnKeys.Shared("laptop", LAPTOP));
    }

    private CoapClientForTests operator() throws IOException {
        return new CoapClientForTests(service.securePort(), new OwnKeys.Shared("console", CONSOLE));
    }

    private static Response post(CoapClientForTests client, String text) throws InterruptedException {
        Request request = client.request(Code.POST, "/run");
        request.setPayload(text);
        return client.send(request);
    }

    private String event() throws InterruptedException {
        return String.valueOf(events.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void anObserverReadsAndObservesAndDoesNotCommand() throws Exception {
        try (CoapClientForTests client = observer()) {
            assertEquals(ResponseCode.CONTENT, client.get("/status").getCode());
            assertEquals(20_089, client.get("/pattern/pilatus").getPayloadSize());
            CoapClientForTests.Notifications notifications = client.observe("/metrics", Description.SENML_CBOR);
            notifications.next();
            run.show(FakeRun.snapshot(8, 900, List.of(), 4));
            service.notifyNow();
            assertTrue(notifications.next().getOptions().hasObserve());
            JsonNode book = new ObjectMapper().readTree(client.get("/observers").getPayload());
            assertEquals(1, book.get("count").asInt());
            assertEquals("observer laptop", book.at("/observers/0/peer").asText());
            assertEquals("/metrics", book.at("/observers/0/path").asText());
            assertEquals(1, book.at("/observers/0/sent").asInt());
            assertEquals(0, book.get("lost").asInt());
            assertEquals(ResponseCode.FORBIDDEN, post(client, "stop").getCode());
            assertTrue(commands.heard.isEmpty());
            assertEquals("COMMAND_REFUSED observer laptop: POST /run", event());
        }
    }

    @Test
    void anOperatorCommandsByEitherKindOfKey() throws Exception {
        try (CoapClientForTests shared = operator();
                CoapClientForTests raw = new CoapClientForTests(
                        service.securePort(),
                        new OwnKeys.Raw(ROBOT, keys.serverKeys().getPublic()))) {
            Response answer = post(shared, "stop");
            assertEquals(ResponseCode.CHANGED, answer.getCode());
            assertEquals("done", answer.getPayloadString());
            assertEquals(
                    ResponseCode.CHANGED,
                    post(raw, "label batch 12, upper shelf").getCode());
            assertEquals(
                    List.of("operator console: stop", "operator robot: label batch 12, upper shelf"), commands.heard);
            JsonNode shown = new ObjectMapper().readTree(raw.get("/run").getPayload());
            assertEquals("[\"stop\",\"abort\",\"label\"]", shown.get("commands").toString());
            assertEquals("batch 12", shown.get("label").asText());
        }
    }

    @Test
    void inTheClearNobodyCommands() throws Exception {
        try (CoapClientForTests client = new CoapClientForTests(service.port())) {
            assertEquals(ResponseCode.CONTENT, client.get("/run").getCode());
            assertEquals(ResponseCode.CONTENT, client.get("/config").getCode());
            Response refused = post(client, "stop");
            assertEquals(ResponseCode.UNAUTHORIZED, refused.getCode());
            assertEquals("commands need coaps and a key of role operator", refused.getPayloadString());
            assertTrue(commands.heard.isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource({"laptop, 0000000000000000", "nobody, 0000000000000000"})
    void aWrongKeyGetsNoAnswerAndIsAnEvent(String identity, String key) throws Exception {
        try (CoapClientForTests client =
                new CoapClientForTests(service.securePort(), new OwnKeys.Shared(identity, new Psk(key)))) {
            client.failure(client.request(Code.GET, "/status"), 1);
            assertTrue(event().startsWith("HANDSHAKE_FAILED 127.0.0.1: "));
        }
        try (CoapClientForTests good = observer()) {
            assertEquals(ResponseCode.CONTENT, good.get("/status").getCode());
        }
    }

    @Test
    void anUnknownPublicKeyIsRefusedOnEitherSide() throws Exception {
        KeyPair stranger = PublicKeys.generate(RANDOM);
        try (CoapClientForTests client = new CoapClientForTests(
                service.securePort(),
                new OwnKeys.Raw(stranger, keys.serverKeys().getPublic()))) {
            client.failure(client.request(Code.GET, "/status"), 1);
            assertTrue(event().startsWith("HANDSHAKE_FAILED 127.0.0.1: "));
        }
        try (CoapClientForTests client =
                new CoapClientForTests(service.securePort(), new OwnKeys.Raw(ROBOT, stranger.getPublic()))) {
            client.failure(client.request(Code.GET, "/status"), 1);
        }
    }

    @Test
    void aSessionSurvivesANewAddressByItsConnectionId() throws Exception {
        try (NatForTests nat = new NatForTests(service.securePort());
                CoapClientForTests client = new CoapClientForTests(nat.port(), new OwnKeys.Shared("laptop", LAPTOP))) {
            assertEquals(ResponseCode.CONTENT, client.get("/status").getCode());
            nat.rebind();
            assertEquals(ResponseCode.CONTENT, client.get("/status").getCode());
            assertTrue(events.isEmpty(), events.toString());
        }
    }

    @Test
    void aClientThatAsksTooOftenIsToldSo() throws Exception {
        CoapSettings slow = new CoapSettings(
                "127.0.0.1", 0, Duration.ofHours(1), 1, false, settings().dtls());
        try (CoapService patient = CoapService.start(slow, sources());
                CoapClientForTests client =
                        new CoapClientForTests(patient.securePort(), new OwnKeys.Shared("laptop", LAPTOP))) {
            int refused = 0;
            for (int i = 0; i < 20; i++) {
                refused += client.get("/status").getCode() == ResponseCode.TOO_MANY_REQUESTS ? 1 : 0;
            }
            assertTrue(refused > 0);
            assertEquals("RATE_LIMITED observer laptop", event());
        }
    }

    private static final String REQUESTS = """
            0  | 4.00 | reboot
            0  | 4.00 | stop now
            0  | 4.00 |
            50 | 2.04 | {"command":"abort"}
            50 | 2.04 | {"command":"label","label":"x"}
            50 | 4.00 | {"command":"stop","x":1}
            50 | 4.00 | {"command":5}
            50 | 4.00 | [1
            60 | 4.00 | xx
            42 | 4.15 | stop
            0  | 2.04 | dark 64  microscope
            0  | 4.00 | dark many
            0  | 4.00 | dark 9999999999
            50 | 2.04 | {"command":"flat","frames":12}
            50 | 4.00 | {"command":"flat","frames":-1}
            50 | 4.00 | {"command":"flat","frames":1.5}
            50 | 4.00 | {"command":"flat","label":"x"}
            50 | 4.00 | {"frames":12}
            """;

    @Test
    void whatIsNoCommandIsSaidToBeNone() throws Exception {
        try (CoapClientForTests client = operator()) {
            for (String row : REQUESTS.lines().toList()) {
                String[] fields = row.split("\\|", -1);
                Request request = client.request(Code.POST, "/run");
                request.setPayload(fields[2].strip());
                request.getOptions().setContentFormat(Integer.parseInt(fields[0].strip()));
                Response response = client.send(request);
                assertEquals(fields[1].strip(), response.getCode().text, row + ": " + response.getPayloadString());
                assertEquals(1, response.getPayloadString().lines().count(), row);
            }
            assertEquals(
                    List.of(
                            "operator console: abort",
                            "operator console: label x",
                            "operator console: dark 64 microscope",
                            "operator console: flat 12 null"),
                    commands.heard);
        }
    }

    @Test
    void theConfigurationIsPatchedByOperators() throws Exception {
        try (CoapClientForTests client = operator()) {
            Response before = client.get("/config");
            assertEquals("{\"coap\":{\"notify_hz\":2}}", before.getPayloadString());
            Request again = client.request(Code.GET, "/config");
            again.getOptions().addETag(before.getOptions().getETags().getFirst());
            assertEquals(ResponseCode.VALID, client.send(again).getCode());
            for (Code code : List.of(Code.IPATCH, Code.PATCH)) {
                Request patch = client.request(code, "/config");
                patch.setPayload("{\"coap\":{\"notify_hz\":5}}");
                patch.getOptions().setContentFormat(MERGE_PATCH);
                assertEquals(ResponseCode.CHANGED, client.send(patch).getCode());
            }
            commands.next = new Outcome.Conflict("reduce.npt can be changed between runs only");
            Request later = client.request(Code.IPATCH, "/config");
            later.setPayload("{\"reduce\":{\"npt\":5}}");
            later.getOptions().setContentFormat(MERGE_PATCH);
            assertEquals(ResponseCode.CONFLICT, client.send(later).getCode());
            Request empty = client.request(Code.IPATCH, "/config");
            empty.setPayload("{}");
            empty.getOptions().setContentFormat(MERGE_PATCH);
            assertEquals(ResponseCode.BAD_REQUEST, client.send(empty).getCode());
            Request json = client.request(Code.IPATCH, "/config");
            json.setPayload("{\"coap\":{\"notify_hz\":5}}");
            json.getOptions().setContentFormat(Description.JSON);
            assertEquals(
                    ResponseCode.UNSUPPORTED_CONTENT_FORMAT, client.send(json).getCode());
            assertEquals(3, commands.heard.size());
            assertEquals(
                    ResponseCode.METHOD_NOT_ALLOWED,
                    client.send(client.request(Code.DELETE, "/config")).getCode());
        }
    }

    @Test
    void beyondLoopbackInTheClearNothingIsServedUnlessSaid() throws Exception {
        CoapSettings open = new CoapSettings("0.0.0.0", 0, Duration.ofHours(1));
        String said = String.valueOf(assertThrows(IOException.class, () -> CoapService.start(open, run))
                .getMessage());
        assertTrue(said.contains("refusing to listen in the clear on 0.0.0.0"), said);
        CoapSettings told = new CoapSettings("0.0.0.0", 0, Duration.ofHours(1), 100, true, null);
        try (CoapService service = CoapService.start(told, run);
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            // CON GET /pattern/pilatus by hand; the answer must not be much larger, for its sender may be made up.
            byte[] question = {
                0x40,
                0x01,
                0x12,
                0x34,
                (byte) 0xb7,
                'p',
                'a',
                't',
                't',
                'e',
                'r',
                'n',
                0x07,
                'p',
                'i',
                'l',
                'a',
                't',
                'u',
                's'
            };
            socket.setSoTimeout(20_000);
            socket.send(
                    new DatagramPacket(question, question.length, InetAddress.getLoopbackAddress(), service.port()));
            DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
            socket.receive(answer);
            assertEquals(0x45, answer.getData()[1] & 0xff, "2.05");
            assertTrue(answer.getLength() < 64 + 32, answer.getLength() + " bytes");
        }
    }

    @Test
    void keysThatOthersMayReadKeepTheServiceFromStarting() throws Exception {
        Files.setPosixFilePermissions(temp.resolve("keys/clients"), PosixFilePermissions.fromString("rw-r--r--"));
        String said = String.valueOf(assertThrows(IOException.class, () -> CoapService.start(settings(), sources()))
                .getMessage());
        assertTrue(said.contains("is open to others"), said);
        assertFalse(said.contains(CONSOLE.text()));
    }
}
