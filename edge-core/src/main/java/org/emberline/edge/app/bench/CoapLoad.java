package org.emberline.edge.app.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.emberline.edge.app.bench.CoapDatagram.Observe;
import org.emberline.edge.service.senml.SenmlException;
import org.emberline.edge.service.senml.SenmlParser;
import org.emberline.edge.service.senml.SenmlResolver;

/**
 * The load generator of {@code bench coap}, in a process of its own: many sockets on one thread. Prints its result as lines of numbers; the bench
 * reads them.
 *
 * <pre>
 *   observe PORT OBSERVERS SECONDS PATH   frame-time arrival(nanoTime) arrival(Unix) how-many, a line a frame and millisecond
 *   request PORT CLIENTS SECONDS PATH     answers, a line
 * </pre>
 */
public final class CoapLoad {
    private static final int ACCEPT_SENML_CBOR = 112;
    private static final int CONTENT = 0x45;
    private static final long MILLI = 1_000_000;
    private static final long RETRY_NANOS = 2_000 * MILLI;
    private static final int BUFFER_BYTES = 256 << 10;
    private static final double NANOS = 1e9;
    /** A pause between two registrations, so that they do not come as one burst. */
    private static final long REGISTRATION_PAUSE_NANOS = 300_000;

    private final Selector selector = Selector.open();
    private final List<Peer> peers = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(2048);
    private final InetSocketAddress server;
    private final String path;

    private static final class Peer {
        private final DatagramChannel channel;
        private final int number;
        private int messageId = 1;
        private long askedNanos;
        private boolean registered;

        Peer(DatagramChannel channel, int number) {
            this.channel = channel;
            this.number = number;
        }
    }

    /** What arrived with the same payload, within one millisecond; read when all is over, for reading takes time. */
    private record Bucket(ByteBuffer payload, long milli) {}

    private CoapLoad(int port, int count, String path) throws IOException {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.path = path;
        for (int i = 0; i < count; i++) {
            DatagramChannel channel = DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.configureBlocking(false);
            channel.connect(server);
            Peer peer = new Peer(channel, i);
            channel.register(selector, SelectionKey.OP_READ, peer);
            peers.add(peer);
        }
    }

    /** @param arguments as above */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        long seconds = Long.parseLong(arguments[3]);
        CoapLoad load = new CoapLoad(port, count, arguments[4]);
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
        if (arguments[0].equals("observe")) {
            load.observe(seconds, out);
        } else {
            load.request(seconds, out);
        }
        out.flush();
    }

    private void observe(long seconds, PrintStream out) throws IOException {
        Map<Bucket, long[]> arrivals = new HashMap<>();
        for (Peer peer : peers) {
            ask(peer, Observe.REGISTER);
            pump(System.nanoTime() + REGISTRATION_PAUSE_NANOS, from -> note(from, arrivals));
        }
        long settled = System.nanoTime() + RETRY_NANOS;
        while (peers.stream().anyMatch(peer -> !peer.registered) && System.nanoTime() < settled + 10 * RETRY_NANOS) {
            for (Peer peer : peers) {
                if (!peer.registered && System.nanoTime() - peer.askedNanos > RETRY_NANOS) {
                    ask(peer, Observe.REGISTER);
                }
            }
            pump(System.nanoTime() + RETRY_NANOS / 10, peer -> note(peer, arrivals));
        }
        arrivals.clear();
        long begin = System.nanoTime();
        pump(begin + seconds * (long) NANOS, peer -> note(peer, arrivals));
        long end = System.nanoTime();
        for (Peer peer : peers) {
            // Else the next measurement would have them too, until the service finds out that nobody is there.
            ask(peer, Observe.DEREGISTER);
            pump(System.nanoTime() + REGISTRATION_PAUSE_NANOS, _ -> {});
        }
        out.println("registered " + peers.stream().filter(p -> p.registered).count() + " from " + begin + " to " + end);
        arrivals.forEach((bucket, at) -> out.println(timeOf(bucket.payload) + " " + at[0] + " " + at[1] + " " + at[2]));
    }

    private void request(long seconds, PrintStream out) throws IOException {
        long[] answers = new long[1];
        for (Peer peer : peers) {
            ask(peer, Observe.SILENT);
        }
        long end = System.nanoTime() + seconds * (long) NANOS;
        while (System.nanoTime() < end) {
            pump(Math.min(end, System.nanoTime() + RETRY_NANOS / 10), peer -> {
                if (CoapDatagram.code(buffer) == CONTENT) {
                    answers[0]++;
                }
                ask(peer, Observe.SILENT);
            });
            for (Peer peer : peers) {
                if (System.nanoTime() - peer.askedNanos > RETRY_NANOS) {
                    ask(peer, Observe.SILENT);
                }
            }
        }
        out.println(answers[0]);
    }

    private void note(Peer peer, Map<Bucket, long[]> arrivals) {
        long now = System.nanoTime();
        Instant wall = Instant.now();
        if (CoapDatagram.type(buffer) == CoapDatagram.CONFIRMABLE) {
            send(peer, CoapDatagram.acknowledgement(buffer));
        }
        if (CoapDatagram.code(buffer) != CONTENT) {
            return;
        }
        peer.registered = true;
        Bucket seen = new Bucket(CoapDatagram.payload(buffer), now / MILLI);
        long[] bucket = arrivals.get(seen);
        if (bucket == null) {
            bucket = new long[] {now, wall.getEpochSecond() * (long) NANOS + wall.getNano(), 0};
            byte[] bytes = new byte[seen.payload.remaining()];
            seen.payload.duplicate().get(bytes);
            arrivals.put(new Bucket(ByteBuffer.wrap(bytes), seen.milli), bucket);
        }
        bucket[2]++;
    }

    /** Of the first record: the middle of an exposure. */
    private static double timeOf(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        try {
            Double time =
                    SenmlResolver.resolve(SenmlParser.cbor(bytes), 0).getFirst().time();
            return time == null ? 0 : time;
        } catch (SenmlException e) {
            throw new IllegalStateException("the service sends a pack that is none", e);
        }
    }

    private void ask(Peer peer, Observe observe) {
        peer.askedNanos = System.nanoTime();
        int accept = observe == Observe.SILENT ? -1 : ACCEPT_SENML_CBOR;
        send(peer, CoapDatagram.get(peer.messageId++, peer.number, path, accept, observe));
    }

    private static void send(Peer peer, ByteBuffer message) {
        try {
            peer.channel.write(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes what comes until then, each in {@link #buffer}. */
    private void pump(long until, Consumer<Peer> received) throws IOException {
        long left = until - System.nanoTime();
        while (left > 0) {
            selector.select(
                    key -> {
                        Peer peer = (Peer) key.attachment();
                        try {
                            buffer.clear();
                            while (peer.channel.read(buffer) > 0) {
                                buffer.flip();
                                received.accept(peer);
                                buffer.clear();
                            }
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    Math.max(1, left / MILLI));
            left = until - System.nanoTime();
        }
    }
}
