package org.emberline.gpu.imaging;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.choice.Contest;

/** An image reducer is timed on a frame as its own plan's field looks behind a sample that lets half of the beam through. */
final class ImageTrial {
    private static final double TRANSMISSION = 0.5;

    private ImageTrial() {}

    static double millisecondsPerFrame(ImageReducer reducer) {
        ImageReduction into = ImageReduction.of(reducer.plan());
        try (Arena arena = Arena.ofShared()) {
            return Contest.millisecondsPerFrame(
                    frame(arena, reducer.plan()), frame -> reducer.reduce(frame, 0.5, into));
        }
    }

    private static MemorySegment frame(Arena arena, ImagingPlan plan) {
        MemorySegment frame = arena.allocate(plan.frameBytes(), 4096);
        PixelFormat format = plan.format();
        for (int pixel = 0; pixel < plan.shape().pixels(); pixel++) {
            double dark = plan.flatfield().dark()[pixel];
            double counts = dark + TRANSMISSION * (plan.flatfield().before()[pixel] - dark);
            // A pixel that cannot be used may have fields that are no numbers: it becomes 0.
            double raw = plan.usable(pixel) ? Math.clamp(counts, format.minimum(), format.maximum()) : 0;
            format.write(frame, pixel, raw);
        }
        return frame;
    }
}
