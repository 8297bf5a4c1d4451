package org.emberline.gpu.imaging.maps;

import java.util.Arrays;
import org.emberline.gpu.imaging.ImageShape;

/** How unevenly a map is filled: as an amount (Gini) and as a pattern (Moran). Unknown pixels are left out. */
public final class Unevenness {
    private final ImageShape shape;
    private final float[] sorted;

    /** For maps of that shape. */
    public Unevenness(ImageShape shape) {
        this.shape = shape;
        sorted = new float[shape.pixels()];
    }

    /**
     * Gini's coefficient {@code sum over i, j |c_i - c_j| / (2 N^2 mean)}: 0 when all are equal, towards 1 when one has everything. Noise
     * raises it, and with negative values it may pass 1. NaN when the mean is not positive.
     */
    public double gini(float[] map) {
        shape.require("map", map.length);
        int count = 0;
        double sum = 0;
        for (float value : map) {
            if (!Float.isNaN(value)) {
                sorted[count++] = value;
                sum += value;
            }
        }
        if (!(sum > 0)) {
            return Double.NaN;
        }
        Arrays.sort(sorted, 0, count);
        double weighted = 0;
        for (int i = 0; i < count; i++) {
            weighted += (2.0 * i + 1 - count) * sorted[i];
        }
        return weighted / (count * sum);
    }

    /**
     * Moran's I (1950) with the 8 neighbours of equal weight: {@code (N / W) sum w_ij (c_i - m)(c_j - m) / sum (c_i - m)^2}. Its mean for
     * values without pattern is -1/(N-1); towards 1 like lies beside like. A detector's blur raises it, too. NaN when all are equal
     * or no pixel has a neighbour.
     */
    public double moransI(float[] map) {
        shape.require("map", map.length);
        double mean = Sums.mean(map);
        double products = 0;
        double squares = 0;
        long pairs = 0;
        long count = 0;
        for (int row = 0; row < shape.rows(); row++) {
            for (int column = 0; column < shape.columns(); column++) {
                double own = map[row * shape.columns() + column] - mean;
                if (Double.isNaN(own)) {
                    continue;
                }
                count++;
                squares += own * own;
                // Each pair once: the neighbour to the right and the three below.
                for (int i = 0; i < 4; i++) {
                    double other = at(map, row + (i + 2) / 3, column + (i == 0 ? 1 : i - 2)) - mean;
                    if (!Double.isNaN(other)) {
                        products += own * other;
                        pairs++;
                    }
                }
            }
        }
        return products / pairs * count / squares;
    }

    private float at(float[] map, int row, int column) {
        boolean inside = row < shape.rows() && column >= 0 && column < shape.columns();
        return inside ? map[row * shape.columns() + column] : Float.NaN;
    }
}
