package org.emberline.edge.metrics.pattern;

import java.util.Arrays;
import org.emberline.gpu.RadialAxis;

/**
 * The bins of a run's patterns.
 *
 * @param axis their edges
 * @param places where the intensity of each is that of the pattern, in the axis's unit: the mean place of its pixels
 */
public record PatternBins(RadialAxis axis, double[] places) {

    public PatternBins {
        if (places.length != axis.bins()) {
            throw new IllegalArgumentException("places=" + places.length + " of bins=" + axis.bins());
        }
        places = places.clone();
    }

    /** Bins whose pixels nobody knows: the intensity is that at the centre. */
    public static PatternBins centred(RadialAxis axis) {
        double[] centres = new double[axis.bins()];
        Arrays.setAll(centres, axis::centre);
        return new PatternBins(axis, centres);
    }
}
