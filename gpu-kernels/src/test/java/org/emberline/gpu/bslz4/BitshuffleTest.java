package org.emberline.gpu.bslz4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitshuffleTest {

    private static byte[] samples(Random random, int count, int sampleBytes) {
        byte[] samples = new byte[count * sampleBytes];
        int bits = random.nextInt(8 * sampleBytes + 1);
        for (int i = 0; i < samples.length; i++) {
            int wanted = Math.clamp(bits - 8 * (i % sampleBytes), 0, 8);
            samples[i] = (byte) (random.nextInt() & ((1 << wanted) - 1));
        }
        return samples;
    }

    /** Every size of block and chunk, so that tiles, strips and the rest end everywhere. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void decodesWhatWasWritten(int sampleBytes) throws CorruptChunkException {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            byte[] samples = samples(random, random.nextInt(seed < 200 ? 300 : 30_000), sampleBytes);
            int block = 8 * (1 + random.nextInt(seed < 200 ? 20 : 2000));
            byte[] chunk = new Bslz4Writer(sampleBytes, block).write(samples);
            byte[] decoded = new Bitshuffle(sampleBytes, 0, true).decode(MemorySegment.ofArray(chunk), samples.length);
            assertArrayEquals(samples, decoded, "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void decodesWhatIsNotCompressed(int sampleBytes) throws CorruptChunkException {
        byte[] samples = samples(new Random(sampleBytes), 1003, sampleBytes);
        Bslz4Writer writer = new Bslz4Writer(sampleBytes, 40);
        byte[] chunk = samples.clone();
        for (int at = 0; at < 1000; at += 40) {
            byte[] planes = writer.shuffle(samples, at * sampleBytes, 40 * sampleBytes);
            System.arraycopy(planes, 0, chunk, at * sampleBytes, planes.length);
        }
        Bitshuffle decoder = new Bitshuffle(sampleBytes, 40, false);
        assertArrayEquals(samples, decoder.decode(MemorySegment.ofArray(chunk), chunk.length));
        assertThrows(CorruptChunkException.class, () -> decoder.decode(MemorySegment.ofArray(chunk), chunk.length - 1));
        Bitshuffle absurd = new Bitshuffle(sampleBytes, Integer.MIN_VALUE, false);
        assertThrows(CorruptChunkException.class, () -> absurd.decode(MemorySegment.ofArray(chunk), chunk.length));
    }

    private static void refused(String reason, byte[] chunk, int decodedBytes) {
        String said = assertThrows(
                        CorruptChunkException.class,
                        () -> new Bitshuffle(2, 0, true).decode(MemorySegment.ofArray(chunk), decodedBytes))
                .getMessage();
        assertTrue(String.valueOf(said).contains(reason), said);
    }

    @Test
    void saysWhatIsWrong() {
        byte[] chunk = new Bslz4Writer(2, 16).write(samples(new Random(1), 50, 2));
        refused("bytes=0", new byte[0], 100);
        refused("bytes=11", new byte[11], 100);
        refused("bytes=100, needed=102", chunk, 102);
        for (int size : new int[] {0, -16, 15, Integer.MIN_VALUE}) {
            byte[] wrong = chunk.clone();
            ByteBuffer.wrap(wrong).putInt(8, size);
            refused("impossible block size bytes=" + size, wrong, 100);
        }
        byte[] tooSmall = chunk.clone();
        ByteBuffer.wrap(tooSmall).putInt(8, 16);
        refused("block=", tooSmall, 100);
        for (int length : new int[] {-1, 1 << 20}) {
            byte[] wrong = chunk.clone();
            ByteBuffer.wrap(wrong).putInt(12, length);
            refused("block=0 needs bytes=" + (length & 0xffff_ffffL), wrong, 100);
        }
        refused("behind the last block", Arrays.copyOf(chunk, chunk.length + 1), 100);
        refused("behind the last block", Arrays.copyOf(chunk, chunk.length - 1), 100);
    }

    /** A small chunk that claims a block of 2 GiB costs no more memory than what it must decode to. */
    @Test
    void claimsCostNothing() throws CorruptChunkException {
        byte[] samples = samples(new Random(2), 50, 2);
        byte[] chunk = new Bslz4Writer(2, 48).write(samples);
        ByteBuffer.wrap(chunk).putInt(8, Integer.MAX_VALUE / 16 * 16);
        assertArrayEquals(samples, new Bitshuffle(2, 0, true).decode(MemorySegment.ofArray(chunk), 100));
        byte[] many = new byte[100];
        ByteBuffer.wrap(many).putLong(2_000_000_000L).putInt(16);
        refused("cut off", many, 2_000_000_000);
    }

    /** Thousands of chunks with a few bytes changed, cut off or grown: decoded or refused, and the decoder serves on. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void damagedChunksAreRefusedOrDecoded(int sampleBytes) throws CorruptChunkException {
        byte[] samples = samples(new Random(3), 1003, sampleBytes);
        byte[] whole = new Bslz4Writer(sampleBytes, 64).write(samples);
        BlockTable table = new BlockTable(samples.length, sampleBytes);
        BlockDecoder decoder = new BlockDecoder(sampleBytes);
        int refused = 0;
        for (int seed = 0; seed < 10_000; seed++) {
            Random random = new Random(seed);
            byte[] chunk = seed < whole.length ? Arrays.copyOf(whole, seed) : whole.clone();
            for (int i = seed < whole.length ? 0 : 1 + random.nextInt(3); i > 0; i--) {
                chunk[random.nextInt(chunk.length)] = (byte) random.nextInt();
            }
            try {
                assertEquals(samples.length, decode(decoder, table, chunk).length);
            } catch (CorruptChunkException e) {
                refused++;
            }
        }
        assertTrue(refused > whole.length && refused < 9_900, "refused=" + refused);
        assertArrayEquals(samples, decode(decoder, table, whole));
    }

    private static byte[] decode(BlockDecoder decoder, BlockTable table, byte[] chunk) throws CorruptChunkException {
        MemorySegment segment = MemorySegment.ofArray(chunk);
        table.parse(segment);
        byte[] decoded = new byte[table.decodedBytes()];
        for (int block = 0; block < table.blocks(); block++) {
            decoder.decode(segment, table, block, decoded, table.decodedStart(block));
        }
        System.arraycopy(chunk, table.tailStart(), decoded, table.shuffledBytes(), table.tailBytes());
        return decoded;
    }

    @Test
    void noSamplesOfOtherSizes() {
        assertThrows(IllegalArgumentException.class, () -> new BlockDecoder(3));
        assertThrows(IllegalArgumentException.class, () -> new BlockDecoder(16));
    }
}
