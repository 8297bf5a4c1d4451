package org.emberline.edge.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.emberline.edge.service.access.Client;
import org.emberline.edge.service.access.Credential.Psk;
import org.emberline.edge.service.access.KeyFolder;
import org.emberline.edge.service.access.Role;
import org.emberline.edge.service.view.OwnKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers that mean ill, and a good client that is served all the while. {@code -Demberline.hostile=10000} for as many half-open handshakes. */
class HostilePeersTest {
    private static final int HALF_OPEN = Integer.getInteger("emberline.hostile", 500);
    private static final int FLOOD = 20_000;
    private static final int GOOD_EVERY = 5000;
    private static final int HELLO_VERIFY_REQUEST = 3;
    private static final int HANDSHAKE_HEADER = 25;

    @TempDir
    private Path temp;

    private final SecureRandom secret = new SecureRandom();
    private final Psk laptop = Psk.random(secret);
    private final FakeCommands commands = new FakeCommands();
    private CoapService service;
    private CoapClientForTests good;
    private CoapClientForTests secure;

    @BeforeEach
    void start() throws IOException {
        KeyFolder keys = new KeyFolder(temp.resolve("keys"));
        keys.add(new Client("laptop", Role.OBSERVER, laptop), secret);
        service = CoapService.start(
                CoapServiceTest.SETTINGS.with(new CoapSettings.Dtls("127.0.0.1", 0, temp.resolve("keys"))),
                new CoapService.Sources(new FakeRun(FakeRun.measured(1000)), null, commands, (kind, text) -> {}));
        good = new CoapClientForTests(service.port());
        secure = new CoapClientForTests(service.securePort(), new OwnKeys.Shared("laptop", laptop));
    }

    @AfterEach
    void stop() {
        good.close();
        secure.close();
        service.close();
    }

    private void theGoodAreServed() throws InterruptedException {
        assertEquals(ResponseCode.CONTENT, good.get("/status").getCode());
        assertEquals(ResponseCode.CONTENT, secure.get("/metrics").getCode());
    }

