package org.emberline.edge.app.bench;

import java.util.Arrays;

/** Times and heap allocations of one candidate, a sample a round; a sample is the mean over the frames of its round. */
final class Samples {
    private final int framesPerSample;
    private double[] nanosPerFrame = new double[64];
    private int count;
    private long bytes;

    Samples(int framesPerSample) {
        this.framesPerSample = framesPerSample;
    }

    void add(long nanos, long allocatedBytes) {
        if (count == nanosPerFrame.length) {
            nanosPerFrame = Arrays.copyOf(nanosPerFrame, 2 * count);
        }
        nanosPerFrame[count++] = (double) nanos / framesPerSample;
        bytes += allocatedBytes;
    }

    int count() {
        return count;
    }

    /** Heap memory that the calling thread took for a frame, on average over all samples. */
    double bytesPerFrame() {
        return (double) bytes / ((long) count * framesPerSample);
    }

    /** Milliseconds a frame. */
    double medianMillis() {
        return percentileMillis(50);
    }

    /** Milliseconds a frame below which so many percent of the samples lie, interpolated between neighbours. */
    double percentileMillis(double percent) {
        return percentile(Arrays.copyOf(nanosPerFrame, count), percent) / 1e6;
    }

    /** Median of the samples from {@code first} to before {@code end}, milliseconds a frame. */
    double medianMillis(int first, int end) {
        return percentile(Arrays.copyOfRange(nanosPerFrame, first, end), 50) / 1e6;
    }

    /** NaN without values. Sorts them. */
    static double percentile(double[] values, double percent) {
        if (values.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(values);
        double place = percent / 100 * (values.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, values.length - 1);
        return values[below] + (place - below) * (values[above] - values[below]);
    }
}
