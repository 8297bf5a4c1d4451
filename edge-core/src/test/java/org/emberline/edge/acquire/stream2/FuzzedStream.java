package org.emberline.edge.acquire.stream2;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.emberline.edge.RealData;
import org.emberline.edge.acquire.stream2.StreamImage.Encoding;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.gpu.PixelFormat;
import org.jspecify.annotations.Nullable;

/** A run that takes whatever it is sent, message after message. */
public final class FuzzedStream implements StreamFeed {
    private static final int SIDE = 8;
    private static final FuzzedStream FEED = new FuzzedStream();
    private static final FrameSlot SLOT = new FrameSlot(Arena.ofAuto(), SIDE * SIDE * 2L, 1, 0);
    private static final StreamExpectation.Beam BEAM = new StreamExpectation.Beam(0.5, 0.2, 1e-4, 1e-4);
    private static final StreamSource SOURCE = new StreamSource(
            FEED,
            new StreamExpectation(SIDE, SIDE, PixelFormat.U16, "", BEAM, 100, false, false),
            StreamSource.Until.NEVER,
            (kind, text) -> {
                if (kind.isEmpty() || text.length() > 10_000) {
                    throw new AssertionError("an event of " + text.length() + " letters");
                }
            },
            () -> 1);

    private final Deque<byte[]> waiting = new ArrayDeque<>();

    private FuzzedStream() {}

    @Override
    public byte @Nullable [] receive() {
        if (waiting.isEmpty()) {
            Thread.currentThread().interrupt();
        }
        return waiting.poll();
    }

    @Override
    public boolean pressing() {
        return false;
    }

    @Override
    public void close() {
        waiting.clear();
    }

    /** Takes one message, and decodes what images it has. */
    public static void take(byte[] message) {
        FEED.waiting.add(message);
        for (int step = 0; step < 3 && !FEED.waiting.isEmpty(); step++) {
            SLOT.reset(0);
            var _ = SOURCE.next(SLOT);
        }
        var _ = SOURCE.next(SLOT);
        var _ = Thread.interrupted();
        try {
            if (StreamDecoder.decode(message) instanceof StreamMessage.Image image) {
                decode(image);
            }
        } catch (StreamException e) {
            // That is what it is for.
        }
    }

    private static void decode(StreamMessage.Image image) throws StreamException {
        for (StreamImage each : image.channels().values()) {
            if (each.bytes() < 1 << 20) {
                each.decode(MemorySegment.ofArray(new byte[(int) each.bytes()]));
            }
        }
    }

    /** Messages of a detector, small. */
    public static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Encoding encoding : Encoding.values()) {
            StreamWriter series = new StreamWriter(new StreamWriter.Series(
                    "A", 5, Instant.EPOCH, "threshold_1", SIDE, SIDE, PixelFormat.U16, encoding));
            seeds.add(series.start(2, 0.1, BEAM, 90));
            seeds.add(series.image(0, 0, 1, MemorySegment.ofArray(new byte[SIDE * SIDE * 2])));
            seeds.add(series.end());
        }
        seeds.add(Files.readAllBytes(RealData.path("stream/eiger-stream2").resolve("start.cbor")));
        return seeds;
    }
}
