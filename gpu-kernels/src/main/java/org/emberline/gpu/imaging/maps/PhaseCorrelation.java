package org.emberline.gpu.imaging.maps;

import java.util.Arrays;
import org.emberline.gpu.imaging.ImageShape;

/**
 * Registers maps to a reference by phase correlation (Kuglin and Hines 1975): from the cross-power spectrum of map I and reference J, {@code
 * I conj(J) / (|I J| + mean of |I J|)} times a Gaussian low-pass W; a shift by d is a peak at d. The mean in the denominator
 * takes the say from frequencies where there is next to nothing, W from those where there is mostly noise. Around its highest pixel
 * the peak {@code sum(W R exp(2 pi i k d))} is then followed to its very top by Newton's method, without interpolation.
 *
 * <p>A Hann window keeps the maps' edges out, but a window that stands still draws the shift towards zero. So the map is looked at twice,
 * the second time through a window that has moved with it. Unknown pixels are given the mean.
 */
public final class PhaseCorrelation {
    /** Width of the low-pass, cycles per pixel. */
    private static final double SIGMA = 0.15;

    private static final int MOST_STEPS = 20;
    private static final double SMALL_STEP = 1e-7;

    private final ImageShape shape;
    private final int rows;
    private final int columns;
    private final Fourier fourier;
    private final double[] rowWindow;
    private final double[] columnWindow;
    private final double[] rowPass;
    private final double[] columnPass;
    private final double[] referenceRe;
    private final double[] referenceIm;
    private final double[] crossRe;
    private final double[] crossIm;
    private final double[] re;
    private final double[] im;
    private final Peak peak;

    /** For maps of that shape, 4 pixels or more each way. */
    public PhaseCorrelation(ImageShape shape) {
        if (Math.min(shape.rows(), shape.columns()) < 4) {
            throw new IllegalArgumentException(
                    "too small to be registered rows=" + shape.rows() + " columns=" + shape.columns());
        }
        this.shape = shape;
        rows = Fourier.fastLength(shape.rows());
        columns = Fourier.fastLength(shape.columns());
        fourier = new Fourier(rows, columns);
        rowWindow = new double[shape.rows()];
        columnWindow = new double[shape.columns()];
        rowPass = lowPass(rows);
        columnPass = lowPass(columns);
        int pixels = rows * columns;
        referenceRe = new double[pixels];
        referenceIm = new double[pixels];
        crossRe = new double[pixels];
        crossIm = new double[pixels];
        re = new double[pixels];
        im = new double[pixels];
        peak = new Peak(rows, columns);
    }

    /** Hann's window, moved by so many pixels. */
    private static void setHann(double[] window, double shift) {
        for (int i = 0; i < window.length; i++) {
            double place = (i + 0.5 - shift) / window.length;
            window[i] = place > 0 && place < 1 ? 0.5 - 0.5 * Math.cos(2 * Math.PI * place) : 0;
        }
    }

    private static double[] lowPass(int length) {
        double[] pass = new double[length];
        Arrays.setAll(pass, i -> {
            double frequency = Math.min(i, length - i) / (double) length;
            return Math.exp(-frequency * frequency / (2 * SIGMA * SIGMA));
        });
        return pass;
    }

    /** Sets what maps are compared with; copied. */
    public void reference(float[] map) {
        transform(map, 0, 0, referenceRe, referenceIm);
    }

    /** Where the map's content lies; one small object per call. */
    public Shift register(float[] map) {
        transform(map, 0, 0, re, im);
        double total = cross();
        if (!(total > 0)) {
            return new Shift(Double.NaN, Double.NaN, Double.NaN);
        }
        System.arraycopy(crossRe, 0, re, 0, re.length);
        System.arraycopy(crossIm, 0, im, 0, im.length);
        fourier.inverse(re, im);
        int highest = 0;
        for (int i = 1; i < re.length; i++) {
            highest = re[i] > re[highest] ? i : highest;
        }
        peak.start(signed(highest / columns, rows), signed(highest % columns, columns));
        climb();
        transform(map, peak.row(), peak.column(), re, im);
        total = cross();
        peak.start(peak.row(), peak.column());
        climb();
        return new Shift(peak.row(), peak.column(), peak.height() / total);
    }

    private void climb() {
        double step = Double.POSITIVE_INFINITY;
        for (int i = 0; i < MOST_STEPS && step > SMALL_STEP; i++) {
            step = peak.climb(crossRe, crossIm);
        }
    }

    private static int signed(int index, int length) {
        return index > length / 2 ? index - length : index;
    }

    /** The spectrum of the map through a window that is moved so far; its mean under the window is taken off. */
    private void transform(float[] map, double down, double right, double[] intoRe, double[] intoIm) {
        shape.require("map", map.length);
        setHann(rowWindow, down);
        setHann(columnWindow, right);
        double mean = meanUnderWindow(map);
        Arrays.fill(intoRe, 0);
        Arrays.fill(intoIm, 0);
        for (int row = 0; row < shape.rows(); row++) {
            for (int column = 0; column < shape.columns(); column++) {
                float value = map[row * shape.columns() + column];
                double weight = rowWindow[row] * columnWindow[column];
                intoRe[row * columns + column] = Float.isNaN(value) ? 0 : (value - mean) * weight;
            }
        }
        fourier.forward(intoRe, intoIm);
    }

    private double meanUnderWindow(float[] map) {
        double sum = 0;
        double weights = 0;
        for (int row = 0; row < shape.rows(); row++) {
            for (int column = 0; column < shape.columns(); column++) {
                float value = map[row * shape.columns() + column];
                if (!Float.isNaN(value)) {
                    double weight = rowWindow[row] * columnWindow[column];
                    sum += value * weight;
                    weights += weight;
                }
            }
        }
        return sum / weights;
    }

    /** Fills the weighted cross-power spectrum; returns the sum of its absolute values, the height of a perfect peak. */
    private double cross() {
        double sum = 0;
        for (int i = 0; i < re.length; i++) {
            double x = re[i] * referenceRe[i] + im[i] * referenceIm[i];
            double y = im[i] * referenceRe[i] - re[i] * referenceIm[i];
            crossRe[i] = x;
            crossIm[i] = y;
            sum += Math.sqrt(x * x + y * y);
        }
        double mean = sum / re.length;
        double total = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int i = row * columns + column;
                double amplitude = Math.sqrt(crossRe[i] * crossRe[i] + crossIm[i] * crossIm[i]);
                double weight = rowPass[row] * columnPass[column] / (amplitude + mean);
                crossRe[i] *= weight;
                crossIm[i] *= weight;
                total += weight * amplitude;
            }
        }
        return total;
    }
}
