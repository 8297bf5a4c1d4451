package org.emberline.edge.app;

import java.util.ArrayList;
import java.util.List;

/** What is told of darks or flats just taken: whether they are good for anything. One thread. */
final class CorrectionTotals {
    private final double saturation;
    private final List<Double> means = new ArrayList<>();
    private double squares;
    private double sum;
    private long pixels;
    private long saturated;

    CorrectionTotals(double saturation) {
        this.saturation = saturation;
    }

    /** Adds a frame; pixels that are no numbers are left out. */
    void add(float[] counts) {
        double frame = 0;
        long known = 0;
        for (float value : counts) {
            if (!Float.isNaN(value)) {
                frame += value;
                squares += (double) value * value;
                saturated += value >= saturation ? 1 : 0;
                known++;
            }
        }
        means.add(known == 0 ? Double.NaN : frame / known);
        sum += frame;
        pixels += known;
    }

    int frames() {
        return means.size();
    }

    /** Mean of all pixels of all frames, counts; NaN when none is a number. */
    double mean() {
        return sum / pixels;
    }

    /** Standard deviation of all pixels of all frames: noise and what differs over the field. */
    double deviation() {
        return Math.sqrt(Math.max(0, squares / pixels - mean() * mean()));
    }

    /** Pixels, over all frames, at saturation or above. */
    long saturated() {
        return saturated;
    }

    /** Change of the frames' mean from the first half to the second, as a share of it: beam or shutter not yet steady; 0 for one frame. */
    double change() {
        int half = means.size() / 2;
        return half == 0 ? 0 : (mean(means.size() - half, means.size()) - mean(0, half)) / mean();
    }

    private double mean(int from, int to) {
        return means.subList(from, to).stream()
                .mapToDouble(value -> value)
                .average()
                .orElse(Double.NaN);
    }
}
