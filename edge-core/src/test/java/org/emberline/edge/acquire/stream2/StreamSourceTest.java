package org.emberline.edge.acquire.stream2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.emberline.edge.acquire.stream2.StreamImage.Encoding;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource.Next;
import org.emberline.gpu.PixelFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of the messages of detectors that behave, and of those that do not. */
class StreamSourceTest {
    private static final int ROWS = 16;
    private static final int COLUMNS = 40;
    private static final long BEGUN = 1_800_000_000L;
    private static final StreamExpectation.Beam BEAM = new StreamExpectation.Beam(0.5, 0.2, 1e-4, 1e-4);
    private static final StreamExpectation EXPECTED =
            new StreamExpectation(ROWS, COLUMNS, PixelFormat.U16, "", BEAM, Double.POSITIVE_INFINITY, false, false);

    private final Arena arena = Arena.ofShared();
    private final FrameSlot slot = new FrameSlot(arena, ROWS * COLUMNS * 2L, 1, 0);
    private final Deque<byte[]> messages = new ArrayDeque<>();
    private final List<String> notes = new ArrayList<>();
    private final Feed feed = new Feed();
    private StreamSource source = source(StreamSource.Until.NEVER);

    /** What is queued, and then nothing. */
    private final class Feed implements StreamFeed {
        boolean closed;

        @Override
        public byte @Nullable [] receive() {
            if (messages.isEmpty()) {
                Thread.currentThread().interrupt();
            }
            return messages.poll();
        }

