package org.emberline.edge.acquire;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;

/** Unpacks a file packed by gzip (RFC 1952) into memory, as a whole, with its check sum. */
final class GzipFile {
    private static final int[] MAGIC = {0x1f, 0x8b};
    /** Header and trailer, with nothing packed. */
    private static final long SHORTEST = 20;

    private static final long LARGEST = 2L << 30;
    private static final long LARGEST_EXPANSION = 1032;
    private static final int PIECE = 1 << 16;

    private GzipFile() {}

    /**
     * The file as it is, or when it is packed what it holds; the packed one is then closed. It is closed on an error, too.
     *
     * @throws InputException when it is damaged, holds more than 2 GiB, or several files one after the other
     */
    static MappedFile unpacked(MappedFile file) throws InputException {
        if (!file.has(0, MAGIC)) {
            return file;
        }
        try (file) {
            return unpack(file);
        }
    }

    private static MappedFile unpack(MappedFile file) throws InputException {
        file.require(0, SHORTEST, "a gzip file");
        long size = file.u32(file.length() - Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
        if (file.length() > Integer.MAX_VALUE
                || size == 0
                || size > LARGEST
                || size > file.length() * LARGEST_EXPANSION) {
            throw new InputException(
                    file.path(), "claims impossible or too many bytes: unpacked=" + size + " packed=" + file.length());
        }
        Arena arena = Arena.ofShared();
        try (InputStream in = new GZIPInputStream(new Bytes(file.bytes()), PIECE)) {
            MemorySegment bytes = arena.allocate(size, Long.BYTES);
            fill(bytes, in);
            return MappedFile.inMemory(file.path(), arena, bytes);
        } catch (InternalError e) {
            arena.close();
            throw file.changed(e);
        } catch (IOException | OutOfMemoryError e) {
            arena.close();
            throw new InputException(
                    file.path(), "cannot be unpacked: " + InputException.quote(String.valueOf(e.getMessage())), e);
        }
    }

    private static void fill(MemorySegment bytes, InputStream in) throws IOException {
        byte[] piece = new byte[PIECE];
        long at = 0;
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            if (count > bytes.byteSize() - at) {
                throw new IOException("more bytes than its trailer says: " + bytes.byteSize());
            }
            MemorySegment.copy(piece, 0, bytes, ValueLayout.JAVA_BYTE, at, count);
            at += count;
        }
        if (at != bytes.byteSize()) {
            throw new IOException("bytes=" + at + " instead of the " + bytes.byteSize() + " that its trailer says");
        }
    }

    /** The packed bytes, in order. */
    private static final class Bytes extends InputStream {
        private final ByteBuffer left;

        Bytes(MemorySegment packed) {
            left = packed.asByteBuffer();
        }

        @Override
        public int read() {
            return left.hasRemaining() ? left.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            int count = Math.min(most, left.remaining());
            left.get(into, from, count);
            return count == 0 && most > 0 ? -1 : count;
        }

        @Override
        public int available() {
            return left.remaining();
        }
    }
}
