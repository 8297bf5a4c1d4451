package org.emberline.gpu.imaging.cpu;

import java.lang.foreign.MemorySegment;

/** Pixels of single precision. */
final class FloatRow extends PixelRow {
    private final float[] pixels;

    FloatRow(int size) {
        pixels = new float[size];
    }

    @Override
    void read(MemorySegment frame, int first, int count) {
        copy(frame, first, pixels, count);
    }

    @Override
    void copyTo(double[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = pixels[i];
        }
    }

    @Override
    void multiplyInto(double[] product, float[] dark, int first, int count, double scale) {
        for (int i = 0; i < count; i++) {
            double s = ((double) pixels[i] - dark[first + i]) * scale;
            product[i] *= s + Math.abs(s);
        }
    }

    @Override
    void multiplyInto(double[] product, float[] dark, int first, int count, double scale, double most) {
        for (int i = 0; i < count; i++) {
            double raw = pixels[i];
            double excess = raw - most;
            double s = (raw - dark[first + i]) * scale - ABYSS * (excess + Math.abs(excess));
            product[i] *= s + Math.abs(s);
        }
    }
}
