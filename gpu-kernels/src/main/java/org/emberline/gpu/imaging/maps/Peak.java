package org.emberline.gpu.imaging.maps;

/**
 * The top of {@code c(y, x) = Re sum over k of (A + i B) exp(2 pi i (k y / rows + l x / columns))}, found by Newton's method: c, its gradient
 * and its curvatures are sums over the frequencies, row by row.
 */
final class Peak {
    /** From the highest pixel the top is less than a pixel away; farther is astray. */
    private static final double FARTHEST = 1;

    private final int rows;
    private final int columns;
    private final double[] cosine;
    private final double[] sine;
    private final double[] frequency;
    private double startRow;
    private double startColumn;
    private double row;
    private double column;
    private double height;
    private double gradientRow;
    private double gradientColumn;
    private double curvatureRow;
    private double curvatureColumn;
    private double curvatureBoth;

    Peak(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        cosine = new double[columns];
        sine = new double[columns];
        frequency = new double[columns];
        for (int i = 0; i < columns; i++) {
            frequency[i] = angular(i, columns);
        }
    }

    /** Radians per pixel of a frequency; the one that is neither positive nor negative has no slope. */
    private static double angular(int index, int length) {
        if (2 * index == length) {
            return 0;
        }
        return 2 * Math.PI * (2 * index > length ? index - length : index) / length;
    }

    void start(double newRow, double newColumn) {
        startRow = newRow;
        startColumn = newColumn;
        row = newRow;
        column = newColumn;
    }

    double row() {
        return row;
    }

    double column() {
        return column;
    }

    double height() {
        return height;
    }

    /** One step; returns its length, 0 when there is no top ahead. */
    double climb(double[] re, double[] im) {
        sum(re, im);
        double determinant = curvatureRow * curvatureColumn - curvatureBoth * curvatureBoth;
        if (!(determinant > 0 && curvatureRow < 0)) {
            return 0;
        }
        double stepRow = (curvatureBoth * gradientColumn - curvatureColumn * gradientRow) / determinant;
        double stepColumn = (curvatureBoth * gradientRow - curvatureRow * gradientColumn) / determinant;
        if (Math.hypot(row + stepRow - startRow, column + stepColumn - startColumn) > FARTHEST) {
            return 0;
        }
        row += stepRow;
        column += stepColumn;
        return Math.hypot(stepRow, stepColumn);
    }

    private void sum(double[] re, double[] im) {
        for (int i = 0; i < columns; i++) {
            cosine[i] = Math.cos(frequency[i] * column);
            sine[i] = Math.sin(frequency[i] * column);
        }
        height = 0;
        gradientRow = 0;
        gradientColumn = 0;
        curvatureRow = 0;
        curvatureColumn = 0;
        curvatureBoth = 0;
        for (int i = 0; i < rows; i++) {
            double f = angular(i, rows);
            addRow(re, im, i * columns, f, Math.cos(f * row), Math.sin(f * row));
        }
    }

    private void addRow(double[] re, double[] im, int first, double f, double c, double s) {
        double sumRe = 0;
        double sumIm = 0;
        double slopeRe = 0;
        double slopeIm = 0;
        double curveRe = 0;
        double curveIm = 0;
        for (int i = 0; i < columns; i++) {
            double x = re[first + i] * cosine[i] - im[first + i] * sine[i];
            double y = re[first + i] * sine[i] + im[first + i] * cosine[i];
            double g = frequency[i];
            sumRe += x;
            sumIm += y;
            slopeRe += g * x;
            slopeIm += g * y;
            curveRe += g * g * x;
            curveIm += g * g * y;
        }
        double value = sumRe * c - sumIm * s;
        double slope = slopeRe * s + slopeIm * c;
        height += value;
        gradientRow -= f * (sumRe * s + sumIm * c);
        gradientColumn -= slope;
        curvatureRow -= f * f * value;
        curvatureColumn -= curveRe * c - curveIm * s;
        curvatureBoth -= f * (slopeRe * c - slopeIm * s);
    }
}
