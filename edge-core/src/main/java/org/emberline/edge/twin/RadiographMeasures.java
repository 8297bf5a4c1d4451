package org.emberline.edge.twin;

import java.util.Arrays;

/** Measures a shadow without noise. One thread. */
final class RadiographMeasures {
    /** Thinner than this a pixel does not count as covered. */
    static final double LEAST_MICROMETRES = 0.02;

    private static final double INNER = 0.8;

    private final double[] first;
    private final double[] fluctuation;

    /** @param sample frame 0, upright and in the middle */
    RadiographMeasures(ProjectedSample sample) {
        first = sample.oxide().clone();
        fluctuation = new double[first.length];
    }

    /** Needs the sample upright and in the middle. */
    RadiographTruth.Sample shape(Agglomerate agglomerate, ProjectedSample sample) {
        double envelope = agglomerate.grains().envelope();
        double number = 0;
        double sum = 0;
        double weighted = 0;
        double volumes = 0;
        for (double volume : sample.grainMicrometres3()) {
            if (volume > 0) {
                double diameter = Math.cbrt(6 * volume / Math.PI);
                number++;
                sum += diameter;
                volumes += volume;
                weighted += volume * diameter;
            }
        }
        double radius =
                Math.sqrt(ConvexSilhouette.areaPixels(sample.oxide(), sample.columns(), LEAST_MICROMETRES) / Math.PI)
                        * sample.pixelMicrometres();
        return new RadiographTruth.Sample(
                1 - volumes / ball(envelope),
                1 - volumes / ball(radius),
                envelope,
                (int) number,
                sum / number,
                weighted / volumes,
                halfCorrelation(sample, envelope),
                sample.wettedShare());
    }

    private static double ball(double radius) {
        return 4 * Math.PI / 3 * radius * radius * radius;
    }

    RadiographTruth.Mass mass(ProjectedSample sample) {
        double area = sample.pixelMicrometres() * sample.pixelMicrometres();
        double oxide = Arrays.stream(sample.oxide()).sum() * area * Absorption.OXIDE_GRAMS_PER_CM3;
        // um2 x ug/cm2 = 1e-14 g
        double barium = Arrays.stream(sample.barium()).sum() * area * 1e-2;
        return new RadiographTruth.Mass(oxide, barium, sample.correction());
    }

    double movedFraction(ProjectedSample sample) {
        double[] now = sample.oxide();
        double moved = 0;
        double whole = 0;
        for (int i = 0; i < now.length; i++) {
            moved += Math.abs(now[i] - first[i]);
            whole += first[i];
        }
        return moved / (2 * whole);
    }

    private double halfCorrelation(ProjectedSample sample, double envelope) {
        detrend(sample, envelope);
        int columns = sample.columns();
        int most = (int) (envelope / sample.pixelMicrometres());
        double sum = crossing(columns, 1, 0, most)
                + crossing(columns, 0, 1, most)
                + Math.sqrt(2) * (crossing(columns, 1, 1, most) + crossing(columns, -1, 1, most));
        return sum / 4 * sample.pixelMicrometres();
    }

    /** Thickness less that of an even ball of the same mass; NaN outside the inner part. */
    private void detrend(ProjectedSample sample, double envelope) {
        double pixel = sample.pixelMicrometres();
        int columns = sample.columns();
        double[] oxide = sample.oxide();
        double thickness = 0;
        double chords = 0;
        for (int i = 0; i < oxide.length; i++) {
            double chord = chord(i, columns, sample.rows(), pixel, envelope);
            fluctuation[i] = chord;
            if (chord > 0) {
                thickness += oxide[i];
                chords += chord;
            }
        }
        double shortest = 2 * envelope * Math.sqrt(1 - INNER * INNER);
        for (int i = 0; i < oxide.length; i++) {
            double chord = fluctuation[i];
            fluctuation[i] = chord > shortest ? oxide[i] - thickness / chords * chord : Double.NaN;
        }
    }

    private static double chord(int i, int columns, int rows, double pixel, double envelope) {
        double x = (i % columns + 0.5 - columns / 2.0) * pixel;
        int row = i / columns;
        double y = (row + 0.5 - rows / 2.0) * pixel;
        double square = envelope * envelope - x * x - y * y;
        return square > 0 ? 2 * Math.sqrt(square) : 0;
    }

    /** Steps along (right, down) until the correlation crosses a half, between two steps by a straight line. */
    private double crossing(int columns, int right, int down, int most) {
        double variance = product(columns, 0, 0);
        double before = 1;
        for (int step = 1; step < most; step++) {
            double now = product(columns, right * step, down * step) / variance;
            if (now < 0.5) {
                return step - 1 + (before - 0.5) / (before - now);
            }
            before = now;
        }
        return Double.NaN;
    }

    private double product(int columns, int right, int down) {
        int rows = fluctuation.length / columns;
        double sum = 0;
        int pairs = 0;
        for (int row = 0; row + down < rows; row++) {
            for (int column = Math.max(0, -right); column < columns - Math.max(0, right); column++) {
                int i = row * columns + column;
                double value = fluctuation[i] * fluctuation[i + down * columns + right];
                if (!Double.isNaN(value)) {
                    sum += value;
                    pairs++;
                }
            }
        }
        return pairs > 0 ? sum / pairs : Double.NaN;
    }
}
