package org.emberline.edge.service;

import java.util.Arrays;

/**
 * The range of optical density that a picture shows: all but the lowest and the highest half per cent of the pixels, so that one hot pixel
 * does not turn the sample black.
 *
 * @param high above {@code low}
 */
record PreviewRange(float low, float high) {
    private static final double LEFT_OUT = 0.005;
    private static final float LEAST = 1e-3f;

    static PreviewRange of(float[] opticalDensity) {
        // NaN comes last.
        float[] sorted = opticalDensity.clone();
        Arrays.sort(sorted);
        int known = sorted.length;
        while (known > 0 && Float.isNaN(sorted[known - 1])) {
            known--;
        }
        if (known == 0) {
            return new PreviewRange(0, 1);
        }
        int out = (int) (LEFT_OUT * known);
        float low = sorted[out];
        return new PreviewRange(low, Math.max(sorted[known - 1 - out], low + LEAST));
    }
}
