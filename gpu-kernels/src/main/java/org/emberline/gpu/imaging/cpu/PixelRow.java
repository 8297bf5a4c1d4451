package org.emberline.gpu.imaging.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.emberline.gpu.PixelFormat;

/**
 * Some consecutive pixels of a frame as doubles, exactly. Every conversion is a loop of one kind of number into one other, because that is
 * what the compiler turns into vector instructions. One thread at a time.
 */
final class PixelRow {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long UNSIGNED_INT = 0xffff_ffffL;

    private final PixelFormat format;
    private final byte[] bytes;
    private final short[] shorts;
    private final int[] ints;
    private final float[] floats;

    PixelRow(PixelFormat format, int size) {
        this.format = format;
        bytes = new byte[format == PixelFormat.U8 ? size : 0];
        shorts = new short[format.bytes() == 2 ? size : 0];
        ints = new int[format == PixelFormat.F32 || format.bytes() == 2 ? 0 : size];
        floats = new float[format == PixelFormat.F32 ? size : 0];
    }

    /** Reads {@code count} pixels from pixel {@code first} on. */
    void read(MemorySegment frame, int first, int count, double[] into) {
        switch (format) {
            case U8 -> {
                MemorySegment.copy(frame, ValueLayout.JAVA_BYTE, first, bytes, 0, count);
                for (int i = 0; i < count; i++) {
                    ints[i] = bytes[i] & 0xff;
                }
                widen(count, into);
            }
            case U16 -> {
                MemorySegment.copy(frame, SHORT, 2L * first, shorts, 0, count);
                for (int i = 0; i < count; i++) {
                    shorts[i] ^= Short.MIN_VALUE; // 2^15 less, as a signed number
                }
                widenShorts(count, -Short.MIN_VALUE, into);
            }
            case I16 -> {
                MemorySegment.copy(frame, SHORT, 2L * first, shorts, 0, count);
                widenShorts(count, 0, into);
            }
            case I32 -> {
                MemorySegment.copy(frame, INT, 4L * first, ints, 0, count);
                widen(count, into);
            }
            case U32 -> {
                MemorySegment.copy(frame, INT, 4L * first, ints, 0, count);
                for (int i = 0; i < count; i++) {
                    into[i] = (double) (ints[i] & UNSIGNED_INT);
                }
            }
            case F32 -> {
                MemorySegment.copy(frame, FLOAT, 4L * first, floats, 0, count);
                for (int i = 0; i < count; i++) {
                    into[i] = floats[i];
                }
            }
        }
    }

    private void widenShorts(int count, double addend, double[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = shorts[i] + addend;
        }
    }

    private void widen(int count, double[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = ints[i];
        }
    }
}
