package org.emberline.edge.metrics.imaging;

import org.emberline.gpu.imaging.ImageShape;

/** Means over squares of pixels: less noise, and no finer than what noise lets one see. One thread; allocates nothing per map. */
final class CoarseMap {
    private final ImageShape fine;
    private final ImageShape shape;
    private final int factor;
    private final float[] values;

    /** @param factor pixels along each side of a square; squares that the map does not fill are left out */
    CoarseMap(ImageShape fine, int factor) {
        this.fine = fine;
        this.factor = factor;
        shape = new ImageShape(fine.rows() / factor, fine.columns() / factor);
        values = new float[shape.pixels()];
    }

    /** With the least factor for which no side is longer than {@code side}. */
    static CoarseMap upTo(int side, ImageShape fine) {
        return new CoarseMap(fine, Math.ceilDiv(Math.max(fine.rows(), fine.columns()), side));
    }

    /** Takes the means of a map; a square with an unknown pixel is unknown. */
    void of(float[] map) {
        for (int i = 0; i < values.length; i++) {
            double sum = 0;
            for (int down = 0; down < factor; down++) {
                int first = (i / shape.columns() * factor + down) * fine.columns() + i % shape.columns() * factor;
                for (int right = 0; right < factor; right++) {
                    sum += map[first + right];
                }
            }
            values[i] = (float) (sum / (factor * factor));
        }
    }

    /** Share of a square's pixels that are chosen. */
    double share(boolean[] chosen, int square) {
        int count = 0;
        for (int down = 0; down < factor; down++) {
            int first = (square / shape.columns() * factor + down) * fine.columns() + square % shape.columns() * factor;
            for (int right = 0; right < factor; right++) {
                count += chosen[first + right] ? 1 : 0;
            }
        }
        return (double) count / (factor * factor);
    }

    /** The means. The live array. */
    float[] values() {
        return values;
    }

    ImageShape shape() {
        return shape;
    }

    int factor() {
        return factor;
    }
}
