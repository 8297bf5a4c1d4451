package org.emberline.gpu.cells;

import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.Projection;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Splitting;

/**
 * Shares the pixels of a row among bins. Radial coordinates are counted in bins from the lower end of the axis; those of the
 * corners below a row are kept for the next. For one thread.
 */
final class RowSplitter {
    private static final int NO_ROW = -2;

    private final Projection projection;
    private final Projection ofCentres;
    private final IntegrationPlan plan;
    private final double[] normalisation;
    private final int columns;
    private final PixelFan pixel = new PixelFan();
    private final double[] centres;
    private double[] above;
    private double[] below;
    private final double cornerUnits;
    private int currentRow = NO_ROW;

    /** @param normalisation per pixel; those without a positive one are masked */
    RowSplitter(IntegrationPlan plan, double[] normalisation) {
        this.plan = plan;
        this.normalisation = normalisation;
        projection = new Projection(plan.geometry(), plan.flipRows());
        boolean boxes = plan.splitting() == Splitting.BBOX;
        ofCentres = boxes ? Projection.inSinglePrecision(plan.geometry(), plan.flipRows()) : projection;
        columns = plan.geometry().detector().columns();
        cornerUnits = boxes ? heldUnits(plan.axis().unit()) : Double.NaN;
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

    /**
     * The units in which pyFAI holds the corners of pixels, in single precision, per unit of the axis. The box follows from them, and
     * from the centre, whose place it holds in single precision. Rounding alike makes no difference to physics, some 1e-4 of a pixel,
     * but gives pyFAI's pattern to the seventh digit.
     */
    private static double heldUnits(RadialUnit unit) {
        return switch (unit) {
            case Q_PER_ANGSTROM -> 10; // 1/nm
            case TWO_THETA_DEGREES -> Math.PI / 180; // rad
            case RADIUS_MILLIMETRES -> 1e-3; // m
            case Q_PER_NANOMETRE, TWO_THETA_RADIANS, D_STAR_SQUARED_PER_SQUARE_ANGSTROM -> 1;
        };
    }

    private void moveTo(int row) {
        double[] spare = above;
        above = below;
        below = spare;
        if (row != currentRow + 1) {
            corners(row, above);
        }
        corners(row + 1, below);
        ofCentres.quickRadii(plan.axis().unit(), row + 0.5, 0.5, centres);
        inBins(centres);
        currentRow = row;
    }

    private void corners(int row, double[] into) {
        projection.quickRadii(plan.axis().unit(), row, 0, into);
        if (plan.splitting() == Splitting.BBOX) {
            for (int i = 0; i < into.length; i++) {
                into[i] = (float) (into[i] * cornerUnits) / cornerUnits;
            }
        }
        inBins(into);
    }

    private void inBins(double[] radii) {
        RadialAxis axis = plan.axis();
        double lower = axis.lower();
        double binsPerUnit = axis.bins() / (axis.upper() - lower);
        for (int i = 0; i < radii.length; i++) {
            radii[i] = (radii[i] - lower) * binsPerUnit;
        }
    }
}
