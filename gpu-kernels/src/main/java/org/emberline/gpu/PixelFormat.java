package org.emberline.gpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** How one detector pixel lies in memory: little-endian, row by row, without padding. */
public enum PixelFormat {
    U8(1, false),
    U16(2, false),
    I16(2, true),
    U32(4, false),
    I32(4, true),
    F32(4, true);

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int bytes;
    private final boolean signed;

    PixelFormat(int bytes, boolean signed) {
        this.bytes = bytes;
        this.signed = signed;
    }

    /** Bytes per pixel. */
    public int bytes() {
        return bytes;
    }

    /** Whether a pixel can be negative; detectors of this kind mark gaps by negative values. */
    public boolean signed() {
        return signed;
    }

    /** The smallest value a pixel can have. */
    public double minimum() {
        return switch (this) {
            case U8, U16, U32 -> 0;
            case I16 -> Short.MIN_VALUE;
            case I32 -> Integer.MIN_VALUE;
            case F32 -> -Float.MAX_VALUE;
        };
    }

    /** The largest finite value a pixel can have. */
    public double maximum() {
        return switch (this) {
            case U8 -> 0xff;
            case U16 -> 0xffff;
            case I16 -> Short.MAX_VALUE;
            case U32 -> 0xffff_ffffL;
            case I32 -> Integer.MAX_VALUE;
            case F32 -> Float.MAX_VALUE;
        };
    }

    /** The value of pixel {@code index} (row-major) as a double; exact for every format. */
    public double read(MemorySegment pixels, long index) {
        return switch (this) {
            case U8 -> pixels.get(ValueLayout.JAVA_BYTE, index) & 0xff;
            case U16 -> pixels.get(SHORT, index * 2) & 0xffff;
            case I16 -> pixels.get(SHORT, index * 2);
            case U32 -> pixels.get(INT, index * 4) & 0xffff_ffffL;
            case I32 -> pixels.get(INT, index * 4);
            case F32 -> pixels.get(FLOAT, index * 4);
        };
    }

    /** Sets pixel {@code index} (row-major); a value between the numbers of the format is cut towards zero. */
    public void write(MemorySegment pixels, long index, double value) {
        switch (this) {
            case U8 -> pixels.set(ValueLayout.JAVA_BYTE, index, (byte) (int) value);
            case U16, I16 -> pixels.set(SHORT, index * 2, (short) (int) value);
            case U32, I32 -> pixels.set(INT, index * 4, (int) (long) value);
            case F32 -> pixels.set(FLOAT, index * 4, (float) value);
        }
    }
}
