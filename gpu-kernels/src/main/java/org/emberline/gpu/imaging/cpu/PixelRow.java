package org.emberline.gpu.imaging.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.emberline.gpu.PixelFormat;

/**
 * Some consecutive pixels of a frame, exactly, and what is done with every one of them. One thread at a time.
 *
 * <p>The loops of the subclasses are short and write the only array of doubles that they touch. So the compiler sees that no array is
 * another under a second name, and makes vector instructions of them; with the pixels in an array of doubles it does not.
 */
abstract sealed class PixelRow permits ShortRow, IntRow, FloatRow {
    /** Times what a saturated pixel has too much, more than any count. */
    static final double ABYSS = 0x1p200;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** A row of at most {@code size} pixels. */
    static PixelRow of(PixelFormat format, int size) {
        return switch (format) {
            case U8, U16, I16 -> new ShortRow(format, size);
            case U32, I32 -> new IntRow(format, size);
            case F32 -> new FloatRow(size);
        };
    }

    /** Takes {@code count} pixels from pixel {@code first} of the frame on. */
    abstract void read(MemorySegment frame, int first, int count);

    /** Writes the pixels as they are. */
    abstract void copyTo(double[] into, int count);

    /**
     * Multiplies every product by twice {@code scale (raw - dark)}, or by 0 where the pixel is not above its dark. No product is sound
     * any more that met a pixel which is no number.
     *
     * @param first place of the first pixel's dark
     */
    abstract void multiplyInto(double[] product, float[] dark, int first, int count, double scale);

    /** The same, with 0 also for pixels above {@code most}. */
    abstract void multiplyInto(double[] product, float[] dark, int first, int count, double scale, double most);

    static void copy(MemorySegment frame, int first, byte[] into, int count) {
        MemorySegment.copy(frame, ValueLayout.JAVA_BYTE, first, into, 0, count);
    }

    static void copy(MemorySegment frame, int first, short[] into, int count) {
        MemorySegment.copy(frame, SHORT, (long) Short.BYTES * first, into, 0, count);
    }

    static void copy(MemorySegment frame, int first, int[] into, int count) {
        MemorySegment.copy(frame, INT, (long) Integer.BYTES * first, into, 0, count);
    }

    static void copy(MemorySegment frame, int first, float[] into, int count) {
        MemorySegment.copy(frame, FLOAT, (long) Float.BYTES * first, into, 0, count);
    }
}
