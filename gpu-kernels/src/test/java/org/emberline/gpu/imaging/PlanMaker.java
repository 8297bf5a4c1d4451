package org.emberline.gpu.imaging;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
            plan.format().write(frame, pixel, counts.applyAsDouble(pixel));
        }
        return frame;
    }
}
