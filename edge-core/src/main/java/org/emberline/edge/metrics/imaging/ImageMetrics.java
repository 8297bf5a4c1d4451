package org.emberline.edge.metrics.imaging;

import java.time.Duration;
import java.util.List;
import org.emberline.edge.metrics.Metric;
import org.emberline.gpu.imaging.ImagingPlan;

/** The catalogue: every metric of radiographs there is. */
public final class ImageMetrics {

    private ImageMetrics() {}

    /**
     * What the metrics of a run need to know of detector and sample.
     *
     * @param pixelNanometres edge of a detector pixel in the sample plane, before downsampling
     * @param absorption coefficients by energy; may be empty
     * @param gramsPerCm3 density of the dense oxide
     * @param largestShiftPixels farthest that a radiograph may lie from its reference, detector pixels
     * @param pairGap longest time between the two radiographs of an energy pair
     * @param pairKelvin largest difference of temperature between them
     */
    public record Settings(
            double pixelNanometres,
            List<Absorption> absorption,
            double gramsPerCm3,
            double largestShiftPixels,
            Duration pairGap,
            double pairKelvin) {
        public Settings {
            absorption = List.copyOf(absorption);
        }
    }

    /**
     * How strongly the sample absorbs at one photon energy.
     *
     * @param oxidePerMicrometre linear coefficient of the dense oxide, 1/um
     * @param bariumCm2PerGram mass coefficient of barium, cm2/g
     */
    public record Absorption(double kev, double oxidePerMicrometre, double bariumCm2PerGram) {}

    /** The names of all metrics, in catalogue order. */
    public static List<String> names() {
        return List.of();
    }

    /**
     * New metrics for one run, in catalogue order whatever the order of {@code enabled}. They hold state: one run, one thread.
     *
     * @param enabled names from {@link #names}, none twice
     * @param plan how the radiographs are reduced
     * @throws IllegalArgumentException for an unknown or repeated name
     */
    public static List<Metric> of(List<String> enabled, Settings settings, ImagingPlan plan) {
        for (String name : enabled) {
            throw new IllegalArgumentException("unknown metric metrics.enabled=" + name + ", known are " + names());
        }
        return List.of();
    }
}
