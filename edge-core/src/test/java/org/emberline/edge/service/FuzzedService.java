package org.emberline.edge.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.emberline.edge.service.access.Client;
import org.emberline.edge.service.access.Credential.Psk;
import org.emberline.edge.service.access.KeyFolder;
import org.emberline.edge.service.access.Role;
import org.jspecify.annotations.Nullable;

/** The whole service but its sockets, for inputs by the million: as a local client, a stranger, an observer and an operator send them. */
public final class FuzzedService implements AutoCloseable {
    private static final int DRAIN_EVERY = 256;
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final byte[] PING = {0x40, 0, 0, 0};

    private final PipeConnector pipe = new PipeConnector();
    private final CoapService service;
    private final List<EndpointContext> peers;
    private final EndpointContext good;
    private long delivered;
    private int pings;

    public FuzzedService() throws IOException {
        Path keys = Files.createTempDirectory("emberline-fuzz").resolve("keys");
        SecureRandom random = new SecureRandom();
        KeyFolder folder = new KeyFolder(keys);
        folder.add(new Client("laptop", Role.OBSERVER, Psk.random(random)), random);
        folder.add(new Client("console", Role.OPERATOR, Psk.random(random)), random);
        CoapSettings settings = new CoapSettings(
                "127.0.0.1", 0, Duration.ofMillis(5), 1_000_000, false, new CoapSettings.Dtls("127.0.0.1", 0, keys));
        service = CoapService.start(
                settings,
                new CoapService.Sources(
                        new FakeRun(FakeRun.measured(100)),
                        question -> new History.Unknown(),
                        new FakeCommands(),
                        (kind, text) -> {}),
                pipe);
        good = context("127.0.0.1", PipeConnector.GOOD_PORT, null);
        peers = List.of(
                context("127.0.0.1", 40_000, null),
                context("192.0.2.1", 40_000, null),
                context("192.0.2.2", 40_000, new PreSharedKeyIdentity("laptop")),
                context("192.0.2.3", 40_000, new PreSharedKeyIdentity("console")));
    }

    private static EndpointContext context(String address, int port, @Nullable Principal who) throws IOException {
        return new AddressEndpointContext(new InetSocketAddress(InetAddress.getByName(address), port), who);
    }

    /** Valid requests, to begin from. */
    public static List<byte[]> seeds() {
        return List.of(
                request(Code.GET, "/metrics", 112, ""),
                request(Code.GET, "/.well-known/core?rt=ember.metrics", 40, ""),
                request(Code.GET, "/history?name=lattice_a&from=-60&n=10", 110, ""),
                request(Code.GET, "/pattern/pilatus", 60, ""),
                request(Code.GET, "/status?pmin=1&pmax=5", 50, ""),
                request(Code.POST, "/run", 0, "label batch 12"),
                request(Code.POST, "/run", 0, "dark 64 microscope"),
                request(Code.POST, "/run", 50, "{\"command\":\"flat\",\"frames\":12}"),
                request(Code.POST, "/run", 50, "{\"command\":\"stop\"}"),
                request(Code.IPATCH, "/config", 52, "{\"coap\":{\"notify_hz\":5}}"));
    }

    private static byte[] request(Code code, String path, int format, String payload) {
        Request request = new Request(code, CoAP.Type.CON);
        request.setURI("coap://127.0.0.1" + path);
        request.setMID(1);
        request.setToken(new Token(new byte[] {1, 2}));
        if (payload.isEmpty()) {
            request.getOptions().setAccept(format).setObserve(0).setBlock2(2, false, 0);
        } else {
            request.setPayload(payload.getBytes(StandardCharsets.UTF_8));
            request.getOptions().setContentFormat(format);
        }
        return new UdpDataSerializer().getByteArray(request);
    }

    /** One datagram; its first byte chooses who sends it. Now and then waits until all are through. */
    public void deliver(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] datagram = Arrays.copyOfRange(input, 1, input.length);
        pipe.deliver(datagram, peers.get(input[0] & 3));
        if (++delivered % DRAIN_EVERY == 0) {
            drain();
        }
    }

    /** A good client pings, and is answered when all before it is through. */
    public void drain() {
        byte[] ping = PING.clone();
        pings++;
        ping[2] = (byte) (pings >> 8);
        ping[3] = (byte) pings;
        pipe.deliver(ping, good);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!(pipe.last().length == 4 && pipe.last()[0] == 0x70 && pipe.last()[3] == ping[3])) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the service hangs after " + delivered + " inputs");
            }
            LockSupport.parkNanos(1000);
        }
    }

    /** How many answers there were. */
    public long answers() {
        return pipe.sent();
    }

    @Override
    public void close() {
        service.close();
    }
}
