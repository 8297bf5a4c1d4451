package org.emberline.gpu.cells;

import java.util.Arrays;
import org.emberline.gpu.ErrorModel;

/**
 * Uncertainties out of sums. With V1 = sum(w n), V2 = sum((w n)^2):
 *
 * <p>Poisson: variance = max(sum(w^2 r), that of one count) + sum(w^2 v); standard error = sqrt(variance) / V1.
 *
 * <p>Azimuthal: with the mean mu = (A - D) / V1, variance = sum(w^2 (s - mu n)^2) / (1 - V2 / V1^2), s being the pixel's dark-corrected
 * counts; standard error = sqrt(variance) / V1. The sum is that of pyFAI's error model "azimuthal"; the divisor, (n - 1) / n for n
 * equal pixels, takes away its bias in bins of few pixels.
 *
 * <p>Standard deviation of a pixel = standard error * V1 / sqrt(V2) in both.
 */
final class Sigmas {
    private final ErrorModel model;
    private final boolean split;

    /** @param split whether pixels are shared; otherwise one count is one count, whatever the place */
    Sigmas(ErrorModel model, boolean split) {
        this.model = model;
        this.split = split;
    }

    /** Standard errors of a row of places from {@code first} on. */
    void standardErrors(SectorSums row, Tally places, int first, double monitor, double[] into) {
        switch (model) {
            case POISSON -> {
                if (split) {
                    poisson(row, places, first, 1 / monitor, into);
                } else {
                    poissonOfWhole(row, places, first, 1 / monitor, into);
                }
            }
            case AZIMUTHAL -> azimuthal(row, places, first, 1 / monitor, into);
            case NONE -> Arrays.fill(into, first, first + row.raw.length, Double.NaN);
        }
    }

    private static void poisson(SectorSums row, Tally places, int first, double perMonitor, double[] into) {
        for (int b = 0; b < row.raw.length; b++) {
            int place = first + b;
            double variance = Math.max(row.second[b], places.oneCount[place]) + places.darkVariance[place];
            into[place] = Math.sqrt(variance) * places.inverse[place] * perMonitor;
        }
    }

    private static void poissonOfWhole(SectorSums row, Tally places, int first, double perMonitor, double[] into) {
        for (int b = 0; b < row.raw.length; b++) {
            int place = first + b;
            double variance = Math.max(row.second[b], 1) + places.darkVariance[place];
            into[place] = Math.sqrt(variance) * places.inverse[place] * perMonitor;
        }
    }

    /** Intensities and standard errors of cells whose counts are Poisson and not split, at one go: a cake's time is that of memory. */
    static void wholePoissonCells(
            double[] raw, Tally places, int first, double perMonitor, double[] intensity, double[] sigma) {
        double[] dark = places.dark;
        double[] darkVariance = places.darkVariance;
        double[] inverse = places.inverse;
        for (int b = 0; b < raw.length; b++) {
            int place = first + b;
            double scale = inverse[place] * perMonitor;
            double counts = raw[b];
            intensity[place] = (counts - dark[place]) * scale;
            sigma[place] = Math.sqrt(Math.max(counts, 1) + darkVariance[place]) * scale;
        }
    }

    private static void azimuthal(SectorSums row, Tally places, int first, double perMonitor, double[] into) {
        for (int b = 0; b < row.raw.length; b++) {
            int place = first + b;
            double inverse = places.inverse[place];
            double mean = (row.raw[b] - places.dark[place]) * inverse;
            double squares = places.normalisationSquare[place];
            double sum = row.second[b] - 2 * mean * row.cross[b] + mean * mean * squares;
            double freedom = 1 - squares * inverse * inverse;
            // Below 1e-9 there is but one pixel; rounding may leave the sum a hair below zero.
            double variance = freedom > 1e-9 ? Math.max(sum, 0) / freedom : Double.NaN;
            into[place] = Math.sqrt(variance) * inverse * perMonitor;
        }
    }

    static void deviations(Tally places, double[] standardErrors, double[] into) {
        for (int b = 0; b < into.length; b++) {
            into[b] = standardErrors[b] * places.normalisation[b] / Math.sqrt(places.normalisationSquare[b]);
        }
    }
}
