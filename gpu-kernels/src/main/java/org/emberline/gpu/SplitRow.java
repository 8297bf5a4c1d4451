package org.emberline.gpu;

import java.util.Arrays;

/**
 * The bins and shares of one row of split pixels.
 *
 * @param firstBin per pixel: its first bin, or {@link BinMap#OUTSIDE}, or {@link BinMap#MASKED}
 * @param sharesOfPixel per pixel: number of shares
 * @param share the shares of all pixels, one pixel after the other; more room than needed
 * @param shares number of entries of {@code share} in use
 */
public record SplitRow(int[] firstBin, int[] sharesOfPixel, double[] share, int shares) {

    /** In place of a bin: a valid pixel outside the radial range. */
    public static final int OUTSIDE = -1;
    /** In place of a bin: a pixel that never counts. */
    public static final int MASKED = -2;

    /** The shares of a memory row; {@code normalisation} of all pixels tells the masked ones. */
    public static SplitRow of(IntegrationPlan plan, int row, double[] normalisation) {
        Projection projection = new Projection(plan.geometry(), plan.flipRows());
        int columns = plan.geometry().detector().columns();
        RadialUnit unit = plan.axis().unit();
        double[] centres = new double[columns];
        double[] above = new double[columns + 1];
        double[] below = new double[columns + 1];
        projection.radii(unit, row + 0.5, 0.5, centres);
        projection.radii(unit, row, 0, above);
        projection.radii(unit, row + 1.0, 0, below);
        Builder builder = new Builder(plan.axis(), columns);
        for (int column = 0; column < columns; column++) {
            if (normalisation[row * columns + column] > 0) {
                double centre = centres[column];
                double reach = Math.max(
                        Math.max(Math.abs(above[column] - centre), Math.abs(above[column + 1] - centre)),
                        Math.max(Math.abs(below[column] - centre), Math.abs(below[column + 1] - centre)));
                builder.split(column, centre - reach, centre + reach);
            } else {
                builder.firstBin[column] = MASKED;
            }
        }
        return new SplitRow(builder.firstBin, builder.sharesOfPixel, builder.share, builder.shares);
    }

    /** Cuts intervals at the edges of bins. */
    private static final class Builder {
        private final RadialAxis axis;
        private final int[] firstBin;
        private final int[] sharesOfPixel;
        private double[] share;
        private int shares;

        Builder(RadialAxis axis, int columns) {
            this.axis = axis;
            firstBin = new int[columns];
            sharesOfPixel = new int[columns];
            share = new double[columns * 3];
        }

        void split(int column, double lower, double upper) {
            double from = (lower - axis.lower()) / axis.binWidth();
            double to = (upper - axis.lower()) / axis.binWidth();
            if (!(to >= 0 && from <= axis.bins())) {
                firstBin[column] = OUTSIDE;
                return;
            }
            // Clamped bins with the unclamped interval: the end bin receives what reaches over the end.
            int first = Math.clamp((long) Math.floor(from), 0, axis.bins() - 1);
            int last = Math.clamp((long) Math.floor(to), 0, axis.bins() - 1);
            double perBin = 1 / (to - from);
            double lastShare = (to - last) * perBin;
            if (last > first && !(lastShare > 0)) {
                last--;
                lastShare = perBin;
            }
            int before = shares;
            if (first == last) {
                add(1);
            } else {
                add((first + 1 - from) * perBin);
                for (int bin = first + 1; bin < last; bin++) {
                    add(perBin);
                }
                add(lastShare);
            }
            firstBin[column] = first;
            sharesOfPixel[column] = shares - before;
        }

        private void add(double value) {
            if (shares == share.length) {
                share = Arrays.copyOf(share, Math.max(16, 2 * shares));
            }
            share[shares++] = value;
        }
    }
}
