package org.emberline.edge.twin;

import java.util.List;

/**
 * What the panel does to the counts that reach it, as the table {@code [simulation.panel]} describes it. Gaps, dead pixels and
 * saturation are keys of {@code [simulation.detector]}.
 *
 * @param flatSmoothFraction amplitude of the smooth part of the sensitivity, 1 +- this
 * @param flatPixelFraction standard deviation of the sensitivity from pixel to pixel
 * @param darkCounts dark current per pixel and exposure, expected counts
 * @param darkSpreadFraction standard deviation of the dark current from pixel to pixel, as a fraction of it
 * @param offsetCounts constant added to each pixel, whole counts after rounding
 * @param offsetSpreadCounts its standard deviation from pixel to pixel; the offset never goes below 0
 * @param hotFraction probability of a pixel to be hot
 * @param hotCounts additional dark current of a hot pixel
 * @param pointSpreadPixels standard deviation of the Gaussian by which the panel blurs, in pixels; 0 for none
 */
public record PanelEffects(
        double flatSmoothFraction,
        double flatPixelFraction,
        double darkCounts,
        double darkSpreadFraction,
        double offsetCounts,
        double offsetSpreadCounts,
        double hotFraction,
        double hotCounts,
        double pointSpreadPixels) {
    /** A panel that only counts. */
    public static final PanelEffects NONE = new PanelEffects(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** One line for each key out of range; empty when all is well. */
    public List<String> problems() {
        return new KeyRanges("simulation.panel")
                .within("flat_smooth_fraction", flatSmoothFraction, 0, 0.9)
                .within("flat_pixel_fraction", flatPixelFraction, 0, 0.5)
                .within("dark_counts", darkCounts, 0, 1e6)
                .within("dark_spread_fraction", darkSpreadFraction, 0, 1)
                .within("offset_counts", offsetCounts, 0, 1e6)
                .within("offset_spread_counts", offsetSpreadCounts, 0, 1e5)
                .within("hot_fraction", hotFraction, 0, 1)
                .within("hot_counts", hotCounts, 0, 1e8)
                .within("point_spread_pixels", pointSpreadPixels, 0, 20)
                .problems();
    }
}
