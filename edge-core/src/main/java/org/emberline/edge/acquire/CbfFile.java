package org.emberline.edge.acquire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Crystallographic binary file with one image of integers compressed by byte offsets, as Pilatus detectors write it. Its MD5 digest is checked where
 * there is one. Source: International Tables for Crystallography G (2005), chapter 5.6 (CBFlib), byte_offset.
 */
final class CbfFile implements ImageStack {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MappedFile file;
    private final CbfHeader header;

    private CbfFile(MappedFile file, CbfHeader header) {
        this.file = file;
        this.header = header;
    }

    static ImageStack open(MappedFile file) throws InputException {
        return new CbfFile(file, CbfHeader.read(file));
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public Shape shape() {
        return header.shape();
    }

    @Override
    public void read(int frame, MemorySegment into) throws InputException {
        shape().check(frame, into);
        MemorySegment stored = file.bytes().asSlice(header.begin(), header.bytes());
        try {
            checkDigest(stored);
            decode(stored, into);
        } catch (InternalError e) {
            throw file.changed(e);
        }
        file.checkLength();
    }

    private void checkDigest(MemorySegment stored) throws InputException {
        byte[] digest = header.digest();
        if (digest == null) {
            return;
        }
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(stored.asByteBuffer());
            if (!MessageDigest.isEqual(md5.digest(), digest)) {
                throw new InputException(file.path(), "the binary section is damaged: its MD5 is not Content-MD5");
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /**
     * The difference to the pixel before is a byte; the least one announces one of 16 bits, the least of those one of 32, and so on. Writers that
     * calculate in the pixels' own type (fabio) lose the carry of large ones, which the type's width takes back.
     */
    private void decode(MemorySegment stored, MemorySegment into) throws InputException {
        int sample = shape().type().bytes();
        long pixels = (long) shape().rows() * shape().columns();
        long at = 0;
        long value = 0;
        for (long pixel = 0; pixel < pixels; pixel++) {
            int width = width(stored, at);
            if (width == 0) {
                throw new InputException(file.path(), "the binary section ends at pixel " + pixel + " of " + pixels);
            }
            value += difference(stored, at, width);
            at += 2 * width - 1; // 1, 1 + 2, 1 + 2 + 4, 1 + 2 + 4 + 8
            write(into, pixel, sample, value);
        }
    }

    /** Bytes of the difference that begins there; 0 when the section ends before. */
    private static int width(MemorySegment stored, long at) {
        long left = stored.byteSize() - at;
        if (left < 1) {
            return 0;
        }
        if (stored.get(ValueLayout.JAVA_BYTE, at) != Byte.MIN_VALUE) {
            return 1;
        }
        if (left < 3) {
            return 0;
        }
        if (stored.get(SHORT, at + 1) != Short.MIN_VALUE) {
            return 2;
        }
        if (left < 7) {
            return 0;
        }
        if (stored.get(INT, at + 3) != Integer.MIN_VALUE) {
            return 4;
        }
        return left < 15 ? 0 : 8;
    }

    private static long difference(MemorySegment stored, long at, int width) {
        return switch (width) {
            case 1 -> stored.get(ValueLayout.JAVA_BYTE, at);
            case 2 -> stored.get(SHORT, at + 1);
            case 4 -> stored.get(INT, at + 3);
            default -> stored.get(LONG, at + 7);
        };
    }

    private static void write(MemorySegment into, long pixel, int bytes, long value) {
        switch (bytes) {
            case 1 -> into.set(ValueLayout.JAVA_BYTE, pixel, (byte) value);
            case 2 -> into.set(SHORT, 2 * pixel, (short) value);
            default -> into.set(INT, 4 * pixel, (int) value);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
