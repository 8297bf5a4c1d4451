package org.emberline.edge.app.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** LZ4's own library (lz4.h, {@code LZ4_decompress_safe}) on the blocks of a chunk of bitshuffle with LZ4, which stay shuffled. */
final class NativeLz4 {
    private static final String LIBRARY = "liblz4.so.1";
    private static final ValueLayout.OfInt BIG_ENDIAN = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final long BLOCK_BYTES_AT = 8;
    private static final long BLOCKS_AT = 12;

    private final MethodHandle decompress;
    private final MemorySegment into;

    private NativeLz4(MethodHandle decompress, MemorySegment into) {
        this.decompress = decompress;
        this.into = into;
    }

    /**
     * Looks for the library.
     *
     * @param blockBytes the largest decoded block
     * @param arena frees the library and the room for a block
     * @return null when it is not installed
     */
    @SuppressWarnings("restricted")
    static @Nullable NativeLz4 find(int blockBytes, Arena arena) {
        try {
            MemorySegment function = SymbolLookup.libraryLookup(LIBRARY, arena).findOrThrow("LZ4_decompress_safe");
            MethodHandle handle = Linker.nativeLinker()
                    .downcallHandle(
                            function,
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT));
            return new NativeLz4(handle, arena.allocate(blockBytes));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Decodes every block into the same place.
     *
     * @param chunk native memory
     * @return decoded bytes, all blocks together
     */
    long decode(MemorySegment chunk) {
        if (chunk.get(BIG_ENDIAN, BLOCK_BYTES_AT) > into.byteSize()) {
            throw new IllegalArgumentException("the blocks are larger than " + into.byteSize());
        }
        long decoded = 0;
        long at = BLOCKS_AT;
        while (at + Integer.BYTES < chunk.byteSize()) {
            int stored = chunk.get(BIG_ENDIAN, at);
            at += Integer.BYTES;
            decoded += block(chunk.asSlice(at, stored), stored);
            at += stored;
        }
        return decoded;
    }

    private int block(MemorySegment stored, int bytes) {
        try {
            int decoded = (int) decompress.invokeExact(stored, into, bytes, (int) into.byteSize());
            if (decoded <= 0) {
                throw new IllegalStateException("liblz4 cannot read a block of " + bytes + " bytes: " + decoded);
            }
            return decoded;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(Objects.toString(e.getMessage()), e);
        }
    }
}
