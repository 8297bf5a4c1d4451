package org.emberline.gpu.bslz4;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Decodes whole chunks of the bitshuffle filter (HDF5 filter 32008), alone or with LZ4. jHDF 0.13.0 garbles the last block of every chunk
 * that is no multiple of the block size, so its decoder is not used.
 */
public final class Bitshuffle {
    private static final int TARGET_BLOCK_BYTES = 8192;
    private static final int SMALLEST_DEFAULT_BLOCK = 128;

    private final int sampleBytes;
    private final long blockBytes;
    private final boolean lz4;

    /**
     * @param sampleBytes bytes of a sample, at least 1
     * @param blockSamples samples per block of uncompressed chunks; 0 for the filter's default
     * @param lz4 whether each block is compressed; the block size then stands in the chunk
     */
    public Bitshuffle(int sampleBytes, int blockSamples, boolean lz4) {
        int byDefault = Math.max(SMALLEST_DEFAULT_BLOCK, TARGET_BLOCK_BYTES / sampleBytes / 8 * 8);
        this.sampleBytes = sampleBytes;
        this.blockBytes = (long) (blockSamples == 0 ? byDefault : blockSamples) * sampleBytes;
        this.lz4 = lz4;
    }

    /**
     * Decodes one chunk.
     *
     * @param chunk exactly the stored bytes
     * @param decodedBytes what the chunk must hold
     * @return samples, little-endian
     */
    public byte[] decode(MemorySegment chunk, int decodedBytes) throws CorruptChunkException {
        return lz4 ? compressed(chunk, decodedBytes) : plain(chunk, decodedBytes);
    }

    private byte[] compressed(MemorySegment chunk, int decodedBytes) throws CorruptChunkException {
        BlockTable table = new BlockTable(decodedBytes, sampleBytes);
        table.parse(chunk);
        BlockDecoder decoder = new BlockDecoder(sampleBytes);
        byte[] decoded = new byte[decodedBytes];
        for (int block = 0; block < table.blocks(); block++) {
            decoder.decode(chunk, table, block, decoded, table.decodedStart(block));
        }
        BlockDecoder.decodeTail(chunk, table, MemorySegment.ofArray(decoded));
        return decoded;
    }

    private byte[] plain(MemorySegment chunk, int decodedBytes) throws CorruptChunkException {
        if (chunk.byteSize() != decodedBytes) {
            throw new CorruptChunkException("chunk has bytes=" + chunk.byteSize() + ", needed=" + decodedBytes);
        }
        if (blockBytes <= 0 || blockBytes % (8L * sampleBytes) != 0) {
            throw new CorruptChunkException("impossible block size bytes=" + blockBytes);
        }
        int shuffled = decodedBytes - decodedBytes % (8 * sampleBytes);
        Unshuffle unshuffle = new Unshuffle(sampleBytes);
        byte[] decoded = new byte[decodedBytes];
        byte[] planes = new byte[(int) Math.min(blockBytes, shuffled) + Unshuffle.SLACK];
        int bytes;
        for (int at = 0; at < shuffled; at += bytes) {
            bytes = (int) Math.min(blockBytes, shuffled - at);
            copy(chunk, at, planes, 0, bytes);
            unshuffle.block(planes, bytes, decoded, at);
        }
        copy(chunk, shuffled, decoded, shuffled, decodedBytes - shuffled);
        return decoded;
    }

    private static void copy(MemorySegment chunk, int from, byte[] into, int at, int bytes) {
        MemorySegment.copy(chunk, ValueLayout.JAVA_BYTE, from, into, at, bytes);
    }
}
