package org.emberline.gpu.imaging.cpu;

import java.lang.foreign.MemorySegment;
import org.emberline.gpu.PixelFormat;

/** Pixels of one or two bytes. Unsigned ones are kept less the half of their range, because only signed numbers become doubles in one go. */
final class ShortRow extends PixelRow {
    /** Times what a saturated pixel has too much, more than any count of 16 bits; far below the end of single precision. */
    private static final float SMALL_ABYSS = 0x1p20f;

    private final PixelFormat format;
    private final byte[] bytes;
    private final short[] pixels;
    private final double offset;

    ShortRow(PixelFormat format, int size) {
        this.format = format;
        bytes = new byte[format == PixelFormat.U8 ? size : 0];
        pixels = new short[size];
        offset = format.signed() ? 0 : format == PixelFormat.U8 ? -Byte.MIN_VALUE : -Short.MIN_VALUE;
    }

    @Override
    void read(MemorySegment frame, int first, int count) {
        switch (format) {
            case U8 -> {
                copy(frame, first, bytes, count);
                for (int i = 0; i < count; i++) {
                    bytes[i] ^= Byte.MIN_VALUE;
                }
                for (int i = 0; i < count; i++) {
                    pixels[i] = bytes[i];
                }
            }
            case U16 -> {
                copy(frame, first, pixels, count);
                for (int i = 0; i < count; i++) {
                    pixels[i] ^= Short.MIN_VALUE;
                }
            }
            default -> copy(frame, first, pixels, count);
        }
    }

    @Override
    void copyTo(double[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = pixels[i] + offset;
        }
    }

    @Override
    void multiplyInto(double[] product, float[] dark, int first, int count, double scale) {
        for (int i = 0; i < count; i++) {
            double s = (pixels[i] + offset - dark[first + i]) * scale;
            product[i] *= s + Math.abs(s);
        }
    }

    @Override
    void multiplyInto(double[] product, float[] dark, int first, int count, double scale, double most) {
        for (int i = 0; i < count; i++) {
            double raw = pixels[i] + offset;
            double excess = raw - most;
            double s = (raw - dark[first + i]) * scale - ABYSS * (excess + Math.abs(excess));
            product[i] *= s + Math.abs(s);
        }
    }

    /**
     * Multiplies every product in single precision by twice {@code raw - dark}, or by 0 where the pixel is not above its dark. A pixel has
     * the place of its dark: with another one of the two arrays might be the other under a second name, one pixel further on.
     */
    void multiplyInto(float[] product, float[] dark, int count) {
        float zero = (float) offset;
        for (int i = 0; i < count; i++) {
            float s = pixels[i] + zero - dark[i];
            product[i] *= s + Math.abs(s);
        }
    }

    /** The same, with 0 also for pixels above {@code most}. */
    void multiplyInto(float[] product, float[] dark, int count, float most) {
        float zero = (float) offset;
        for (int i = 0; i < count; i++) {
            float raw = pixels[i] + zero;
            float excess = raw - most;
            float s = raw - dark[i] - SMALL_ABYSS * (excess + Math.abs(excess));
            product[i] *= s + Math.abs(s);
        }
    }
}
