package org.emberline.gpu.bslz4;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Where the blocks of a bitshuffle-LZ4 chunk lie. Used for many chunks that decode to the same size, one after the other; allocates only
 * when a chunk has more blocks than any before. Read by several threads while nobody parses.
 *
 * <pre>
 * bytes       meaning, numbers big-endian
 * 8           bytes of the decoded chunk
 * 4           decoded bytes of a block, a multiple of 8 samples
 * per block:
 *   4         stored bytes
 *   stored    LZ4 block of 8 s bit planes for samples of s bytes, the lowest bit first
 * rest        up to 7 samples, as they are
 * </pre>
 *
 * All blocks but the last decode to the size in the header; the last holds the remaining samples but for the rest. This is the format of
 * bshuf_compress_lz4 in the bitshuffle library behind the HDF5 filter's header.
 */
public final class BlockTable {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int HEADER_BYTES = 12;
    private static final int LENGTH_BYTES = Integer.BYTES;

    private final int decodedBytes;
    private final int sampleBytes;
    private final int shuffledBytes;
    private int blockBytes;
    private int blocks;
    /** First stored byte of each block, and beyond the last where that of one more would be. */
    private int[] starts = new int[1];

    /**
     * @param decodedBytes what a chunk must decode to, 0 or more and below 2 GiB
     * @param sampleBytes bytes of a sample, at least 1
     * @throws IllegalArgumentException when it must decode to more
     */
    public BlockTable(long decodedBytes, int sampleBytes) {
        if (decodedBytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("chunks of 2 GiB and more are not decoded bytes=" + decodedBytes);
        }
        this.decodedBytes = (int) decodedBytes;
        this.sampleBytes = sampleBytes;
        shuffledBytes = this.decodedBytes - this.decodedBytes % (8 * sampleBytes);
    }

    /**
     * Finds the blocks of a chunk; what is in them is not looked at. After a failure the table is that of no chunk.
     *
     * @param chunk exactly the stored bytes
     * @throws CorruptChunkException when the header does not fit or the blocks do not fill the chunk exactly
     */
    public void parse(MemorySegment chunk) throws CorruptChunkException {
        blocks = 0;
        if (chunk.byteSize() < HEADER_BYTES || chunk.byteSize() > Integer.MAX_VALUE - LENGTH_BYTES) {
            throw new CorruptChunkException("no chunk can have bytes=" + chunk.byteSize());
        }
        long claimed = chunk.get(LONG, 0);
        if (claimed != decodedBytes) {
            throw new CorruptChunkException("chunk holds bytes=" + claimed + ", needed=" + decodedBytes);
        }
        blockBytes = chunk.get(INT, Long.BYTES);
        if (blockBytes <= 0 || blockBytes % (8 * sampleBytes) != 0) {
            throw new CorruptChunkException(
                    "impossible block size bytes=" + blockBytes + ", bytes of a sample=" + sampleBytes);
        }
        int count = Math.ceilDiv(shuffledBytes, blockBytes);
        requireRoom(chunk, HEADER_BYTES, (long) count * LENGTH_BYTES, 0);
        if (starts.length <= count) {
            starts = new int[count + 1];
        }
        findBlocks(chunk, count);
    }

    private void findBlocks(MemorySegment chunk, int count) throws CorruptChunkException {
        long at = HEADER_BYTES;
        for (int block = 0; block < count; block++) {
            requireRoom(chunk, at, LENGTH_BYTES, block);
            long stored = chunk.get(INT, at) & 0xffff_ffffL;
            at += LENGTH_BYTES;
            requireRoom(chunk, at, stored, block);
            starts[block] = (int) at;
            at += stored;
        }
        starts[count] = (int) at + LENGTH_BYTES;
        if (chunk.byteSize() - at != tailBytes()) {
            throw new CorruptChunkException("behind the last block are bytes=" + (chunk.byteSize() - at) + ", needed="
                    + tailBytes() + " blocks=" + count);
        }
        blocks = count;
    }

    private static void requireRoom(MemorySegment chunk, long at, long bytes, int block) throws CorruptChunkException {
        if (bytes > chunk.byteSize() - at) {
            throw new CorruptChunkException(
                    "chunk is cut off block=" + block + " needs bytes=" + bytes + ", left=" + (chunk.byteSize() - at));
        }
    }

    /** Bytes of the decoded chunk. */
    public int decodedBytes() {
        return decodedBytes;
    }

    /** Bytes of a sample. */
    public int sampleBytes() {
        return sampleBytes;
    }

    /** Number of blocks. */
    public int blocks() {
        return blocks;
    }

    /** Decoded bytes of every block but the last, as the header says; can be more than the chunk decodes to. */
    public int blockBytes() {
        return blockBytes;
    }

    /** Decoded bytes of the largest block there is; 0 when there is none. */
    public int largestBlockBytes() {
        return Math.min(blockBytes, shuffledBytes);
    }

    /** Where a block begins in the decoded chunk. */
    public int decodedStart(int block) {
        return block * blockBytes;
    }

    /** Decoded bytes of a block. */
    public int decodedBytes(int block) {
        return Math.min(blockBytes, shuffledBytes - block * blockBytes);
    }

    /** Where the LZ4 block of a block begins in the chunk. */
    public int storedStart(int block) {
        return starts[block];
    }

    /** Bytes of the LZ4 block of a block. */
    public int storedBytes(int block) {
        return starts[block + 1] - LENGTH_BYTES - starts[block];
    }

    /** Decoded bytes of all blocks; where the rest begins in the decoded chunk. */
    public int shuffledBytes() {
        return shuffledBytes;
    }

    /** Bytes behind the last block. */
    public int tailBytes() {
        return decodedBytes - shuffledBytes;
    }

    /** Where the rest begins in the chunk. */
    public int tailStart() {
        return starts[blocks] - LENGTH_BYTES;
    }
}
