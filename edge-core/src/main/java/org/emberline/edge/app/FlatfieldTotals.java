package org.emberline.edge.app;

import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImagingPlan;

/**
 * What is counted over all images of a {@code flatfield}. Every detector pixel of every image is valid, saturated, unlit, dead or masked;
 * rows and columns at the far edges that fill no whole downsampled pixel are none of these.
 */
final class FlatfieldTotals {
    private final long deadPerImage;
    private final long maskedPerImage;
    private int images;
    private int emptyImages;
    private long valid;
    private long saturated;
    private long unlit;
    private long largest;
    private long values;
    private long withoutValue;
    private double sum;
    private double minimum = Double.POSITIVE_INFINITY;
    private double maximum = Double.NEGATIVE_INFINITY;

    FlatfieldTotals(ImagingPlan plan) {
        long dead = 0;
        long masked = 0;
        boolean[] mask = plan.mask();
        for (int row = 0; row < plan.smallShape().rows() * plan.factor(); row++) {
            for (int column = 0; column < plan.smallShape().columns() * plan.factor(); column++) {
                int pixel = row * plan.shape().columns() + column;
                if (mask != null && mask[pixel]) {
                    masked++;
                } else if (!plan.usable(pixel)) {
                    dead++;
                }
            }
        }
        deadPerImage = dead;
        maskedPerImage = masked;
    }

    /**
     * Adds one image.
     *
     * @param map what is written of it
     * @param atLargest pixels that have the largest value of an integer format, when nobody has said where saturation begins
     * @return whether the map has any value
     */
    boolean add(ImageReduction reduction, float[] map, long atLargest) {
        long before = values;
        for (float value : map) {
            if (Float.isNaN(value)) {
                withoutValue++;
            } else {
                values++;
                sum += value;
                minimum = Math.min(minimum, value);
                maximum = Math.max(maximum, value);
            }
        }
        images++;
        emptyImages += values == before ? 1 : 0;
        valid += reduction.totalValidPixels();
        saturated += reduction.saturatedPixels();
        unlit += reduction.unlitPixels();
        largest += atLargest;
        return values > before;
    }

    int images() {
        return images;
    }

    /** Images without any value. */
    int emptyImages() {
        return emptyImages;
    }

    long valid() {
        return valid;
    }

    long saturated() {
        return saturated;
    }

    /** Pixels at or below their dark, or no numbers. */
    long unlit() {
        return unlit;
    }

    /** Pixels whose flat is not above the dark, or no number. */
    long dead() {
        return images * deadPerImage;
    }

    long masked() {
        return images * maskedPerImage;
    }

    /** Pixels that have the largest value of an integer format. */
    long largest() {
        return largest;
    }

    /** Pixels of the output that are NaN. */
    long withoutValue() {
        return withoutValue;
    }

    double minimum() {
        return minimum;
    }

    double maximum() {
        return maximum;
    }

    /** Mean over all pixels of the output that have a value, NaN when there is none. */
    double mean() {
        return sum / values;
    }
}
