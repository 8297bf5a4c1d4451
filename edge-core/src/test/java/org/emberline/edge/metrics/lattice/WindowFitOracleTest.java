package org.emberline.edge.metrics.lattice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer.Optimum;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.linear.DiagonalMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One window against the Levenberg-Marquardt of Commons Math, with a model written anew here and derivatives by differences. */
class WindowFitOracleTest {
    private static final double BIN = 0.005;
    private static final int BINS = 44;
    private static final double FROM = 4.24;

    private final double[] x = new double[BINS];
    private final double[] y = new double[BINS];
    private final double[] variance = new double[BINS];

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesOnOnePeak(long seed) {
        check(new double[] {22, -1.5, 0.021, 0.45, 6.0, 4.3507}, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7, 8})
    void agreesOnTwoOverlappingPeaks(long seed) {
        check(new double[] {25, 2, 0.022, 0.55, 4.0, 4.3263, 5.0, 4.3621}, seed);
    }

    @Test
    void countsNoBinsNoFit() {
        WindowFit fit = new WindowFit(BINS, BIN);
        fit.begin(1, 2);
        fit.addPeak(1.5, true);
        assertTrue(!fit.fit(0.02, 0.5, true, 1e-9));
    }

    private void check(double[] truth, long seed) {
        fill(truth, seed);
        WindowFit fit = new WindowFit(BINS, BIN);
        double to = FROM + BINS * BIN;
        fit.begin(FROM, to);
        for (int i = 0; i < BINS; i++) {
            fit.addBin(x[i], y[i], variance[i]);
        }
        int peaks = (truth.length - 4) / 2;
        for (int k = 0; k < peaks; k++) {
            fit.addPeak(truth[5 + 2 * k] + 0.004, true);
        }
        assertTrue(fit.fit(0.03, 0.3, true, 1e-13));

        Optimum oracle = oracle(truth);
        double chiSquare = oracle.getCost() * oracle.getCost();
        double inflation = Math.max(1, chiSquare / (BINS - truth.length));
        double[] best = oracle.getPoint().toArray();
        double[][] covariance = oracle.getCovariances(1e-14).getData();
        assertRelative(chiSquare, fit.chiSquare());
        assertRelative(best[0], fit.level());
        assertRelative(best[2], fit.width());
        assertRelative(best[3], fit.eta());
        for (int k = 0; k < peaks; k++) {
            assertRelative(best[4 + 2 * k], fit.area(k));
            assertRelative(best[5 + 2 * k], fit.position(k));
            assertRelative(Math.sqrt(inflation * covariance[4 + 2 * k][4 + 2 * k]), fit.areaSigma(k));
            assertRelative(Math.sqrt(inflation * covariance[5 + 2 * k][5 + 2 * k]), fit.positionSigma(k));
        }
    }

    private static void assertRelative(double expected, double actual) {
        assertEquals(expected, actual, 1e-6 * Math.abs(expected));
    }

    private void fill(double[] truth, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < BINS; i++) {
            x[i] = FROM + (i + 0.5) * BIN;
            double pixels = 1500;
            double counts = PowderRings.poisson(pixels * model(truth, x[i]), random);
            y[i] = counts / pixels;
            variance[i] = counts / (pixels * pixels);
        }
    }

    private Optimum oracle(double[] start) {
        double[] weights = new double[BINS];
        for (int i = 0; i < BINS; i++) {
            weights[i] = 1 / variance[i];
        }
        return new LevenbergMarquardtOptimizer()
                .withCostRelativeTolerance(1e-15)
                .withParameterRelativeTolerance(1e-13)
                .withOrthoTolerance(1e-15)
                .optimize(new LeastSquaresBuilder()
                        .start(start)
                        .model(this::models, this::jacobian)
                        .target(y)
                        .weight(new DiagonalMatrix(weights))
                        .maxEvaluations(1000)
                        .maxIterations(1000)
                        .build());
    }

    private double[] models(double[] p) {
        double[] values = new double[BINS];
        for (int i = 0; i < BINS; i++) {
            values[i] = model(p, x[i]);
        }
        return values;
    }

    /** Derivatives by five-point differences. */
    private double[][] jacobian(double[] p) {
        double[][] rows = new double[BINS][p.length];
        for (int j = 0; j < p.length; j++) {
            double h = 1e-3 * (j >= 5 && j % 2 == 1 ? 0.02 : Math.max(0.01, Math.abs(p[j])));
            for (int i = 0; i < BINS; i++) {
                rows[i][j] = (8 * (shifted(p, j, h, x[i]) - shifted(p, j, -h, x[i]))
                                - (shifted(p, j, 2 * h, x[i]) - shifted(p, j, -2 * h, x[i])))
                        / (12 * h);
            }
        }
        return rows;
    }

    private static double shifted(double[] p, int j, double h, double at) {
        double[] moved = p.clone();
        moved[j] += h;
        return model(moved, at);
    }

    /** Level and slope over the half window, width, Lorentzian share, then area and position of each peak; mean over the bin. */
    private static double model(double[] p, double at) {
        double half = 0.5 * BINS * BIN;
        double sum = p[0] + p[1] * (at - FROM - half) / half;
        double d = 0.5 * Math.sqrt(0.6) * BIN;
        for (int j = 4; j < p.length; j += 2) {
            double mean =
                    (5 * unit(at - d - p[j + 1], p) + 8 * unit(at - p[j + 1], p) + 5 * unit(at + d - p[j + 1], p)) / 18;
            sum += p[j] * mean;
        }
        return sum;
    }

    private static double unit(double offset, double[] p) {
        double s = p[2] / (2 * Math.sqrt(2 * Math.log(2)));
        double gauss = Math.exp(-offset * offset / (2 * s * s)) / (s * Math.sqrt(2 * Math.PI));
        double g = p[2] / 2;
        double lorentz = g / Math.PI / (offset * offset + g * g);
        return p[3] * lorentz + (1 - p[3]) * gauss;
    }
}
