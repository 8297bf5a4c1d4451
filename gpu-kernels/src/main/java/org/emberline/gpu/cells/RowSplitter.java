package org.emberline.gpu.cells;

import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.Projection;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.Splitting;

/**
 * Shares the pixels of a row among bins. Radial coordinates are counted in bins from the lower end of the axis; those of the
 * corners below a row are kept for the next. For one thread.
 */
final class RowSplitter {
    private static final int NO_ROW = -2;

    private final Projection projection;
    private final IntegrationPlan plan;
    private final double[] normalisation;
    private final int columns;
    private final PixelFan pixel = new PixelFan();
    private final double[] centres;
    private double[] above;
    private double[] below;
    private int currentRow = NO_ROW;

    /** @param normalisation per pixel; those without a positive one are masked */
    RowSplitter(IntegrationPlan plan, double[] normalisation) {
        this.plan = plan;
        this.normalisation = normalisation;
        projection = new Projection(plan.geometry(), plan.flipRows());
        columns = plan.geometry().detector().columns();
        centres = new double[columns];
        above = new double[columns + 1];
        below = new double[columns + 1];
    }

    SplitRow split(int row) {
        moveTo(row);
        Shares shares = new Shares(row, plan.axis().bins(), columns);
        boolean byArea = plan.splitting() == Splitting.FULL;
        for (int column = 0; column < columns; column++) {
            if (!(normalisation[row * columns + column] > 0)) {
                shares.mask(column);
            } else if (byArea) {
                pixel.set(centres[column], above[column], above[column + 1], below[column + 1], below[column]);
                shares.divideArea(column, pixel);
            } else {
                double centre = centres[column];
                double reach = Math.max(
                        Math.max(Math.abs(above[column] - centre), Math.abs(above[column + 1] - centre)),
                        Math.max(Math.abs(below[column] - centre), Math.abs(below[column + 1] - centre)));
                shares.divideInterval(column, centre - reach, centre + reach);
            }
        }
        return shares.row();
    }

    private void moveTo(int row) {
        double[] spare = above;
        above = below;
        below = spare;
        if (row != currentRow + 1) {
            inBins(row, 0, above);
        }
        inBins(row + 1.0, 0, below);
        inBins(row + 0.5, 0.5, centres);
        currentRow = row;
    }

    private void inBins(double v, double firstColumn, double[] into) {
        RadialAxis axis = plan.axis();
        projection.quickRadii(axis.unit(), v, firstColumn, into);
        double lower = axis.lower();
        double binsPerUnit = axis.bins() / (axis.upper() - lower);
        for (int i = 0; i < into.length; i++) {
            into[i] = (into[i] - lower) * binsPerUnit;
        }
    }
}
