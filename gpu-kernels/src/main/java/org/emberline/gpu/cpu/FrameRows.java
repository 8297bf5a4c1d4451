package org.emberline.gpu.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.emberline.gpu.BinMap;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.PixelFormat;

/**
 * One row of a frame at a time as numbers, with every pixel that does not count replaced by a mark, and the totals of the frame on
 * the way. Decides alone which pixels are valid.
 */
final class FrameRows {
    /** In place of an integer pixel that does not count; no pixel format reaches it. */
    static final long INVALID = Long.MIN_VALUE;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final PixelFormat format;
    private final int columns;
    private final int[] firstBin;
    private final boolean keepNegative;
    private final double saturation;
    private final byte[] bytes;
    private final short[] shorts;
    private final int[] ints;
    private final float[] floats;
    private final long[] integers;
    private final double[] reals;
    private long integerTotal;
    private double realTotal;
    private long valid;
    private long saturated;

    FrameRows(IntegrationPlan plan, BinMap map) {
        format = plan.format();
        columns = plan.geometry().detector().columns();
        firstBin = map.firstBin();
        keepNegative = plan.keepNegative();
        saturation = plan.saturationCounts();
        bytes = new byte[format == PixelFormat.U8 ? columns : 0];
        shorts = new short[format.bytes() == 2 ? columns : 0];
        ints = new int[format == PixelFormat.U32 || format == PixelFormat.I32 ? columns : 0];
        floats = new float[format == PixelFormat.F32 ? columns : 0];
        integers = new long[columns];
        reals = new double[columns];
    }

    /** Sets the totals to zero. */
    void begin() {
        integerTotal = 0;
        realTotal = 0;
        valid = 0;
        saturated = 0;
    }

    /** Reads a row; {@link #reals} holds it afterwards, and {@link #integers} too for an integer format. */
    void read(MemorySegment frame, int row) {
        long offset = (long) row * columns * format.bytes();
        decode(frame, offset);
        if (format == PixelFormat.F32) {
            markReals(row * columns);
        } else {
            markIntegers(row * columns);
        }
    }

    /** Raw counts, or {@link #INVALID}; integer formats only. */
    long[] integers() {
        return integers;
    }

    /** Raw counts, or NaN for a pixel that does not count. */
    double[] reals() {
        return reals;
    }

    double totalCounts() {
        return format == PixelFormat.F32 ? realTotal : integerTotal;
    }

    long validPixels() {
        return valid;
    }

    long saturatedPixels() {
        return saturated;
    }

    private void decode(MemorySegment frame, long offset) {
        switch (format) {
            case U8 -> {
                MemorySegment.copy(frame, ValueLayout.JAVA_BYTE, offset, bytes, 0, columns);
                for (int i = 0; i < columns; i++) {
                    integers[i] = bytes[i] & 0xff;
                }
            }
            case U16, I16 -> {
                MemorySegment.copy(frame, SHORT, offset, shorts, 0, columns);
                int mask = format == PixelFormat.U16 ? 0xffff : -1;
                for (int i = 0; i < columns; i++) {
                    integers[i] = shorts[i] & mask;
                }
            }
            case U32, I32 -> {
                MemorySegment.copy(frame, INT, offset, ints, 0, columns);
                long mask = format == PixelFormat.U32 ? 0xffff_ffffL : -1L;
                for (int i = 0; i < columns; i++) {
                    integers[i] = ints[i] & mask;
                }
            }
            case F32 -> MemorySegment.copy(frame, FLOAT, offset, floats, 0, columns);
        }
    }

    private void markIntegers(int firstPixel) {
        for (int i = 0; i < columns; i++) {
            long raw = integers[i];
            if (firstBin[firstPixel + i] == BinMap.MASKED || (raw < 0 && !keepNegative)) {
                integers[i] = INVALID;
                reals[i] = Double.NaN;
            } else {
                reals[i] = raw;
                integerTotal += raw;
                valid++;
                saturated += raw >= saturation ? 1 : 0;
            }
        }
    }

    private void markReals(int firstPixel) {
        for (int i = 0; i < columns; i++) {
            float raw = floats[i];
            if (firstBin[firstPixel + i] == BinMap.MASKED || !Float.isFinite(raw) || (raw < 0 && !keepNegative)) {
                reals[i] = Double.NaN;
            } else {
                reals[i] = raw;
                realTotal += raw;
                valid++;
                saturated += raw >= saturation ? 1 : 0;
            }
        }
    }
}
