package org.emberline.edge.metrics.diffraction;

/** A property of the sample as the frame that knew it best has it. One thread. */
final class Remembered {
    /** Sigmas of contradiction after which it is forgotten. */
    private static final double CONTRADICTION = 5;

    private final double drift;
    private double value = Double.NaN;
    private double sigma = Double.POSITIVE_INFINITY;

    /** @param drift by how much it may change in a run */
    Remembered(double drift) {
        this.drift = drift;
    }

    /** What a frame says by itself; NaN for nothing. */
    void see(double newValue, double newSigma) {
        if (!Double.isFinite(newValue) || !Double.isFinite(newSigma)) {
            return;
        }
        double apart = Math.abs(newValue - value);
        if (newSigma < sigma || apart > CONTRADICTION * Math.hypot(drift, Math.hypot(sigma, newSigma))) {
            value = newValue;
            sigma = newSigma;
        }
    }

    /** NaN before the first. */
    double value() {
        return value;
    }

    /** Within which it is to be expected. */
    double scatter() {
        return Math.hypot(sigma, drift);
    }
}
