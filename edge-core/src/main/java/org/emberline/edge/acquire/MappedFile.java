package org.emberline.edge.acquire;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A file mapped into memory, with every access checked against the length that it had when it was opened. A file that becomes
 * shorter while it is mapped is noticed: the virtual machine reports the lost pages, and {@link #checkLength} the rest of the last
 * one, which would read as zeros. Reading allocates nothing.
 */
final class MappedFile implements AutoCloseable {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private final Path path;
    private final @Nullable RandomAccessFile file;
    private final Arena arena;
    private final MemorySegment bytes;
    private boolean closed;

    private MappedFile(Path path, @Nullable RandomAccessFile file, Arena arena, MemorySegment bytes) {
        this.path = path;
        this.file = file;
        this.arena = arena;
        this.bytes = bytes;
    }

    static MappedFile open(Path path) throws InputException {
        long length = lengthOfRegularFile(path);
        Arena arena = Arena.ofShared();
        try {
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
            try {
                MemorySegment bytes = file.getChannel().map(FileChannel.MapMode.READ_ONLY, 0, length, arena);
                return new MappedFile(path, file, arena, bytes);
            } catch (IOException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            arena.close();
            throw new InputException(path, "cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * Bytes that lie in memory altogether, as if they were a file.
     *
     * @param path to name in complaints
     * @param arena owner of the bytes, closed with the file
     */
    static MappedFile inMemory(Path path, Arena arena, MemorySegment bytes) {
        return new MappedFile(path, null, arena, bytes);
    }

    private static long lengthOfRegularFile(Path path) throws InputException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            throw new InputException(path, "no such file", e);
        } catch (AccessDeniedException e) {
            throw new InputException(path, "access denied", e);
        } catch (IOException e) {
            throw new InputException(path, "cannot be read: " + e.getMessage(), e);
        }
        if (attributes.isDirectory()) {
            throw new InputException(path, "is a directory");
        }
        if (!attributes.isRegularFile()) {
            throw new InputException(path, "is not a regular file");
        }
        if (attributes.size() == 0) {
            throw new InputException(path, "is empty");
        }
        return attributes.size();
    }

    Path path() {
        return path;
    }

    /** Length at opening, bytes, at least 1. */
    long length() {
        return bytes.byteSize();
    }

    /** The bytes of the file, read-only; valid until {@link #close}. */
    MemorySegment bytes() {
        return bytes;
    }

    /** Refuses a range that does not lie in the file, naming what lies there. */
    void require(long begin, long count, String what) throws InputException {
        if (begin < 0 || count < 0 || begin > length() - count) {
            throw InputException.truncated(path, what, begin, begin + count, length());
        }
    }

    int u8(long at) throws InputException {
        require(at, 1, "a byte");
        return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    int u16(long at, ByteOrder order) throws InputException {
        require(at, 2, "a 16-bit number");
        return bytes.get(SHORT.withOrder(order), at) & 0xffff;
    }

    long u32(long at, ByteOrder order) throws InputException {
        require(at, 4, "a 32-bit number");
        return bytes.get(INT.withOrder(order), at) & 0xffff_ffffL;
    }

    /** Whether the file holds these bytes at that place. */
    boolean has(long at, int... expected) {
        if (at + expected.length > length()) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((bytes.get(ValueLayout.JAVA_BYTE, at + i) & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Copies a range that {@link #require} has allowed before. */
    void copy(long begin, MemorySegment into, long at, long count) throws InputException {
        try {
            MemorySegment.copy(bytes, begin, into, at, count);
        } catch (InternalError e) {
            throw changed(e);
        }
    }

    /** Refuses what was read before, when the file is shorter by now. */
    void checkLength() throws InputException {
        if (file == null) {
            return;
        }
        long now;
        try {
            now = file.length();
        } catch (IOException e) {
            throw new InputException(path, "cannot be read any more: " + e.getMessage(), e);
        }
        if (now < length()) {
            throw new InputException(path, "became shorter while open: length=" + now + " opened=" + length());
        }
    }

    /** The virtual machine's way to say that a mapped page has no file behind it any more. */
    InputException changed(InternalError fault) {
        return new InputException(path, "became shorter while open: opened=" + length(), fault);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            arena.close();
            try {
                if (file != null) {
                    file.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(path + ": cannot be closed", e);
            }
        }
    }
}
