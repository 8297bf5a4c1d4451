package org.emberline.gpu.bslz4;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Decodes blocks of a bitshuffle-LZ4 chunk. One thread at a time; allocates only when a block is larger than any before. */
public final class BlockDecoder {
    private final Lz4Block lz4 = new Lz4Block();
    private final Unshuffle unshuffle;
    private byte[] stored = new byte[0];
    private byte[] planes = new byte[0];
    private byte[] samples = new byte[0];

    public BlockDecoder(int sampleBytes) {
        unshuffle = new Unshuffle(sampleBytes);
    }

    /**
     * Decodes one block.
     *
     * @param chunk that the table was made of
     * @param into where the block's samples go, little-endian, from {@code at} on; as many bytes as the table says
     * @throws CorruptChunkException when the block is damaged; {@code into} is then untouched
     */
    public void decode(MemorySegment chunk, BlockTable table, int block, byte[] into, int at)
            throws CorruptChunkException {
        int bytes = table.decodedBytes(block);
        int count = table.storedBytes(block);
        if (count > Lz4Block.mostStoredBytes(bytes)) {
            throw new CorruptChunkException("block=" + block + ": LZ4 block is too long stored=" + count);
        }
        if (planes.length < bytes + Lz4Block.SLACK) {
            planes = new byte[table.largestBlockBytes() + Lz4Block.SLACK];
            stored = new byte[Lz4Block.mostStoredBytes(table.largestBlockBytes()) + Lz4Block.SLACK];
        }
        MemorySegment.copy(chunk, ValueLayout.JAVA_BYTE, table.storedStart(block), stored, 0, count);
        try {
            lz4.decode(stored, count, planes, bytes);
        } catch (CorruptChunkException e) {
            throw new CorruptChunkException("block=" + block + ": " + e.getMessage());
        }
        unshuffle.block(planes, bytes, into, at);
    }

    /**
     * Decodes one block to where it belongs.
     *
     * @param decoded room for the whole decoded chunk
     */
    public void decode(MemorySegment chunk, BlockTable table, int block, MemorySegment decoded)
            throws CorruptChunkException {
        if (samples.length < table.largestBlockBytes()) {
            samples = new byte[table.largestBlockBytes()];
        }
        decode(chunk, table, block, samples, 0);
        MemorySegment.copy(
                samples, 0, decoded, ValueLayout.JAVA_BYTE, table.decodedStart(block), table.decodedBytes(block));
    }

    /** Copies the samples behind the last block to where they belong. */
    public static void decodeTail(MemorySegment chunk, BlockTable table, MemorySegment decoded) {
        MemorySegment.copy(chunk, table.tailStart(), decoded, table.shuffledBytes(), table.tailBytes());
    }
}
