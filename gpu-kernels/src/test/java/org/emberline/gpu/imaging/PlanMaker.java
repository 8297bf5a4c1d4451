package org.emberline.gpu.imaging;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.emberline.gpu.PixelFormat;
import org.jspecify.annotations.Nullable;

/** Plans and frames for tests: a plan with plain settings, to be changed where a test needs it. */
final class PlanMaker {
    ImageShape shape = new ImageShape(24, 36);
    PixelFormat format = PixelFormat.U16;
    float[] dark = new float[0];
    float[] before = new float[0];
    float @Nullable [] after;
    boolean @Nullable [] mask;
    double saturationCounts = Double.POSITIVE_INFINITY;
    int factor = 4;
    FlatScaling scaling = FlatScaling.NONE;
    HistogramBins histogram = new HistogramBins(-0.5, 3, 70);
    PhotonNoise noise = new PhotonNoise(1, 20, 10);
    ImageDetail detail = ImageDetail.FULL;

    /** Smooth but structured dark and flats; the second flat is a few per cent away from the first. */
    PlanMaker fields(Random random, double darkCounts, double flatCounts) {
        int pixels = shape.pixels();
        dark = new float[pixels];
        before = new float[pixels];
        float[] last = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            dark[i] = (float) (darkCounts * (0.8 + 0.4 * random.nextDouble()));
            before[i] = (float) (dark[i] + flatCounts * (0.7 + 0.6 * random.nextDouble()));
            last[i] = (float) (before[i] * (0.97 + 0.02 * random.nextDouble()) + 0.03 * dark[i]);
        }
        after = last;
        return this;
    }

    ImagingPlan plan() {
        Flatfield flatfield = new Flatfield(dark, before, 0, after, 1_000_000_000);
        return new ImagingPlan(
                shape, format, flatfield, mask, saturationCounts, factor, scaling, histogram, noise, detail);
    }

    /** A frame of the plan's shape and format; its address is odd, because any alignment is allowed. */
    static MemorySegment frame(Arena arena, ImagingPlan plan, IntToDoubleFunction counts) {
        MemorySegment frame = arena.allocate(plan.frameBytes() + 1, 8).asSlice(1);
        for (int pixel = 0; pixel < plan.shape().pixels(); pixel++) {
            write(frame, plan.format(), pixel, counts.applyAsDouble(pixel));
        }
        return frame;
    }

    private static void write(MemorySegment frame, PixelFormat format, int pixel, double value) {
        long offset = (long) pixel * format.bytes();
        switch (format) {
            case U8 -> frame.set(ValueLayout.JAVA_BYTE, offset, (byte) (int) value);
            case U16, I16 ->
                frame.set(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), offset, (short)
                        (int) value);
            case U32, I32 ->
                frame.set(
                        ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), offset, (int) (long) value);
            case F32 ->
                frame.set(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), offset, (float) value);
        }
    }
}
