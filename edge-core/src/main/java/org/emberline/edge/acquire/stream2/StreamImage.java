package org.emberline.edge.acquire.stream2;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.bslz4.Bitshuffle;
import org.emberline.gpu.bslz4.CorruptChunkException;
import org.emberline.gpu.bslz4.Lz4Chunk;

/**
 * An image where it lies in its message (RFC 8746, tags 40 and 64 to 85; DECTRIS, CBOR tag 56500). It lives as long as the message's bytes are left
 * alone.
 *
 * @param message all of its bytes; not copied
 * @param offset where the stored bytes begin
 * @param length how many they are
 */
public record StreamImage(
        int rows, int columns, PixelFormat format, Encoding encoding, byte[] message, int offset, int length) {

    private static final int HEADER_BYTES = 12;

    /** How the pixels are stored. */
    public enum Encoding {
        /** As they are, little-endian. */
        PLAIN,
        /** LZ4 in the frames of HDF5's filter 32004. */
        LZ4,
        /** Bitshuffle with LZ4 as in HDF5's filter 32008. */
        BSLZ4
    }

    /** Bytes of the decoded image. */
    public long bytes() {
        return (long) rows * columns * format.bytes();
    }

    /**
     * Decodes the image to the beginning of a segment.
     *
     * @param into at least {@link #bytes}, else IndexOutOfBoundsException
     * @throws StreamException when the stored bytes are no image of that size; {@code into} is then undefined
     */
    public void decode(MemorySegment into) throws StreamException {
        if (bytes() > Integer.MAX_VALUE) {
            throw new StreamException("an image of " + rows + "x" + columns + " " + format + " is too large");
        }
        try {
            switch (encoding) {
                case PLAIN -> copy(message, offset, length, into);
                case LZ4 -> {
                    byte[] stored = new byte[length];
                    System.arraycopy(message, offset, stored, 0, length);
                    byte[] decoded = Lz4Chunk.decode(stored);
                    copy(decoded, 0, decoded.length, into);
                }
                case BSLZ4 -> {
                    MemorySegment stored = MemorySegment.ofArray(message).asSlice(offset, length);
                    byte[] decoded = new Bitshuffle(format.bytes(), 0, true).decode(stored, (int) bytes());
                    copy(decoded, 0, decoded.length, into);
                }
            }
        } catch (CorruptChunkException e) {
            throw new StreamException("damaged " + encoding + " image: " + e.getMessage());
        }
    }

    /**
     * Copies the image to the beginning of a segment: as it is where it is compressed by bitshuffle with LZ4 and there is room, decoded otherwise.
     *
     * @return how many bytes were copied as they are; 0 for a decoded image
     * @throws StreamException as by {@link #decode}, as far as it is seen without decoding
     */
    long pass(MemorySegment into) throws StreamException {
        if (encoding != Encoding.BSLZ4 || length > into.byteSize() || length < HEADER_BYTES) {
            decode(into);
            return 0;
        }
        long declared = ByteBuffer.wrap(message, offset, Long.BYTES).getLong();
        if (declared != bytes()) {
            throw new StreamException("an image of " + rows + "x" + columns + " " + format + " has bytes=" + bytes()
                    + ", its compressed form says " + Long.toUnsignedString(declared));
        }
        MemorySegment.copy(message, offset, into, ValueLayout.JAVA_BYTE, 0, length);
        return length;
    }

    private void copy(byte[] from, int begin, int count, MemorySegment into) throws StreamException {
        if (count != bytes()) {
            throw new StreamException("an image of " + rows + "x" + columns + " " + format + " has bytes=" + count
                    + " instead of " + bytes());
        }
        MemorySegment.copy(from, begin, into, ValueLayout.JAVA_BYTE, 0, count);
    }
}
