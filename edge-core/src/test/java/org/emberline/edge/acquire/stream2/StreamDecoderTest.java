package org.emberline.edge.acquire.stream2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.emberline.edge.RealData;
import org.emberline.edge.acquire.stream2.StreamImage.Encoding;
import org.emberline.gpu.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that an EIGER2 sent, and messages that nobody should send. */
class StreamDecoderTest {
    private static byte[] recorded(String name) throws IOException {
        return Files.readAllBytes(RealData.path("stream/eiger-stream2").resolve(name));
    }

    @Test
    void aStartMessageSaysWhatTheImagesWillBe() throws Exception {
        StreamMessage.Start start = (StreamMessage.Start) StreamDecoder.decode(recorded("start.cbor"));
        assertEquals("01HBV3JPF9T4ZDPADX6EMK6XMZ", start.seriesUniqueId());
        assertEquals(15614, start.seriesId());
        assertEquals(List.of("threshold_1"), start.channels());
        assertEquals(4362, start.rows());
        assertEquals(4148, start.columns());
        assertEquals(1, start.images());
        assertEquals(0.004317572232502031, start.frameSeconds());
        assertEquals(0.918381073013, start.wavelengthAngstrom());
        assertEquals(13500.299829398293, start.energyElectronvolt());
        assertEquals(0.23715919962215962, start.distanceMetres());
        assertEquals(7.5e-05, start.pixelMetresX());
        assertEquals(2049.3840906675064, start.beamColumn());
        assertEquals(21517, start.saturation());
        assertTrue(start.pixelMask().isEmpty() && start.flatfield().isEmpty(), "stubs of four bytes are no images");
    }

