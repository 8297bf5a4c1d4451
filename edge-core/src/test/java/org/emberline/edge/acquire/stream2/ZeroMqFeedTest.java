package org.emberline.edge.acquire.stream2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.emberline.edge.RealData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over sockets of the operating system, against libzmq. */
class ZeroMqFeedTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final int LOOKS = 600;
    private static final int CONNECTIONS = 100;
    /** Looks of 50 ms. */
    private static final int SOON = 100;

    private static final long MEBI = 1 << 20;

    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final String address;
    private final ZeroMqFeed feed;

    ZeroMqFeedTest() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "tcp://127.0.0.1:" + free.getLocalPort();
        }
        feed = new ZeroMqFeed(address, new ZeroMqFeed.Room(10, MEBI), (kind, text) -> notes.add(kind));
    }

    @BeforeEach
    void needLibzmq() throws Exception {
        boolean there = Files.isExecutable(Path.of(PYTHON))
                && new ProcessBuilder(PYTHON, "-c", "import zmq").start().waitFor() == 0;
        if ("true".equals(System.getenv("EMBERLINE_REQUIRE_ORACLES"))) {
            Assertions.assertTrue(there, PYTHON + " needs zmq (Debian: python3-zmq)");
        }
        Assumptions.assumeTrue(there, PYTHON + " has no zmq");
    }

    @AfterEach
    void close() {
        feed.close();
    }

    private Process sender(String... messages) throws IOException {
        Path script = RealData.repositoryRoot().resolve("edge-core/src/test/python/send_stream2.py");
        return new ProcessBuilder(Stream.concat(Stream.of(PYTHON, script.toString(), address), Stream.of(messages))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String recorded(String name) {
        return RealData.path("stream/eiger-stream2").resolve(name).toString();
    }

    private byte[] await() {
        for (int look = 0; look < LOOKS; look++) {
            byte[] message = feed.receive();
            if (message != null) {
                return message;
            }
        }
        throw new AssertionError("nothing came; " + notes);
    }

    private void awaitNote(String kind) {
        for (int look = 0; look < LOOKS && !notes.contains(kind); look++) {
            assertNull(feed.receive());
        }
        assertTrue(notes.contains(kind), notes::toString);
    }

    @Test
    void theSeriesOfAnEigerComesThrough() throws Exception {
        Process sender = sender(recorded("start.cbor"), recorded("image.cbor"), recorded("end.cbor"));
        assertArrayEquals(Files.readAllBytes(Path.of(recorded("start.cbor"))), await());
        StreamMessage.Image message = (StreamMessage.Image) StreamDecoder.decode(await());
        StreamImage image = message.channels().values().iterator().next();
        byte[] decoded = new byte[(int) image.bytes()];
        image.decode(MemorySegment.ofArray(decoded));
        assertEquals(
                "cf12323dbcdb88976a6e32f27a352d8a55b8561fc43409d87dab725dc98c0387",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(decoded)));
        assertEquals(StreamMessage.End.class, StreamDecoder.decode(await()).getClass());
        assertEquals(0, sender.waitFor());
    }

    /** One connection in thirty hung for half a minute, and the detector's queue was lost with it. */
    @Test
    void everyConnectionIsServed() throws Exception {
        for (int i = 0; i < CONNECTIONS; i++) {
            try (ZeroMqSender sender = new ZeroMqSender("tcp://127.0.0.1:*");
                    ZeroMqFeed receiver = new ZeroMqFeed(
                            sender.address(), new ZeroMqFeed.Room(10, MEBI), (kind, text) -> notes.add(kind))) {
                assertNull(receiver.receive(), "it connects in the background");
                assertTrue(sender.send(new byte[] {(byte) i}));
                byte @Nullable [] message = null;
                for (int look = 0; look < SOON && message == null; look++) {
                    message = receiver.receive();
                }
                assertArrayEquals(new byte[] {(byte) i}, message, "connection " + i);
            }
        }
    }

    @Test
    void aDetectorThatRestartsIsFoundAgain() throws Exception {
        Process first = sender(recorded("end.cbor"));
        assertEquals(71, await().length);
        assertEquals(0, first.waitFor());
        awaitNote("DETECTOR_LOST");
        assertEquals(List.of("DETECTOR_CONNECTED", "DETECTOR_LOST"), List.copyOf(notes));
        notes.clear();
        Process second = sender(recorded("start.cbor"));
        assertEquals(957, await().length);
        assertEquals(0, second.waitFor());
        awaitNote("DETECTOR_LOST");
        assertEquals("DETECTOR_CONNECTED", notes.getFirst());
    }

    @Test
    void messagesOfSeveralPartsAreNoneAndWhatFollowsIsRead() throws Exception {
        Process sender = sender(recorded("start.cbor") + "+" + recorded("end.cbor"), recorded("end.cbor"));
        assertEquals(0, await().length);
        assertEquals(71, await().length);
        assertEquals(0, sender.waitFor());
    }

    @Test
    void whoeverSendsTooMuchIsDisconnected() throws Exception {
        Process sender = sender("zeros:" + 2 * MEBI);
        awaitNote("DETECTOR_LOST");
        sender.destroyForcibly();
        sender.waitFor();
    }

    @Test
    void aWaitEndsWithAnInterruptThatStays() throws Exception {
        Thread.currentThread().interrupt();
        assertNull(feed.receive());
        assertTrue(Thread.interrupted());
        Process sender = sender(recorded("end.cbor"));
        assertEquals(71, await().length);
        assertEquals(0, sender.waitFor());
    }

    @Test
    void aClosedFeedHasNothing() {
        assertNull(feed.receive());
        feed.close();
        assertNull(feed.receive());
    }
}
