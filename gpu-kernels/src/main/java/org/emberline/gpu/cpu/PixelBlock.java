package org.emberline.gpu.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.emberline.gpu.PixelFormat;

/** Some consecutive pixels of a frame as Java numbers, at most {@link #SIZE}. One thread at a time. */
sealed interface PixelBlock {
    /** Pixels of a full block; small enough to stay in the first-level cache, a multiple of 64. */
    int SIZE = 4096;

    /** Reads {@code count} pixels of a frame, from pixel {@code first} on. */
    void read(MemorySegment frame, int first, int count);

    /** Raw value of a pixel, counted from the first that was read. */
    double value(int i);

    /** Whether all pixels from {@code from} to before {@code to} lie within the ordinary range. */
    boolean ordinary(int from, int to);

    /** Bits of the pixels beyond the ordinary range among the at most 64 pixels from {@code from} to before {@code to}. */
    long odd(int from, int to);

    static PixelBlock of(PixelFormat format, OrdinaryRange range) {
        return switch (format) {
            case U8, U16, I16 -> new Shorts(format, range);
            case U32, I32 -> new Ints(format, range);
            case F32 -> new Floats(range);
        };
    }

    /** 8 and 16 bits. A value is {@code values[i] & mask}. */
    final class Shorts implements PixelBlock {
        private static final ValueLayout.OfShort LAYOUT =
                ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        final short[] values = new short[SIZE];
        final int mask;
        private final byte[] bytes;
        private final int lower;
        private final int upper;

        private Shorts(PixelFormat format, OrdinaryRange range) {
            mask = format == PixelFormat.I16 ? -1 : 0xffff;
            bytes = new byte[format == PixelFormat.U8 ? SIZE : 0];
            lower = range.isEmpty() ? 1 : (int) range.lower();
            upper = range.isEmpty() ? 0 : (int) range.upper();
        }

        @Override
        public void read(MemorySegment frame, int first, int count) {
            if (bytes.length == 0) {
                MemorySegment.copy(frame, LAYOUT, first * 2L, values, 0, count);
                return;
            }
            MemorySegment.copy(frame, ValueLayout.JAVA_BYTE, first, bytes, 0, count);
            for (int i = 0; i < count; i++) {
                values[i] = (short) (bytes[i] & 0xff);
            }
        }

        @Override
        public double value(int i) {
            return (double) (values[i] & mask);
        }

        @Override
        public boolean ordinary(int from, int to) {
            int bad = 0;
            for (int i = from; i < to; i++) {
                int value = values[i] & mask;
                bad |= (value - lower) | (upper - value);
            }
            return bad >= 0;
        }

        @Override
        public long odd(int from, int to) {
            long bits = 0;
            for (int i = from; i < to; i++) {
                int value = values[i] & mask;
                bits |= (long) (((value - lower) | (upper - value)) >>> 31) << (i - from);
            }
            return bits;
        }
    }

    /** 32 bits. A value is {@code values[i] & mask}. */
    final class Ints implements PixelBlock {
        private static final ValueLayout.OfInt LAYOUT =
                ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        final int[] values = new int[SIZE];
        final long mask;
        private final long lower;
        private final long upper;

        private Ints(PixelFormat format, OrdinaryRange range) {
            mask = format == PixelFormat.U32 ? 0xffff_ffffL : -1L;
            lower = range.isEmpty() ? 1 : (long) range.lower();
            upper = range.isEmpty() ? 0 : (long) range.upper();
        }

        @Override
        public void read(MemorySegment frame, int first, int count) {
            MemorySegment.copy(frame, LAYOUT, first * 4L, values, 0, count);
        }

        @Override
        public double value(int i) {
            return (double) (values[i] & mask);
        }

        @Override
        public boolean ordinary(int from, int to) {
            long bad = 0;
            for (int i = from; i < to; i++) {
                long value = values[i] & mask;
                bad |= (value - lower) | (upper - value);
            }
            return bad >= 0;
        }

        @Override
        public long odd(int from, int to) {
            long bits = 0;
            for (int i = from; i < to; i++) {
                long value = values[i] & mask;
                bits |= (((value - lower) | (upper - value)) >>> 63) << (i - from);
            }
            return bits;
        }
    }

    /** Floating-point numbers. */
    final class Floats implements PixelBlock {
        private static final ValueLayout.OfFloat LAYOUT =
                ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        final float[] values = new float[SIZE];
        private final double lower;
        private final double upper;

        private Floats(OrdinaryRange range) {
            lower = range.lower();
            upper = range.upper();
        }

        @Override
        public void read(MemorySegment frame, int first, int count) {
            MemorySegment.copy(frame, LAYOUT, first * 4L, values, 0, count);
        }

        @Override
        public double value(int i) {
            return values[i];
        }

        @Override
        public boolean ordinary(int from, int to) {
            for (int i = from; i < to; i++) {
                if (!(values[i] >= lower && values[i] <= upper)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public long odd(int from, int to) {
            long bits = 0;
            for (int i = from; i < to; i++) {
                bits |= values[i] >= lower && values[i] <= upper ? 0 : 1L << (i - from);
            }
            return bits;
        }
    }
}
