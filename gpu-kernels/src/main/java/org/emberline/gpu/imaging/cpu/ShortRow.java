package org.emberline.gpu.imaging.cpu;

import java.lang.foreign.MemorySegment;
import org.emberline.gpu.PixelFormat;

/** Pixels of one or two bytes. Unsigned ones are kept less the half of their range, because only signed numbers become doubles in one go. */
final class ShortRow extends PixelRow {
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
}
