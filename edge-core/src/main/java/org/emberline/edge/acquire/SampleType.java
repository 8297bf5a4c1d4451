package org.emberline.edge.acquire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Locale;
import org.emberline.gpu.PixelFormat;
import org.jspecify.annotations.Nullable;

/** The number types that image files hold. All of them can be read as masks, darks and flats; only some are detector frames. */
enum SampleType {
    U8(1, PixelFormat.U8),
    I8(1, null),
    U16(2, PixelFormat.U16),
    I16(2, PixelFormat.I16),
    U32(4, PixelFormat.U32),
    I32(4, PixelFormat.I32),
    U64(8, null),
    I64(8, null),
    F32(4, PixelFormat.F32),
    F64(8, null);

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final double TWO_POW_64 = 0x1p64;

    private final int bytes;
    private final @Nullable PixelFormat pixelFormat;

    SampleType(int bytes, @Nullable PixelFormat pixelFormat) {
        this.bytes = bytes;
        this.pixelFormat = pixelFormat;
    }

    /** The integer type of that size and sign, or null. */
    static @Nullable SampleType integer(int bytes, boolean signed) {
        return switch (bytes) {
            case 1 -> signed ? I8 : U8;
            case 2 -> signed ? I16 : U16;
            case 4 -> signed ? I32 : U32;
            case 8 -> signed ? I64 : U64;
            default -> null;
        };
    }

    /** The IEEE 754 type of that size, or null. */
    static @Nullable SampleType floating(int bytes) {
        return switch (bytes) {
            case 4 -> F32;
            case 8 -> F64;
            default -> null;
        };
    }

    int bytes() {
        return bytes;
    }

    boolean isFloating() {
        return this == F32 || this == F64;
    }

    /** How a detector frame of this type is called, or null where there are none of it. */
    @Nullable
    PixelFormat pixelFormat() {
        return pixelFormat;
    }

    /** Value of a little-endian sample; exact but for 64-bit integers beyond 2^53. */
    double read(MemorySegment samples, long index) {
        if (pixelFormat != null) {
            return pixelFormat.read(samples, index);
        }
        return switch (this) {
            case I8 -> samples.get(ValueLayout.JAVA_BYTE, index);
            case I64 -> samples.get(LONG, index * 8);
            case U64 -> unsigned(samples.get(LONG, index * 8));
            default -> samples.get(DOUBLE, index * 8);
        };
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : value + TWO_POW_64;
    }

    /** Lower case, as users know it: {@code u16}, {@code f64}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
