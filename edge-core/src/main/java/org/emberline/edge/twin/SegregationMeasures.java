package org.emberline.edge.twin;

import java.util.Arrays;

/** How unevenly barium is spread over the pixels of a shadow that hold oxide. Made for one shadow. */
final class SegregationMeasures {
    private static final int BOUNDARY_PIXELS = 2;
    private static final double TOP = 0.05;

    private final int rows;
    private final int columns;
    private final double[] barium;
    private final int[] label;
    private final boolean[] inside;
    private final int pixels;
    private final double mean;

    SegregationMeasures(ProjectedSample sample) {
        rows = sample.rows();
        columns = sample.columns();
        barium = sample.barium();
        label = sample.label();
        inside = new boolean[barium.length];
        double sum = 0;
        int count = 0;
        for (int i = 0; i < barium.length; i++) {
            inside[i] = sample.oxide()[i] > RadiographMeasures.LEAST_MICROMETRES;
            sum += inside[i] ? barium[i] : 0;
            count += inside[i] ? 1 : 0;
        }
        pixels = count;
        mean = sum / count;
    }

    RadiographTruth.Segregation indices() {
        if (!(mean > 0)) {
            return new RadiographTruth.Segregation(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double[] sorted = new double[pixels];
        int next = 0;
        for (int i = 0; i < barium.length; i++) {
            if (inside[i]) {
                sorted[next++] = barium[i];
            }
        }
        Arrays.sort(sorted);
        return new RadiographTruth.Segregation(
                boundaryRatio(), Math.sqrt(variance()) / mean, gini(sorted), hotSpots(sorted), moran());
    }

    private double variance() {
        double sum = 0;
        for (int i = 0; i < barium.length; i++) {
            sum += inside[i] ? (barium[i] - mean) * (barium[i] - mean) : 0;
        }
        return sum / pixels;
    }

    /** Sum over all pairs of |c_i - c_j| / (2 N^2 mean), by ranks. */
    private double gini(double[] sorted) {
        double sum = 0;
        for (int i = 0; i < sorted.length; i++) {
            sum += (2.0 * i + 1 - sorted.length) * sorted[i];
        }
        return sum / ((double) sorted.length * sorted.length * mean);
    }

    private double hotSpots(double[] sorted) {
        int top = (int) Math.round(TOP * sorted.length);
        double sum = 0;
        for (int i = sorted.length - top; i < sorted.length; i++) {
            sum += sorted[i];
        }
        return sum / (sorted.length * mean);
    }

    private double moran() {
        double products = 0;
        long pairs = 0;
        for (int i = 0; i < barium.length; i++) {
            for (int step = 0; step < 4 && inside[i]; step++) {
                // right, down left, down, down right: each pair once
                int column = i % columns + (step == 0 ? 1 : step - 2);
                int row = i / columns + (step == 0 ? 0 : 1);
                boolean valid = column >= 0 && column < columns && row < rows && inside[row * columns + column];
                if (valid) {
                    products += (barium[i] - mean) * (barium[row * columns + column] - mean);
                    pairs++;
                }
            }
        }
        return products / pairs / variance();
    }

    private double boundaryRatio() {
        double near = 0;
        double far = 0;
        int nearPixels = 0;
        for (int i = 0; i < barium.length; i++) {
            if (inside[i] && atBoundary(i)) {
                near += barium[i];
                nearPixels++;
            } else if (inside[i]) {
                far += barium[i];
            }
        }
        return near / nearPixels / (far / (pixels - nearPixels));
    }

    /** Whether another grain dominates a pixel within the boundary's width; empty pixels do not count. */
    private boolean atBoundary(int i) {
        for (int down = -BOUNDARY_PIXELS; down <= BOUNDARY_PIXELS; down++) {
            for (int right = -BOUNDARY_PIXELS; right <= BOUNDARY_PIXELS; right++) {
                int row = i / columns + down;
                int column = i % columns + right;
                boolean near = down * down + right * right <= BOUNDARY_PIXELS * BOUNDARY_PIXELS
                        && row >= 0
                        && row < rows
                        && column >= 0
                        && column < columns;
                if (near && label[row * columns + column] >= 0 && label[row * columns + column] != label[i]) {
                    return true;
                }
            }
        }
        return false;
    }
}