    private void flood(int port, int count, IntFunction<byte[]> message) throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < count; i++) {
                byte[] bytes = message.apply(i);
                socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
                if (i % GOOD_EVERY == 0) {
                    theGoodAreServed();
                }
            }
        }
        theGoodAreServed();
    }

    /** CON GET /metrics with a token of four bytes and these options before the path. */
    private static byte[] get(int i, byte... options) {
        return ByteBuffer.allocate(8 + options.length)
                .put((byte) 0x44)
                .put((byte) 1)
                .putShort((short) i)
                .putInt(i)
                .put(options)
                .array();
    }

    private static byte[] concat(byte[] head, String path) {
        byte[] name = path.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + name.length)
                .put(head)
                .put(name)
                .array();
    }

    @Test
    void noise() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        for (int port : List.of(service.port(), service.securePort())) {
            flood(port, FLOOD, i -> {
                byte[] bytes = new byte[random.nextInt(1, 200)];
                random.nextBytes(bytes);
                return bytes;
            });
        }
    }

    @Test
    void oversizedOptions() throws Exception {
        // Uri-Path of 60 000 bytes said, none there; then one of 1000 there; then 300 empty ones.
        flood(service.port(), 1000, i -> get(i, (byte) 0xbe, (byte) 0xe9, (byte) 0x53));
        flood(service.port(), 1000, i -> concat(get(i, (byte) 0xbe, (byte) 0x02, (byte) 0xdb), "x".repeat(1000)));
        byte[] many = new byte[300];
        many[0] = (byte) 0xb0;
        flood(service.port(), 1000, i -> get(i, many));
    }

    @Test
    void blocksThatDoNotExist() throws Exception {
        // GET /metrics with Block2 number 2^20-1 and every size, the reserved 7 among them.
        flood(
                service.port(),
                4000,
                i -> ByteBuffer.allocate(21)
                        .put(concat(get(i, (byte) 0xb7), "metrics"))
                        .put((byte) 0xc3)
                        .put((byte) 0xff)
                        .put((byte) 0xff)
                        .put((byte) (0xf0 | (i & 7)))
                        .put((byte) 0)
                        .array());
        // POST /run in blocks that never end, each from the first on.
        flood(service.port(), 4000, i -> {
            byte[] block = new byte[64];
            ByteBuffer.wrap(block)
                    .put((byte) 0x44)
                    .put((byte) 2)
                    .putShort((short) i)
                    .putInt(i)
                    .put((byte) 0xb3)
                    .put("run".getBytes(StandardCharsets.US_ASCII))
                    .put((byte) 0xd1)
                    .put((byte) 3)
                    .put((byte) (((i % 16) << 4) | 0x0a))
                    .put((byte) 0xff);
            return block;
        });
        assertTrue(commands.heard.isEmpty());
    }

    @Test
    void tokensWithoutEnd() throws Exception {
        System.gc();
        long before = used();
        // Observations of one peer under ever new tokens.
        flood(service.port(), 3 * FLOOD, i -> concat(get(i, (byte) 0x60, (byte) 0x57), "metrics"));
        service.notifyNow();
        theGoodAreServed();
        System.gc();
        assertTrue(used() - before < 100L << 20, "grown by " + ((used() - before) >> 20) + " MiB");
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void handshakesThatComeToNoEnd() throws Exception {
        List<DatagramSocket> open = new ArrayList<>();
        try {
            for (int i = 0; i < HALF_OPEN; i++) {
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                socket.setSoTimeout(2000);
                byte[] cookie = cookie(socket);
                // The second hello, with the cookie: the service answers, keeps a handshake, and waits for us.
                send(socket, hello(cookie, 1));
                if (i % 100 == 0) {
                    theGoodAreServed();
                }
                if (i < 100) {
                    open.add(socket);
                } else {
                    socket.close();
                }
            }
            theGoodAreServed();
            try (CoapClientForTests another =
                    new CoapClientForTests(service.securePort(), new OwnKeys.Shared("laptop", laptop))) {
                assertEquals(ResponseCode.CONTENT, another.get("/status").getCode());
            }
        } finally {
            open.forEach(DatagramSocket::close);
        }
    }

    private void send(DatagramSocket socket, byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), service.securePort()));
    }

    /** Of the HelloVerifyRequest to a first hello, which is no larger than the hello: no amplification. */
    private byte[] cookie(DatagramSocket socket) throws IOException {
        DatagramPacket answer = new DatagramPacket(new byte[512], 512);
        byte[] hello = hello(new byte[0], 0);
        for (int tries = 0; ; tries++) {
            send(socket, hello);
            try {
                socket.receive(answer);
                break;
            } catch (SocketTimeoutException e) {
                if (tries == 5) {
                    throw e;
                }
            }
        }
        assertEquals(HELLO_VERIFY_REQUEST, answer.getData()[13]);
        assertTrue(answer.getLength() <= hello.length + 32, answer.getLength() + " bytes for " + hello.length);
        byte[] cookie = new byte[answer.getData()[HANDSHAKE_HEADER + 2]];
        System.arraycopy(answer.getData(), HANDSHAKE_HEADER + 3, cookie, 0, cookie.length);
        return cookie;
    }

    /** A ClientHello (RFC 6347 section 4.2.1) for TLS_PSK_WITH_AES_128_CCM_8 and TLS_PSK_WITH_AES_128_GCM_SHA256. */
    private static byte[] hello(byte[] cookie, int sequence) {
        byte[] random = new byte[32];
        random[0] = 42;
        ByteBuffer body = ByteBuffer.allocate(256)
                .putShort((short) 0xfefd)
                .put(random)
                .put((byte) 0)
                .put((byte) cookie.length)
                .put(cookie)
                .putShort((short) 4)
                .putShort((short) 0xc0a8)
                .putShort((short) 0x00a8)
                .put((byte) 1)
                .put((byte) 0)
                .flip();
        int length = body.remaining();
        ByteBuffer record = ByteBuffer.allocate(HANDSHAKE_HEADER + length)
                .put((byte) 22)
                .putShort((short) 0xfefd)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(sequence)
                .putShort((short) (12 + length))
                .put((byte) 1);
        for (int value : new int[] {length, -1, 0, length}) {
            if (value < 0) {
                record.putShort((short) sequence);
            } else {
                record.put((byte) 0).putShort((short) value);
            }
        }
        return record.put(body).array();
    }
}
