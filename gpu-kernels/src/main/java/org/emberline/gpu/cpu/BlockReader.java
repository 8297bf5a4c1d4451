package org.emberline.gpu.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.emberline.gpu.bslz4.BlockDecoder;
import org.emberline.gpu.bslz4.BlockTable;
import org.emberline.gpu.bslz4.CorruptChunkException;

/**
 * Pixels of a compressed frame, decoded as they are asked for: only a window as large as a {@link PixelBlock} or a block of the chunk,
 * whichever is larger, lies in memory, so that it stays in the cache. One thread at a time.
 */
final class BlockReader {
    /** Larger blocks leave the cache before they are summed. */
    private static final int LARGEST_BLOCK = 1 << 16;

    private final int pixelBytes;
    private final BlockTable table;
    private final BlockDecoder decoder;
    private byte[] window = new byte[0];
    private MemorySegment windowPixels = MemorySegment.ofArray(window);
    private MemorySegment chunk = MemorySegment.NULL;
    private int windowStart;
    private int windowEnd;

    BlockReader(BlockTable table) {
        this.table = table;
        pixelBytes = table.sampleBytes();
        decoder = new BlockDecoder(pixelBytes);
    }

    /** Whether the table's chunk has blocks that are whole parts or multiples of a {@link PixelBlock}. */
    static boolean suits(BlockTable table) {
        int pixelBlock = PixelBlock.SIZE * table.sampleBytes();
        int block = table.blockBytes();
        return pixelBlock % block == 0 || (block % pixelBlock == 0 && block <= LARGEST_BLOCK);
    }

    /** Begins the chunk that the table describes. */
    void begin(MemorySegment newChunk) {
        chunk = newChunk;
        windowStart = 0;
        windowEnd = 0;
    }

    /** Reads {@code count} pixels from pixel {@code first} on, which is the first of a {@link PixelBlock}. */
    void read(PixelBlock into, int first, int count) throws CorruptChunkException {
        int at = first * pixelBytes;
        if (at >= windowEnd || at < windowStart) {
            decode(at);
        }
        into.read(windowPixels, (at - windowStart) / pixelBytes, count);
    }

    private void decode(int at) throws CorruptChunkException {
        int bytes = Math.max(PixelBlock.SIZE * pixelBytes, table.blockBytes());
        reserve(bytes);
        windowStart = at - at % bytes;
        windowEnd = Math.min(table.decodedBytes() - windowStart, bytes) + windowStart;
        int block = windowStart / table.blockBytes();
        while (block < table.blocks() && table.decodedStart(block) < windowEnd) {
            decoder.decode(chunk, table, block, window, table.decodedStart(block) - windowStart);
            block++;
        }
        if (table.shuffledBytes() < windowEnd) {
            int to = table.shuffledBytes() - windowStart;
            MemorySegment.copy(chunk, ValueLayout.JAVA_BYTE, table.tailStart(), window, to, table.tailBytes());
        }
    }

    /** Decodes one block of any size to where it belongs in the frame. */
    void decode(int block, MemorySegment frame) throws CorruptChunkException {
        decoder.decode(chunk, table, block, frame);
    }

    /** Copies the pixels behind the last block to where they belong in the frame. */
    void decodeTail(MemorySegment frame) {
        BlockDecoder.decodeTail(chunk, table, frame);
    }

    private void reserve(int bytes) {
        if (window.length < bytes) {
            window = new byte[bytes];
            windowPixels = MemorySegment.ofArray(window);
        }
    }
}
