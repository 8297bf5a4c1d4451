package org.emberline.edge.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.upokecenter.cbor.CBORObject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.emberline.edge.service.access.Client;
import org.emberline.edge.service.access.Credential.Psk;
import org.emberline.edge.service.access.KeyFolder;
import org.emberline.edge.service.access.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DTLS between Scandium and libcoap's clients, which stand on OpenSSL and on GnuTLS. */
class LibcoapDtlsTest {
    private static final String OPENSSL = "coap-client-openssl";
    private static final String GNUTLS = "coap-client-gnutls";
    private static final int BINS = 2000;

    @TempDir
    private Path temp;

    private final SecureRandom random = new SecureRandom();
    private final Psk laptop = Psk.random(random);
    private final Psk console = Psk.random(random);
    private final FakeCommands commands = new FakeCommands();
    private CoapService service;

    @BeforeEach
    void start() throws IOException {
        KeyFolder keys = new KeyFolder(temp.resolve("keys"));
        keys.add(new Client("laptop", Role.OBSERVER, laptop), random);
        keys.add(new Client("console", Role.OPERATOR, console), random);
        service = CoapService.start(
                CoapServiceTest.SETTINGS.with(new CoapSettings.Dtls("127.0.0.1", 0, temp.resolve("keys"))),
                new CoapService.Sources(new FakeRun(FakeRun.measured(BINS)), null, commands, (kind, text) -> {}));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static String program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseGet(() -> {
                    String reason = name + " is not on PATH (Debian: libcoap3-bin)";
                    return Boolean.parseBoolean(System.getenv("EMBERLINE_REQUIRE_ORACLES"))
                            ? fail(reason)
                            : abort(reason);
                });
    }

    /** What it said, and what it got. */
    private record Said(String log, byte[] answer) {}

    private Said ask(String name, String path, String... options) throws IOException, InterruptedException {
        Path answer = temp.resolve("answer");
        Files.deleteIfExists(answer);
        Path log = temp.resolve("log");
        Process process = new ProcessBuilder(Stream.of(
                                Stream.of(program(name), "-v", "6", "-B", "2", "-o", answer.toString()),
                                Stream.of(options),
                                Stream.of("coaps://127.0.0.1:" + service.securePort() + path))
                        .flatMap(words -> words)
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), name + " hangs");
        return new Said(
                Files.readString(log, StandardCharsets.UTF_8),
                Files.exists(answer) ? Files.readAllBytes(answer) : new byte[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENSSL, GNUTLS})
    void theRightKeyReads(String name) throws Exception {
        String[] key = {"-u", "laptop", "-k", laptop.text()};
        Said links = ask(name, "/.well-known/core", key);
        assertTrue(new String(links.answer(), StandardCharsets.UTF_8).contains("</metrics>"), links.log());
        Said pattern = ask(
                name,
                "/pattern/pilatus",
                Stream.concat(Stream.of("-A", "60"), Stream.of(key)).toArray(String[]::new));
        CBORObject map = CBORObject.DecodeFromBytes(pattern.answer());
        assertEquals(Float.BYTES * BINS, map.get("sigma").Untag().GetByteString().length, pattern.log());
        Said observed = ask(
                name,
                "/status",
                Stream.concat(Stream.of("-s", "1"), Stream.of(key)).toArray(String[]::new));
        assertTrue(new String(observed.answer(), StandardCharsets.UTF_8).contains("run-0001"), observed.log());
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENSSL, GNUTLS})
    void aWrongKeyAndNoKeyReadNothing(String name) throws Exception {
        Said wrong = ask(name, "/status", "-u", "laptop", "-k", "a key of somebody else");
        assertEquals(0, wrong.answer().length, wrong.log());
        Said none = ask(name, "/status");
        assertEquals(0, none.answer().length, none.log());
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENSSL, GNUTLS})
    void anOperatorCommandsAndAnObserverDoesNot(String name) throws Exception {
        Said refused = ask(name, "/run", "-m", "post", "-e", "stop", "-u", "laptop", "-k", laptop.text());
        assertTrue(refused.log().contains("4.03"), refused.log());
        assertTrue(commands.heard.isEmpty());
        Said done = ask(name, "/run", "-m", "post", "-e", "label batch 12", "-u", "console", "-k", console.text());
        assertFalse(done.log().contains("4.0"), done.log());
        assertEquals(List.of("operator console: label batch 12"), commands.heard);
        Said patched = ask(
                name,
                "/config",
                "-m",
                "ipatch",
                "-t",
                "52",
                "-e",
                "{\"coap\":{\"notify_hz\":5}}",
                "-u",
                "console",
                "-k",
                console.text());
        assertEquals(2, commands.heard.size(), patched.log());
    }
}
