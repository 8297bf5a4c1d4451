package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Graininess as an observer finds it in emitted frames: net counts of the 104 ring in azimuth bins of two degrees over those of an
 * endless powder, Poisson part removed. The theory is epsilon^2 = kappa 4 pi V / (phi V_beam m cos(theta) acceptance bin), times the
 * variance that the spots' width leaves in a bin, here integrated numerically.
 */
class RingGraininessTest {
    private static final int SIDE = 384;
    private static final int BINS = 180;
    private static final double WAVELENGTH = 0.1845;
    private static final double D_104 = 2.0372;
    private static final double SIGMA_LN_V = 0.5;
    private static final double SPOT_DEGREES = 0.5;

    private final int[] bins = new int[SIDE * SIDE];
    private final SimulationSettings.Panel geometry = RingScenario.whole(SIDE);

    RingGraininessTest() {
        double ring = 2 * Math.asin(WAVELENGTH / 2 / D_104);
        for (int i = 0; i < bins.length; i++) {
            double up = (Math.floorDiv(i, SIDE) + 0.5) * geometry.pixelMetres() - geometry.poni1Metres();
            double side = (i % SIDE + 0.5) * geometry.pixelMetres() - geometry.poni2Metres();
            double angle = Math.atan(Math.hypot(up, side) / geometry.distanceMetres());
            double turn = Math.atan2(up, side) / (2 * Math.PI) + 1;
            bins[i] = Math.abs(angle - ring) < Math.toRadians(0.15) ? (int) (turn * BINS) % BINS : -1;
        }
    }

    private static GrainSettings grains(double widthMicrometres, double rotationSeconds) {
        return new GrainSettings(0.5, widthMicrometres, 200, 500, 1e-3, SIGMA_LN_V, SPOT_DEGREES, rotationSeconds);
    }

    private static double theory(double diameter, double widthMicrometres) {
        double theta = Math.asin(WAVELENGTH / 2 / D_104);
        double bin = 2 * Math.PI / BINS;
        double volume = Math.PI / 6 * Math.pow(diameter, 3);
        double beam = widthMicrometres * 200 * 500;
        double grains = 0.5 * beam * 6 * Math.cos(theta) * 1e-3 * bin / (4 * Math.PI * volume);
        return Math.exp(SIGMA_LN_V * SIGMA_LN_V) / grains * left(360.0 / BINS);
    }

