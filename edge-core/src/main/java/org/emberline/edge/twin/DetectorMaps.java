package org.emberline.edge.twin;

import java.util.Arrays;

/** The known maps of a panel's imperfections, row by row. Made from the seed; the arrays are shared and not to be changed. */
final class DetectorMaps {
    /** Noise streams, index 0. */
    private static final long FLAT = 22;

    private static final long DARK = 23;
    private static final long HOT = 24;
    /** A pixel that sees nothing at all would be dead. */
    private static final double LEAST_SENSITIVITY = 0.01;

    private final float[] flat;
    private final float[] dark;
    private final int[] offset;
    private final boolean[] hot;

    DetectorMaps(PanelEffects effects, int rows, int columns, long seed) {
        int pixels = rows * columns;
        flat = new float[pixels];
        dark = new float[pixels];
        offset = new int[pixels];
        hot = new boolean[pixels];
        Noise noise = new Noise(seed);
        noise.restart(FLAT, 0);
        for (int i = 0; i < pixels; i++) {
            int row = i / columns;
            double down = (double) row / rows;
            double right = (i - row * columns) / (double) columns;
            double smooth = Math.cos(2 * Math.PI * down + 0.7) * Math.cos(2 * Math.PI * right - 0.4);
            double sensitivity =
                    1 + effects.flatSmoothFraction() * smooth + effects.flatPixelFraction() * noise.gaussian();
            flat[i] = (float) Math.max(LEAST_SENSITIVITY, sensitivity);
        }
        noise.restart(DARK, 0);
        for (int i = 0; i < pixels; i++) {
            double spread = 1 + effects.darkSpreadFraction() * noise.gaussian();
            dark[i] = (float) (effects.darkCounts() * Math.max(0, spread));
            offset[i] = (int)
                    Math.max(0, Math.round(effects.offsetCounts() + effects.offsetSpreadCounts() * noise.gaussian()));
        }
        noise.restart(HOT, 0);
        for (int i = 0; i < pixels; i++) {
            hot[i] = noise.uniform() < effects.hotFraction();
            dark[i] += hot[i] ? (float) effects.hotCounts() : 0;
        }
    }

    /** Expected dark current of an exposure in counts. */
    float dark(int pixel) {
        return dark[pixel];
    }

    /** Sensitivity, about 1. */
    float flat(int pixel) {
        return flat[pixel];
    }

    /** Constant added after counting. */
    int offset(int pixel) {
        return offset[pixel];
    }

    boolean hot(int pixel) {
        return hot[pixel];
    }

    float[] flatField() {
        return Arrays.copyOf(flat, flat.length);
    }

    /** What a dark frame shows in the mean: dark current and offset. */
    float[] darkFrame() {
        float[] frame = new float[dark.length];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = dark[i] + offset[i];
        }
        return frame;
    }

    boolean[] hotPixels() {
        return Arrays.copyOf(hot, hot.length);
    }
}
