package org.emberline.gpu.imaging.cpu;

import java.lang.foreign.MemorySegment;
import org.emberline.gpu.PixelFormat;

/** Pixels of four bytes. Unsigned ones are kept less the half of their range, because only signed numbers become doubles in one go. */
final class IntRow extends PixelRow {
    private final int[] pixels;
    private final boolean signed;
    private final double offset;

    IntRow(PixelFormat format, int size) {
        pixels = new int[size];
        signed = format.signed();
        offset = signed ? 0 : -(double) Integer.MIN_VALUE;
    }

    @Override
    void read(MemorySegment frame, int first, int count) {
        copy(frame, first, pixels, count);
        for (int i = 0; i < count && !signed; i++) {
            pixels[i] ^= Integer.MIN_VALUE;
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
