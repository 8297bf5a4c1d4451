package org.emberline.edge.acquire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decodes the compressed strips of a TIFF. Allocates small objects per strip, but never room for pixels. */
final class TiffStrips {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private TiffStrips() {}

    /** Fills {@code into} to the last byte from one strip, or fails. */
    static void decode(MappedFile file, TiffPage page, int strip, MemorySegment into) throws InputException {
        MemorySegment stored = file.bytes().asSlice(page.offsets()[strip], page.lengths()[strip]);
        long filled;
        try {
            filled = switch (page.compression()) {
                case NONE -> throw new IllegalArgumentException("the strip is not compressed");
                case DEFLATE -> inflate(stored, into);
                case LZW -> LzwStrip.decode(stored, into);
                case PACK_BITS -> unpack(stored, into);
            };
        } catch (DataFormatException e) {
            throw new InputException(file.path(), "strip " + strip + " is no deflate stream: " + e.getMessage(), e);
        } catch (InternalError e) {
            throw file.changed(e);
        }
        if (filled != into.byteSize()) {
            throw new InputException(
                    file.path(), "strip " + strip + " ends early: bytes=" + filled + " needed=" + into.byteSize());
        }
    }

    private static long inflate(MemorySegment stored, MemorySegment into) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(stored.asByteBuffer());
            return inflater.inflate(into.asByteBuffer());
        } finally {
            inflater.end();
        }
    }

    /** TIFF 6.0, section 9: n >= 0 copies n + 1 bytes, -127 <= n < 0 repeats the next byte 1 - n times, -128 does nothing. */
    private static long unpack(MemorySegment stored, MemorySegment into) {
        long from = 0;
        long at = 0;
        while (at < into.byteSize() && from + 1 < stored.byteSize()) {
            int n = stored.get(ValueLayout.JAVA_BYTE, from++);
            if (n == -128) {
                continue;
            }
            long room = into.byteSize() - at;
            if (n >= 0) {
                long run = Math.min(Math.min(n + 1, room), stored.byteSize() - from);
                MemorySegment.copy(stored, from, into, at, run);
                from += n + 1;
                at += run;
            } else {
                long run = Math.min(1 - n, room);
                into.asSlice(at, run).fill(stored.get(ValueLayout.JAVA_BYTE, from++));
                at += run;
            }
        }
        return at;
    }

    /** Undoes predictor 2 on little-endian samples: TIFF 6.0, section 14. */
    static void sumRows(ImageStack.Shape shape, MemorySegment samples) {
        for (int row = 0; row < shape.rows(); row++) {
            sumRow(
                    samples.asSlice(row * shape.rowBytes(), shape.rowBytes()),
                    shape.type().bytes());
        }
    }

    private static void sumRow(MemorySegment row, int sampleBytes) {
        for (long at = sampleBytes; at < row.byteSize(); at += sampleBytes) {
            long left = at - sampleBytes;
            switch (sampleBytes) {
                case 1 -> row.set(ValueLayout.JAVA_BYTE, at, (byte) sum8(row, left, at));
                case 2 -> row.set(SHORT, at, (short) (row.get(SHORT, left) + row.get(SHORT, at)));
                case 4 -> row.set(INT, at, row.get(INT, left) + row.get(INT, at));
                default -> row.set(LONG, at, row.get(LONG, left) + row.get(LONG, at));
            }
        }
    }

    private static int sum8(MemorySegment row, long left, long at) {
        return row.get(ValueLayout.JAVA_BYTE, left) + row.get(ValueLayout.JAVA_BYTE, at);
    }
}
