package org.emberline.gpu.cells;

import java.util.Arrays;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.Projection;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.Splitting;

/**
 * Where the pixels of a radial bin are. A bin's mean intensity is one at the mean place of its pixels, not at the bin's centre: where a bin is
 * narrower than a pixel and a ring short, the two differ by some hundredths of a bin, and a narrow line's area by some tenths of a per cent.
 */
public final class BinCentroids {

    private BinCentroids() {}

    /**
     * Computes them, row by row; takes some milliseconds.
     *
     * @return for each bin the mean radial coordinate of its pixels' centres, each weighted as it counts in the bin's mean; the bin's centre
     *     where it has no pixel, and in all bins when pixels are split: then their shares fill a bin evenly
     */
    public static double[] of(IntegrationPlan plan) {
        RadialAxis axis = plan.axis();
        double[] place = new double[axis.bins()];
        Arrays.setAll(place, axis::centre);
        if (plan.splitting() != Splitting.NO) {
            return place;
        }
        double[] weight = new double[axis.bins()];
        double[] sum = new double[axis.bins()];
        add(plan, weight, sum);
        for (int bin = 0; bin < place.length; bin++) {
            place[bin] += weight[bin] > 0 ? sum[bin] / weight[bin] : 0;
        }
        return place;
    }

    /** Adds the distances of all pixels' centres from those of their bins. */
    private static void add(IntegrationPlan plan, double[] weight, double[] sum) {
        RadialAxis axis = plan.axis();
        int columns = plan.geometry().detector().columns();
        double[] normalisation = Normalisation.of(plan);
        Projection projection = new Projection(plan.geometry(), plan.flipRows());
        double[] radii = new double[columns];
        for (int row = 0; row < plan.geometry().detector().rows(); row++) {
            projection.radii(axis.unit(), row + 0.5, 0.5, radii);
            for (int column = 0; column < columns; column++) {
                double counts = normalisation[row * columns + column];
                double bin = (radii[column] - axis.lower()) / axis.binWidth();
                if (counts > 0 && bin >= 0 && bin < axis.bins()) {
                    weight[(int) bin] += counts;
                    sum[(int) bin] += counts * (radii[column] - axis.centre((int) bin));
                }
            }
        }
    }
}
