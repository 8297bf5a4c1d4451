package org.emberline.edge.metrics.imaging;

import java.util.Arrays;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.maps.Granulometry;

/** Sizes of what rises out of a fluctuating map, or, with the other sign, of its hollows. One thread. */
final class Relief {
    private static final double SMOOTHING = 1.5;
    private static final int LARGEST_DISC = 12;
    /** Standard deviation of a map over that of its noise from which sizes can be told. */
    private static final double DETECTED = 2;

    /** Larger maps are made coarser first: an opening takes longer with the area of its disc. */
    private static final int LARGEST_SIDE = 300;

    private final CoarseMap coarse;
    private final GaussianMean mean;
    private final float[] smooth;
    private final Granulometry openings;

    Relief(ImageShape fine) {
        coarse = CoarseMap.upTo(LARGEST_SIDE, fine);
        ImageShape shape = coarse.shape();
        mean = new GaussianMean(shape, SMOOTHING);
        smooth = new float[shape.pixels()];
        openings = new Granulometry(shape, Math.min(LARGEST_DISC, (Math.min(shape.rows(), shape.columns()) - 1) / 2));
    }

    /**
     * Opens a map.
     *
     * @param map about 0, NaN where it does not count
     * @param sign 1 for what rises, -1 for hollows
     * @param noise standard deviation of a pixel from noise
     * @param misfit what else may make the map uneven, root of the mean square
     * @return false when there is little but noise
     */
    boolean open(float[] map, int sign, double noise, double misfit) {
        coarse.of(map);
        float[] fluctuation = coarse.values();
        for (int i = 0; i < smooth.length; i++) {
            smooth[i] = Float.isNaN(fluctuation[i]) ? 0 : sign * fluctuation[i];
        }
        mean.of(smooth, smooth);
        double squares = 0;
        int pixels = 0;
        for (int i = 0; i < smooth.length; i++) {
            if (Float.isNaN(fluctuation[i])) {
                smooth[i] = Float.NaN;
            } else {
                squares += (double) smooth[i] * smooth[i];
                pixels++;
            }
        }
        double left = noise / coarse.factor() / (2 * Math.sqrt(Math.PI) * SMOOTHING);
        if (!(Math.sqrt(squares / pixels) > DETECTED * Math.hypot(left, misfit))) {
            Arrays.fill(smooth, Float.NaN);
            return false;
        }
        openings.compute(smooth, left);
        return true;
    }

    /** The diameter below which that part of the sum lies, pixels of the map; NaN when the largest disc does not get so far. */
    double quantile(double part) {
        return coarse.factor() * openings.quantile(part);
    }

    /** Pixels of the map behind one of what was opened: nothing finer than two of those is resolved. */
    int factor() {
        return coarse.factor();
    }

    /** Half of the step between the discs on both sides of a diameter, pixels. */
    double halfStep(double diameter) {
        double[] diameters = openings.diameters();
        for (int i = 1; i < diameters.length; i++) {
            if (coarse.factor() * diameters[i] >= diameter) {
                return coarse.factor() * (diameters[i] - diameters[i - 1]) / 2;
            }
        }
        return Double.NaN;
    }
}
