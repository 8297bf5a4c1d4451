package org.emberline.edge.metrics.imaging;

import java.util.List;
import org.emberline.edge.frame.MapLayout;
import org.emberline.edge.frame.MetricMap;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.maps.MinimumFlux;

/**
 * The flux as a coarse map of arrows: in each square the mean of its two components, which keeps what flows through the square in all. The
 * noise of the flux is not taken off. One thread; allocates nothing per map.
 */
final class FluxMap {
    /** Squares along the longer side at most: both components then take 32 KiB. */
    private static final int LARGEST_SIDE = 64;

    private final ImageShape fine;
    private final CoarseMap coarse;
    private final float[] centred;
    private final MapLayout layout;

    /** @param factor detector pixels per pixel of the flux */
    FluxMap(ImageShape fine, int factor) {
        this.fine = fine;
        coarse = CoarseMap.upTo(LARGEST_SIDE, fine);
        centred = new float[fine.pixels()];
        layout = new MapLayout(coarse.shape(), factor * coarse.factor(), "mg/cm/s", List.of("down", "right"));
    }

    /** Components towards higher rows and towards higher columns. */
    MapLayout layout() {
        return layout;
    }

    /** Writes the values of the map. */
    void write(MinimumFlux flux, MetricMap into) {
        int pixels = coarse.shape().pixels();
        centre(flux.rowFlux(), fine.columns());
        coarse.of(centred);
        System.arraycopy(coarse.values(), 0, into.values, 0, pixels);
        centre(flux.columnFlux(), 1);
        coarse.of(centred);
        System.arraycopy(coarse.values(), 0, into.values, pixels, pixels);
    }

    /** From the faces between pixels to their middles; beyond the first row or column nothing flows. */
    private void centre(float[] faces, int step) {
        for (int i = 0; i < centred.length; i++) {
            boolean first = step == 1 ? i % fine.columns() == 0 : i < step;
            centred[i] = (faces[i] + (first ? 0 : faces[i - step])) / 2;
        }
    }
}
