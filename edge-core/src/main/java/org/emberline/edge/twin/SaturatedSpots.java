package org.emberline.edge.twin;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Spots of large single crystals: a few pixels each, anywhere on the panel, beyond what a pixel can count. One thread. */
final class SaturatedSpots {
    /** Noise stream, index = frame. */
    private static final long PLACES = 7010;

    private static final int HALF_SIZE = 1;
    private static final ValueLayout.OfInt PIXEL = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Noise noise;
    private final int rows;
    private final int columns;
    private final int saturation;

    SaturatedSpots(Twin twin) {
        noise = twin.noise();
        rows = twin.geometry().detector().rows();
        columns = twin.geometry().detector().columns();
        saturation = twin.saturationCounts();
    }

    /** Adds spots to an image; gaps and dead pixels stay what they are. */
    void add(long frame, int spots, MemorySegment pixels) {
        noise.restart(PLACES, frame);
        for (int i = 0; i < spots; i++) {
            int row = (int) (noise.uniform() * rows);
            int column = (int) (noise.uniform() * columns);
            for (int r = Math.max(0, row - HALF_SIZE); r <= Math.min(rows - 1, row + HALF_SIZE); r++) {
                for (int c = Math.max(0, column - HALF_SIZE); c <= Math.min(columns - 1, column + HALF_SIZE); c++) {
                    saturate(pixels, 4L * ((long) r * columns + c));
                }
            }
        }
    }

    private void saturate(MemorySegment pixels, long offset) {
        if (pixels.get(PIXEL, offset) >= 0) {
            pixels.set(PIXEL, offset, saturation);
        }
    }
}
