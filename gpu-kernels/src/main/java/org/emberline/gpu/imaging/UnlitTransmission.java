package org.emberline.gpu.imaging;

import java.lang.foreign.MemorySegment;

/**
 * Transmission with the unlit pixels in it. A {@link ImageReducer} leaves pixels at or below their dark out of all its maps, for they
 * have no logarithm. They do have a transmission, zero or a little less, and a mean without them is too large where hardly any beam
 * comes through. What flat-field corrections elsewhere give as transmission has them.
 */
public final class UnlitTransmission {

    private UnlitTransmission() {}

    /**
     * Makes the transmission of every downsampled pixel the mean over its usable pixels that are numbers and not saturated, NaN where
     * there is none. Touches only those in which not all pixels are valid.
     *
     * @param plan with {@link ImageDetail#FULL}
     * @param frame the frame that was reduced
     * @param flatFraction as it was reduced with
     * @param into the result of its reduction; nothing but its transmission is changed
     */
    public static void include(ImagingPlan plan, MemorySegment frame, double flatFraction, ImageReduction into) {
        int factor = plan.factor();
        int columns = into.shape().columns();
        for (int block = 0; block < into.transmission().length; block++) {
            if (into.validPixels()[block] < factor * factor) {
                int corner = block / columns * factor * plan.shape().columns() + block % columns * factor;
                double mean = mean(plan, frame, flatFraction, corner);
                into.transmission()[block] = (float) (mean / into.flatScale());
            }
        }
    }

    /** Unscaled mean of the block whose first pixel is {@code corner}. */
    private static double mean(ImagingPlan plan, MemorySegment frame, double w, int corner) {
        Flatfield field = plan.flatfield();
        double sum = 0;
        int count = 0;
        for (int row = 0; row < plan.factor(); row++) {
            int first = corner + row * plan.shape().columns();
            for (int pixel = first; pixel < first + plan.factor(); pixel++) {
                double raw = plan.format().read(frame, pixel);
                if (plan.usable(pixel) && Math.abs(raw) <= Double.MAX_VALUE && raw < plan.saturationCounts()) {
                    double dark = field.dark()[pixel];
                    double before = field.before()[pixel];
                    sum += (raw - dark) / (before - dark + w * (field.last()[pixel] - before));
                    count++;
                }
            }
        }
        return sum / count;
    }
}