        @Override
        public boolean pressing() {
            return false;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private StreamSource source(StreamSource.Until until) {
        return new StreamSource(feed, EXPECTED, until, (kind, text) -> notes.add(kind + " " + text), () -> 77);
    }

    @AfterEach
    void free() {
        arena.close();
    }

    private static StreamWriter series(String id, int columns, Encoding encoding) {
        return new StreamWriter(new StreamWriter.Series(
                id, 5, Instant.ofEpochSecond(BEGUN), "threshold_1", ROWS, columns, PixelFormat.U16, encoding));
    }

    private static StreamWriter series(String id) {
        return series(id, COLUMNS, Encoding.PLAIN);
    }

    private static byte[] start(StreamWriter series) {
        return series.start(3, 0.1, BEAM, Double.NaN);
    }

    private static byte[] image(StreamWriter series, int number) {
        byte[] pixels = new byte[ROWS * COLUMNS * 4];
        Arrays.fill(pixels, (byte) number);
        return series.image(number, number * 1000L, number * 1000L + 900, MemorySegment.ofArray(pixels));
    }

    private void send(byte[]... all) {
        messages.addAll(List.of(all));
    }

    /** All frames until there is nothing more, as {@code FRAME 3}. */
    private List<String> became() {
        List<String> became = new ArrayList<>();
        slot.reset(0);
        for (Next next = source.next(slot); next != Next.END; next = source.next(slot)) {
            became.add(next + " " + slot.hardwareId + (slot.has(FrameFlag.CORRUPT) ? " CORRUPT" : ""));
            slot.reset(0);
        }
        assertEquals(messages.isEmpty(), Thread.interrupted(), "END without a reason");
        return became;
    }

    private void assertNoted(String... beginnings) {
        assertEquals(beginnings.length, notes.size(), notes::toString);
        for (int i = 0; i < beginnings.length; i++) {
            assertTrue(notes.get(i).contains(beginnings[i]), notes.get(i));
        }
    }

    @Test
    void aSeriesBecomesFramesWithTheirNumbersAndTimes() {
        StreamWriter a = series("A");
        send(start(a), image(a, 0), image(a, 1), a.end());
        slot.reset(0);
        assertEquals(Next.FRAME, source.next(slot));
        slot.reset(1);
        assertEquals(Next.FRAME, source.next(slot));
        assertEquals(1, slot.hardwareId);
        assertEquals(BEGUN * 1_000_000_000L + 1000, slot.detectorNanos);
        assertEquals(900, slot.stopNanos - slot.startNanos);
        assertEquals(77, slot.arrivalNanos);
        assertEquals(0, slot.compressedBytes);
        assertEquals(0x0101, slot.pixels().get(ValueLayout.JAVA_SHORT, ROWS * COLUMNS * 2L - 2));
        assertEquals(List.of(), became());
        assertNoted(
                "SERIES_BEGUN series 5 (A): 3 images of 16x40 uint16, channels [threshold_1]",
                "SERIES_ENDED series 5 (A): images=2");
    }

    @Test
    void bothCompressionsGiveTheSameImage() throws Exception {
        byte[] pixels = new byte[ROWS * COLUMNS * 2];
        new SplittableRandom(3).nextBytes(pixels);
        for (int i = 1; i < pixels.length; i += 2) {
            pixels[i] = 0; // so that it can be compressed
        }
        for (Encoding encoding : Encoding.values()) {
            byte[] message = series("A", COLUMNS, encoding).image(0, 0, 1, MemorySegment.ofArray(pixels));
            StreamImage image = ((StreamMessage.Image) StreamDecoder.decode(message))
                    .channels()
                    .values()
                    .iterator()
                    .next();
            assertEquals(encoding, image.encoding());
            byte[] decoded = new byte[pixels.length];
            image.decode(MemorySegment.ofArray(decoded));
            assertTrue(Arrays.equals(pixels, decoded), encoding::toString);
        }
    }

    @Test
    void whatIsCompressedStaysSoUntilItIsReduced() {
        StreamWriter a = series("A", COLUMNS, Encoding.BSLZ4);
        byte[] message = image(a, 0);
        send(start(a), message);
        slot.reset(0);
        assertEquals(Next.FRAME, source.next(slot));
        assertTrue(slot.compressedBytes > 12 && slot.compressedBytes < message.length, "" + slot.compressedBytes);
        assertEquals(List.of(), became());
    }

    @Test
    void afterAnAbortTheNextSeriesWorksAndOldImagesAreStrays() {
        StreamWriter a = series("A");
        StreamWriter b = series("B");
        send(start(a), image(a, 0), start(b), image(a, 1), image(b, 0), image(a, 2), b.end(), image(a, 3));
        assertEquals(
                List.of(
                        "FRAME 0",
                        "STRAY " + FrameSlot.UNKNOWN,
                        "FRAME 0",
                        "STRAY " + FrameSlot.UNKNOWN,
                        "STRAY " + FrameSlot.UNKNOWN),
                became());
        assertNoted(
                "SERIES_BEGUN",
                "SERIES_ABORTED series 5 (A) had no end: images=1",
                "SERIES_BEGUN",
                "SERIES_STRAY image 1 of series 5 (A) came when another series had begun (1)",
                "SERIES_STRAY image 2",
                "SERIES_ENDED series 5 (B): images=1",
                "SERIES_STRAY image 3");
    }

    @Test
    void aSeriesUnderWayIsJoined() {
        send(image(series("A"), 7), image(series("A"), 8));
        assertEquals(List.of("FRAME 7", "FRAME 8"), became());
        assertNoted(
                "SERIES_JOINED series 5 (A) is under way: its start message did not come, its first image here is 7");
    }

    @Test
    void aSeriesWhoseFirstImagesAreMissingSaysSo() {
        StreamWriter a = series("A");
        send(start(a), image(a, 2), image(a, 3));
        assertEquals(List.of("LOST 0", "FRAME 2", "FRAME 3"), became());
    }

    @Test
    void whatIsNoMessageIsToldAndTheNextOneRead() {
        StreamWriter a = series("A");
        byte[] whole = image(a, 0);
        send(start(a), Arrays.copyOf(whole, whole.length / 2), new byte[0], whole);
        assertEquals(List.of("FRAME 0"), became());
        assertNoted(
                "SERIES_BEGUN",
                "MESSAGE_DAMAGED " + whole.length / 2 + " bytes: CBOR at byte",
                "MESSAGE_DAMAGED 0 bytes");
    }

    @Test
    void anImageOfAnotherKindIsCorruptAndKeepsItsNumber() {
        StreamWriter a = series("A", COLUMNS + 1, Encoding.PLAIN);
        send(start(a), image(a, 0));
        assertEquals(List.of("FRAME 0 CORRUPT"), became());
        assertNoted(
                "SERIES_BEGUN",
                "METADATA_DISAGREES series 5 (A): the detector says image 16x41, configured 16x40",
                "IMAGE_UNUSABLE image 0 of series 5 (A): it has 16x41 pixels U16, configured are 16x40 uint16 (1)");
        assertTrue(source.firstFailure().orElseThrow().contains("16x41"));
    }

    @Test
    void aCompressedImageThatLiesOfItsSizeIsCorrupt() {
        StreamWriter a = series("A", COLUMNS, Encoding.BSLZ4);
        byte[] message = image(a, 0);
        int at = indexOf(message, new byte[] {0, 0, 0, 0, 0, 0, 5, 0});
        message[at + 2] = 1;
        send(message);
        assertEquals(List.of("FRAME 0 CORRUPT"), became());
        assertTrue(notes.getLast().contains("has bytes=1280, its compressed form says 1099511629056"), notes::toString);
    }

    private static int indexOf(byte[] in, byte[] what) {
        for (int i = 0; i <= in.length - what.length; i++) {
            if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    @Test
    void aDetectorGoneMadDoesNotFillTheArchiveWithWords() {
        for (int i = 0; i < 5000; i++) {
            send(new byte[] {(byte) 0xff});
        }
        assertEquals(List.of(), became());
        assertEquals(12, notes.size());
        assertTrue(notes.getLast().endsWith("(1000)"), notes.getLast());
    }

    @Test
    void theRunEndsAfterSoManySeriesOrFrames() {
        StreamWriter a = series("A");
        StreamWriter b = series("B");
        send(start(a), image(a, 0), a.end(), start(b), image(b, 0), image(b, 1));
        source = source(new StreamSource.Until(0, 1));
        assertEquals(List.of("FRAME 0"), became());
        source = source(new StreamSource.Until(1, 0));
        assertEquals(List.of("FRAME 0"), became());
        assertEquals(1, messages.size());
        source.close();
        assertTrue(feed.closed);
    }

    @Test
    void disagreementsNameBothValues() {
        StreamExpectation.Beam other = new StreamExpectation.Beam(0.51, 0.25, 1e-4, Double.NaN);
        send(series("A").start(1, 0.1, other, 5000));
        assertEquals(List.of(), became());
        assertNoted(
                "SERIES_BEGUN",
                "METADATA_DISAGREES series 5 (A): the detector says wavelength_angstrom 0.510000, configured 0.500000;"
                        + " distance_m 0.250000, configured 0.200000; saturation_value 5000.00, configured none");
    }
}
