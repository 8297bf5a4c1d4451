package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.emberline.gpu.bslz4.Bitshuffle;
import org.emberline.gpu.bslz4.CorruptChunkException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A frame that an EIGER2 16M sent. Its decoded digest and sums were computed with the bitshuffle library and numpy. */
final class EigerFrameTest {
    private static final int ROWS = 4362;
    private static final int COLUMNS = 4148;
    private static final int BYTES = 2 * ROWS * COLUMNS;
    private static final String SHA_256 = "cf12323dbcdb88976a6e32f27a352d8a55b8561fc43409d87dab725dc98c0387";
    private static final int GAPS = 1_253_075;
    private static final double COUNTS = 13_712;

    /** The chunk in the image message: CBOR text "bslz4", the size of a sample, and bytes whose length takes four bytes. */
    private static byte[] chunk() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        Path root = Files.isDirectory(folder.resolve("gpu-kernels")) ? folder : folder.resolve("..");
        Path message =
                root.resolve("../shared/data/stream/eiger-stream2/image.cbor").normalize();
        Assumptions.assumeTrue(Files.exists(message), () -> "no real data at " + message);
        byte[] bytes = Files.readAllBytes(message);
        String before = "ebslz4\u0002Z";
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(before) + before.length();
        byte[] chunk = new byte[ByteBuffer.wrap(bytes).getInt(at)];
        ByteBuffer.wrap(bytes).get(at + Integer.BYTES, chunk);
        return chunk;
    }

    @Test
    void decodesToTheKnownDigest() throws IOException, CorruptChunkException, NoSuchAlgorithmException {
        byte[] decoded = new Bitshuffle(2, 0, true).decode(MemorySegment.ofArray(chunk()), BYTES);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(decoded);
        assertEquals(SHA_256, HexFormat.of().formatHex(digest));
    }

    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void isReducedAsIfItWereNotCompressed(TestBackend backend) throws IOException, CorruptChunkException {
        byte[] chunk = chunk();
        byte[] decoded = new Bitshuffle(2, 0, true).decode(MemorySegment.ofArray(chunk), BYTES);
        IntegrationPlan plan = CompressedFrameTest.Kind.GAPS.plan(PixelFormat.U16, ROWS, COLUMNS);
        try (Arena arena = Arena.ofConfined();
                Reducer reducer = backend.open(plan)) {
            Reduction expected = Reduction.of(plan);
            reducer.reduce(arena.allocateFrom(ValueLayout.JAVA_BYTE, decoded), expected);
            Reduction actual = Reduction.of(plan);
            reducer.reduceCompressed(arena.allocateFrom(ValueLayout.JAVA_BYTE, chunk), 1, actual);
            assertEquals(COUNTS, actual.totalCounts());
            assertEquals(ROWS * COLUMNS - GAPS, actual.validPixels());
            assertArrayEquals(expected.intensity(), actual.intensity());
            assertArrayEquals(expected.sigma(), actual.sigma());
            assertArrayEquals(expected.count(), actual.count());
        }
    }
}
