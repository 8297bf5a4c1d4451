package org.emberline.gpu.imaging.maps;

import org.emberline.gpu.imaging.ImageShape;

/**
 * The flux of least energy that explains how areal mass changed: {@code dm/dt = -div J}, {@code J = -grad phi}, so {@code laplace phi =
 * dm/dt}, with no flux through the map's edge. Solved exactly on the grid by cosine transforms, where the Laplacian of a wave with numbers
 * (k, l) is {@code -4 (sin^2(pi k / 2 rows) + sin^2(pi l / 2 columns)) / pixel^2}. It is the smallest flux, in the mean of its square, of
 * all that do: a lower bound of what moved.
 *
 * <p>Mass that came or went through the edge cannot be explained so: the mean of the change is taken off first, and told. Unknown pixels have
 * the mean change.
 */
public final class MinimumFlux {
    private final ImageShape shape;
    private final CosineTransform cosines;
    private final double[] potential;
    private final float[] rowFlux;
    private final float[] columnFlux;
    private final double[] rowWave;
    private final double[] columnWave;
    private double meanChange = Double.NaN;
    private double meanFlux = Double.NaN;

    /** For maps of that shape. */
    public MinimumFlux(ImageShape shape) {
        this.shape = shape;
        cosines = new CosineTransform(shape.rows(), shape.columns());
        potential = new double[shape.pixels()];
        rowFlux = new float[shape.pixels()];
        columnFlux = new float[shape.pixels()];
        rowWave = waves(shape.rows());
        columnWave = waves(shape.columns());
    }

    private static double[] waves(int length) {
        double[] waves = new double[length];
        for (int k = 0; k < length; k++) {
            double sine = Math.sin(Math.PI * k / (2.0 * length));
            waves[k] = -4 * sine * sine;
        }
        return waves;
    }

    /**
     * Computes everything below anew.
     *
     * @param change dm/dt per pixel, for example in mg/cm^2/s
     * @param pixelLength side of a pixel, for example in cm; finite and positive. The flux then is in mg/cm/s
     */
    public void solve(float[] change, double pixelLength) {
        shape.require("change", change.length);
        if (!(pixelLength > 0) || Double.isInfinite(pixelLength)) {
            throw new IllegalArgumentException(
                    "the length of a pixel must be finite and positive pixel_length=" + pixelLength);
        }
        meanChange = Sums.mean(change);
        for (int i = 0; i < change.length; i++) {
            potential[i] = Float.isNaN(change[i]) ? 0 : (change[i] - meanChange) * pixelLength * pixelLength;
        }
        cosines.forward(potential);
        for (int row = 0; row < shape.rows(); row++) {
            for (int column = 0; column < shape.columns(); column++) {
                potential[row * shape.columns() + column] /= rowWave[row] + columnWave[column];
            }
        }
        potential[0] = 0;
        cosines.inverse(potential);
        slopes(pixelLength);
    }

    private void slopes(double pixelLength) {
        int columns = shape.columns();
        double sum = 0;
        for (int row = 0; row < shape.rows(); row++) {
            for (int column = 0; column < columns; column++) {
                int i = row * columns + column;
                rowFlux[i] =
                        row + 1 < shape.rows() ? (float) ((potential[i] - potential[i + columns]) / pixelLength) : 0;
                columnFlux[i] = column + 1 < columns ? (float) ((potential[i] - potential[i + 1]) / pixelLength) : 0;
                double y = (rowFlux[i] + (row > 0 ? rowFlux[i - columns] : 0)) / 2;
                double x = (columnFlux[i] + (column > 0 ? columnFlux[i - 1] : 0)) / 2;
                sum += Math.sqrt(x * x + y * y);
            }
        }
        meanFlux = Double.isNaN(meanChange) ? Double.NaN : sum / shape.pixels();
    }

    /** Flux from each pixel into the one below it; 0 in the last row. The live array. */
    public float[] rowFlux() {
        return rowFlux;
    }

    /** Flux from each pixel into the one to its right; 0 in the last column. The live array. */
    public float[] columnFlux() {
        return columnFlux;
    }

    /** Mean of the flux's magnitude in the middle of the pixels; NaN before the first solution and when no pixel is known. */
    public double meanFlux() {
        return meanFlux;
    }

    /** Mean change per pixel, which no flux inside the map explains; to be compared with 0. */
    public double meanChange() {
        return meanChange;
    }
}