    @Test
    void theImageOfAnEigerIsDecoded() throws Exception {
        JsonNode truth = new ObjectMapper()
                .readTree(recorded("ref_decoded.json"))
                .get("image_cbor")
                .get("decoded");
        StreamMessage.Image image = (StreamMessage.Image) StreamDecoder.decode(recorded("image.cbor"));
        assertEquals(0, image.imageId());
        assertEquals(0, image.startNanos());
        assertEquals(4_317_460, image.stopNanos());
        StreamImage pixels = Objects.requireNonNull(image.channels().get("threshold_1"));
        assertEquals(PixelFormat.U16, pixels.format());
        assertEquals(Encoding.BSLZ4, pixels.encoding());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment into = arena.allocate(pixels.bytes());
            pixels.decode(into);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(into.asByteBuffer());
            assertEquals(truth.get("sha256_le_u16").asText(), HexFormat.of().formatHex(digest.digest()));
        }
    }

    @Test
    void anEndMessageNamesItsSeries() throws Exception {
        assertEquals(
                new StreamMessage.End("01HBV3JPF9T4ZDPADX6EMK6XMZ", 15614), StreamDecoder.decode(recorded("end.cbor")));
    }

    /** An image of three rows and two columns with one thing as it should not be. */
    private static Messages image() {
        return new Messages()
                .map(7)
                .series("image")
                .text("image_id")
                .integer(3)
                .time("start_time", 1, 3)
                .time("stop_time", 2, 3)
                .text("data")
                .map(1)
                .text("threshold_1");
    }

    @Test
    void plainImagesAndFractionsOfNanosecondsAreRead() throws Exception {
        byte[] stored = {1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 1};
        StreamMessage.Image image = (StreamMessage.Image)
                StreamDecoder.decode(image().pixels(3, 2, 69, stored).bytes());
        assertEquals(333_333_333, image.startNanos());
        assertEquals(666_666_667, image.stopNanos());
        StreamImage pixels = Objects.requireNonNull(image.channels().get("threshold_1"));
        MemorySegment into = MemorySegment.ofArray(new byte[12]);
        pixels.decode(into);
        assertArrayEquals(stored, into.toArray(ValueLayout.JAVA_BYTE));
    }

    static List<Object[]> damagedImages() {
        byte[] six = new byte[6];
        Messages lz4 = image().tag(40)
                .array(2)
                .array(2)
                .integer(3)
                .integer(2)
                .tag(64)
                .tag(56500)
                .array(3);
        return List.of(
                new Object[] {
                    "a length beyond the message: 10000000000, left 0",
                    image().tag(40)
                            .array(2)
                            .array(2)
                            .integer(3)
                            .integer(2)
                            .tag(64)
                            .head(CborReader.BYTES, 10_000_000_000L)
                },
                new Object[] {"a side that is not within 1 and 65536: 0", image().pixels(0, 2, 64, six)},
                new Object[] {
                    "a side that is not within 1 and 65536: 4294967296",
                    image().tag(40)
                            .array(2)
                            .array(2)
                            .integer(1L << 32)
                            .integer(2)
                            .tag(64)
                            .bytes(six)
                },
                new Object[] {"numbers that are no pixels: tag=81", image().pixels(3, 2, 81, six)},
                new Object[] {"an image of 3x2 U16 has bytes=6 instead of 12", image().pixels(3, 2, 69, six)},
                new Object[] {"compressed by zstd", lz4.text("zstd").integer(1).bytes(six)});
    }

    static List<Object[]> damagedMessages() {
        return List.of(
                new Object[] {"the message ends", new Messages()},
                new Object[] {"an item of type 4 instead of 5", new Messages().array(1)},
                new Object[] {"more entries than there are bytes: 1000", new Messages().map(1000)},
                new Object[] {"the message lacks type", new Messages().map(0)},
                new Object[] {
                    "unknown type of message: stop", new Messages().map(3).series("stop")
                },
                new Object[] {
                    "bytes behind the message",
                    new Messages().map(3).series("end").raw(0)
                },
                new Object[] {"an indefinite length", new Messages().raw(0xbf)},
                new Object[] {
                    "deeper than 16", new Messages().map(1).text("user_data").raw(deep(40))
                },
                new Object[] {
                    "no integer", new Messages().map(1).text("series_id").text("seven")
                },
                new Object[] {
                    "no number", new Messages().map(1).text("frame_time").text("seven")
                },
                new Object[] {
                    "text that is no UTF-8",
                    new Messages().map(1).head(CborReader.TEXT, 1).raw(0xff)
                },
                new Object[] {"an impossible time: 1/0 s", new Messages().map(1).time("start_time", 1, 0)},
                new Object[] {
                    "lacks data, start_time or stop_time", new Messages().map(3).series("image")
                });
    }

    private static byte[] deep(int levels) {
        byte[] arrays = new byte[levels];
        Arrays.fill(arrays, (byte) 0x81);
        return arrays;
    }

    @ParameterizedTest
    @MethodSource({"damagedMessages", "damagedImages"})
    void whatIsWrongIsSaid(String expected, Messages message) {
        StreamException e = assertThrows(StreamException.class, () -> {
            if (StreamDecoder.decode(message.bytes()) instanceof StreamMessage.Image image) {
                for (StreamImage pixels : image.channels().values()) {
                    pixels.decode(MemorySegment.ofArray(new byte[(int) pixels.bytes()]));
                }
            }
        });
        assertTrue(String.valueOf(e.getMessage()).contains(expected), e.getMessage());
    }

    @Test
    void everyPrefixIsRefused() throws Exception {
        for (String name : List.of("start.cbor", "end.cbor")) {
            byte[] message = recorded(name);
            for (int length = 0; length < message.length; length++) {
                byte[] part = Arrays.copyOf(message, length);
                assertThrows(StreamException.class, () -> StreamDecoder.decode(part), name + " " + length);
            }
        }
    }

    @Test
    void damagedMessagesAreReadOrRefused() throws Exception {
        SplittableRandom random = new SplittableRandom(2);
        List<byte[]> whole = List.of(
                recorded("start.cbor"),
                recorded("end.cbor"),
                image().pixels(3, 2, 64, new byte[6]).bytes());
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = whole.get(i % whole.size()).clone();
            for (int place = 0; place <= i % 3; place++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                var _ = StreamDecoder.decode(bytes);
            } catch (StreamException e) {
                refused++;
            }
        }
        assertTrue(refused > 10_000, "refused=" + refused);
    }
}