    /** Double integral over a bin of the correlation of two points under spots of a Gaussian width, over the bin's width. */
    private static double left(double bin) {
        int n = 400;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double apart = (i - j) * bin / n;
                sum += Math.exp(-apart * apart / (4 * SPOT_DEGREES * SPOT_DEGREES));
            }
        }
        return sum / (n * n) * bin / (2 * SPOT_DEGREES * Math.sqrt(Math.PI));
    }

    /** Frame after frame in one instrument; ratios of net counts to those of an endless powder. */
    private final class Observer {
        final RingPanel panel;
        final double[] powder = new double[BINS];
        final double[] background = new double[BINS];
        double poisson;

        Observer(GrainSettings grains, SampleState state) {
            panel = new RingPanel(geometry, RingScenario.beam(2e4, 50), RingScenario.bare(grains), 11);
            double[] image = new double[SIDE * SIDE];
            panel.expected(state, FrameConditions.NORMAL, false, image);
            add(image, powder);
            SampleState nothing = new SampleState(0, 27, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
            panel.expected(nothing, FrameConditions.NORMAL, false, image);
            add(image, background);
            for (int bin = 0; bin < BINS; bin++) {
                powder[bin] -= background[bin];
            }
        }

        private void add(double[] image, double[] sums) {
            for (int i = 0; i < image.length; i++) {
                if (bins[i] >= 0) {
                    sums[bins[i]] += image[i];
                }
            }
        }

        double[] frame(int number, SampleState state) {
            int[] counts = RingScenario.expose(panel, number, state, FrameConditions.NORMAL);
            double[] image = new double[counts.length];
            Arrays.setAll(image, i -> counts[i]);
            double[] gross = new double[BINS];
            add(image, gross);
            poisson = 0;
            double[] ratios = new double[BINS];
            for (int bin = 0; bin < BINS; bin++) {
                poisson += gross[bin] / (powder[bin] * powder[bin]) / BINS;
                ratios[bin] = (gross[bin] - background[bin]) / powder[bin];
            }
            return ratios;
        }
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double covariance(double[] a, double[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - meanA) * (b[i] - meanB);
        }
        return sum / (a.length - 1);
    }

    /** From 2 to 11 000 grains in a bin; the last three cases lie beyond the stored queue. Every frame has grains of its own. */
    @ParameterizedTest
    @CsvSource({"6,200", "4,200", "2,100", "1.2,200", "0.8,200", "0.5,500"})
    void graininessIsThatOfTheTheory(double diameter, double width) {
        Observer observer = new Observer(grains(width, 1), RingScenario.layered(0, 27, diameter));
        double variance = 0;
        double squares = 0;
        double intensity = 0;
        int frames = 50;
        for (int k = 0; k < frames; k++) {
            double[] ratios = observer.frame(k, RingScenario.layered(2 + 2 * k, 27, diameter));
            variance += covariance(ratios, ratios) - observer.poisson;
            squares += Math.pow(mean(ratios), 2);
            intensity += mean(ratios) / frames;
        }
        double graininess = variance / squares;
        double expected = theory(diameter, width);
        System.out.printf(
                "graininess: D %.1f um, beam %.0f um: epsilon^2 %.5g, theory %.5g, ratio %.3f; mean %.4f%n",
                diameter, width, graininess, expected, graininess / expected, intensity);
        assertEquals(1, graininess / expected, 0.05, "graininess");
        // The stored queue is one, so that its number of grains is drawn once for all frames.
        double sigma = Math.sqrt(expected / left(360.0 / BINS) / BINS);
        assertEquals(1, intensity, 2 * sigma, "mean intensity of the ring");
    }

    @Test
    void grainsThatDoNotTurnAreSeenAgainInEveryFrame() {
        double[] first = new double[0];
        Observer observer = new Observer(grains(200, 0), RingScenario.layered(0, 27, 2));
        for (int k = 0; k < 5; k++) {
            double[] ratios = observer.frame(k, RingScenario.layered(1000 * k, 27, 2));
            if (k == 0) {
                first = ratios;
            } else {
                double variance = covariance(ratios, ratios) - observer.poisson;
                assertEquals(1, covariance(first, ratios) / variance, 0.02, "frame=" + k);
            }
        }
    }

    /** Volumes grow eightfold: one grain of eight is left; what was seen before correlates with the root of that. */
    @Test
    void grownGrainsKeepTheRingsIntensityAndRememberTheirPlaces() {
        double sum = 0;
        double before = 0;
        double after = 0;
        int runs = 12;
        Observer observer = new Observer(grains(200, 1), RingScenario.layered(0, 27, 1.2));
        Observer grownObserver = new Observer(grains(200, 1), RingScenario.layered(0, 27, 2.4));
        for (int run = 0; run < runs; run++) {
            double[] fine = observer.frame(0, RingScenario.layered(2 * run, 27, 1.2));
            double[] grown = grownObserver.frame(1, RingScenario.layered(2 * run, 27, 2.4));
            double fineVariance = covariance(fine, fine) - observer.poisson;
            double grownVariance = covariance(grown, grown) - grownObserver.poisson;
            sum += covariance(fine, grown) / Math.sqrt(fineVariance * grownVariance) / runs;
            before += mean(fine) / runs;
            after += mean(grown) / runs;
        }
        System.out.printf("growth by 8: correlation %.3f, intensities %.4f and %.4f%n", sum, before, after);
        assertEquals(Math.sqrt(1 / 8.0), sum, 4 / Math.sqrt(BINS * runs));
        double sigma = Math.sqrt(theory(2.4, 200) / left(360.0 / BINS) / BINS / runs);
        assertEquals(before, after, 4 * sigma);
    }

    @Test
    void theTruthOfAFrameIsWhatItShows() {
        SampleState state = RingScenario.layered(0, 27, 3);
        Observer observer = new Observer(grains(200, 0), state);
        double[] ratios = observer.frame(0, state);
        RingTruth.Ring truth = observer.panel.truth(state, FrameConditions.NORMAL).rings().stream()
                .filter(ring -> ring.h() == 1 && ring.k() == 0 && ring.l() == 4)
                .findFirst()
                .orElseThrow();
        assertEquals(mean(ratios), truth.realisedMean(), 0.01);
        // The truth is of bins half as wide: what the spots' width leaves of their variance differs.
        double seen = (covariance(ratios, ratios) - observer.poisson) / Math.pow(mean(ratios), 2);
        double wide = left(2);
        double narrow = left(1) * 2;
        assertEquals(theory(3, 200) * narrow / wide, truth.graininess(), 1e-3 * truth.graininess());
        assertEquals(seen * narrow / wide, truth.realisedGraininess(), 0.1 * truth.realisedGraininess());
        assertTrue(truth.grains() > 1000 && truth.grains() < 10_000, "grains=" + truth.grains());
    }
}
