package org.emberline.edge.twin;

/**
 * Gaussian blur of an image on its grid. Below a standard deviation of one pixel, where a sampled Gaussian would be too narrow, with the
 * discrete Gaussian e^-t I_n(t) (Lindeberg, IEEE Trans. Pattern Anal. Mach. Intell. 12 (1990) 234), whose variance is t exactly; above,
 * with samples of a Gaussian, whose variance is right to 1e-7 there. Beyond an edge the image goes on as at the edge. One thread; allocates nothing per image.
 */
final class Blur {
    private static final double FWHM_PER_SIGMA = 2 * Math.sqrt(2 * Math.log(2));
    private static final double LEAST_WEIGHT = 1e-12;

    private final int rows;
    private final int columns;
    private final double[] weight;
    private final double[] line;

    /** @param fwhmPixels 0 = no blur */
    Blur(int rows, int columns, double fwhmPixels) {
        this.rows = rows;
        this.columns = columns;
        double sigma = fwhmPixels / FWHM_PER_SIGMA;
        weight = weights(sigma * sigma);
        line = new double[Math.max(rows, columns) + 2 * weight.length];
    }

    /** From the middle outwards. */
    private static double[] weights(double t) {
        int reach = 0;
        while (weight(reach + 1, t) > LEAST_WEIGHT) {
            reach++;
        }
        double[] weights = new double[reach + 1];
        double sum = 0;
        for (int n = 0; n <= reach; n++) {
            weights[n] = weight(n, t);
            sum += n == 0 ? weights[n] : 2 * weights[n];
        }
        for (int n = 0; n <= reach; n++) {
            weights[n] /= sum;
        }
        return weights;
    }

    private static double weight(int n, double t) {
        return t > 1 ? Math.exp(-n * n / (2 * t)) / Math.sqrt(2 * Math.PI * t) : discreteGaussian(n, t);
    }

    private static double discreteGaussian(int n, double t) {
        double term = Math.exp(-t);
        for (int k = 1; k <= n; k++) {
            term *= t / 2 / k;
        }
        double sum = term;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= t / 2 * (t / 2) / (k * (double) (k + n));
            sum += term;
        }
        return sum;
    }

    /** Blurs in place. */
    void blur(double[] image) {
        if (weight.length == 1) {
            return;
        }
        for (int row = 0; row < rows; row++) {
            along(image, row * columns, 1, columns);
        }
        for (int column = 0; column < columns; column++) {
            along(image, column, columns, rows);
        }
    }

    private void along(double[] image, int first, int stride, int length) {
        int reach = weight.length - 1;
        for (int i = -reach; i < length + reach; i++) {
            line[i + reach] = image[first + Math.clamp(i, 0, length - 1) * stride];
        }
        for (int i = 0; i < length; i++) {
            double sum = weight[0] * line[i + reach];
            for (int n = 1; n <= reach; n++) {
                sum += weight[n] * (line[i + reach - n] + line[i + reach + n]);
            }
            image[first + i * stride] = sum;
        }
    }
}
