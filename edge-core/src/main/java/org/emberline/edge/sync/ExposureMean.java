package org.emberline.edge.sync;

import org.emberline.edge.frame.FrameFlag;

/**
 * Accumulates the time-mean of a piecewise-linear record segment by segment; reused from frame to frame. With the weights
 * {@code w_i} that the trapezoids give to the readings, mean = sum(w_i T_i) and variance = sum(w_i^2 sigma_i^2).
 */
public final class ExposureMean {
    /** {@link FrameFlag} bits; with STALE or FAULT among them there is no value. */
    public long flags;

    private long start;
    private long stop;
    private double sum;
    private double variance;
    private double pendingWeight;
    private double pendingSigma;
    private double value;
    private double sigma;

    /** Mean over the exposure, degrees Celsius; NaN when the flags say why. */
    public double celsius() {
        return value;
    }

    /** Its standard uncertainty from the readings' noise alone, kelvin; NaN with it. */
    public double sigma() {
        return sigma;
    }

    /** Forgets everything and takes the exposure to average over; one of no length asks for the value at an instant. */
    void begin(long newStart, long newStop) {
        start = newStart;
        stop = newStop;
        flags = 0;
        sum = 0;
        variance = 0;
        pendingWeight = 0;
        pendingSigma = 0;
        value = Double.NaN;
        sigma = Double.NaN;
    }

    /** Adds the part of the straight line from reading 0 to reading 1 that lies in the exposure. */
    void segment(long t0, long t1, double c0, double c1, double s0, double s1) {
        long from = Math.max(t0, start);
        long to = Math.min(t1, stop);
        double length = t1 - t0;
        double u = (from - t0) / length;
        double v = (to - t0) / length;
        // An exposure of no length is the value at an instant: the weight 1 stands for its duration.
        double duration = stop == start ? 1 : to - from;
        double weight1 = duration * (u + v) / 2;
        double weight0 = duration - weight1;
        sum += weight0 * c0 + weight1 * c1;
        double shared = pendingWeight + weight0;
        variance += shared * shared * s0 * s0;
        pendingWeight = weight1;
        pendingSigma = s1;
    }

    void finish() {
        double duration = Math.max(1, stop - start);
        variance += pendingWeight * pendingWeight * pendingSigma * pendingSigma;
        value = sum / duration;
        sigma = Math.sqrt(variance) / duration;
    }
}
