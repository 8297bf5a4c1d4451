package org.emberline.edge.acquire;

/**
 * Times of replayed frames, made from their index: frame {@code i} is exposed from {@code i * cadenceSeconds} for
 * {@code exposureSeconds} after the begin of the run.
 *
 * @param cadenceSeconds from the begin of one exposure to that of the next
 * @param exposureSeconds no longer than the cadence
 * @param startEpochNanos begin of the run and of the first exposure, nanoseconds since the Unix epoch
 */
public record ReplayTiming(double cadenceSeconds, double exposureSeconds, long startEpochNanos) {
    private static final double NANOS = 1e9;

    public ReplayTiming {
        if (!(cadenceSeconds > 0) || Double.isInfinite(cadenceSeconds)) {
            throw new IllegalArgumentException(
                    "cadence must be finite and above zero cadenceSeconds=" + cadenceSeconds);
        }
        if (!(exposureSeconds > 0) || exposureSeconds > cadenceSeconds) {
            throw new IllegalArgumentException(
                    "exposure must lie above zero and not exceed the cadence exposureSeconds=" + exposureSeconds
                            + " cadenceSeconds=" + cadenceSeconds);
        }
    }

    /** Frames exposed without a pause. */
    public static ReplayTiming continuous(double cadenceSeconds, long startEpochNanos) {
        return new ReplayTiming(cadenceSeconds, cadenceSeconds, startEpochNanos);
    }

    /** Begin of an exposure, seconds after the begin of the run. */
    public double beginSeconds(long frame) {
        return frame * cadenceSeconds;
    }

    /** End of an exposure, seconds after the begin of the run. */
    public double endSeconds(long frame) {
        return frame * cadenceSeconds + exposureSeconds;
    }

    /** A time after the begin of the run as nanoseconds since the Unix epoch, to the nearest. */
    public long epochNanos(double seconds) {
        return startEpochNanos + Math.round(seconds * NANOS);
    }

    /** Refuses a run whose end does not fit a time stamp. */
    void requireRepresentable(long frames) {
        if (startEpochNanos / NANOS + endSeconds(frames) > Long.MAX_VALUE / NANOS) {
            throw new IllegalArgumentException("the run lasts beyond the year 2262 frames=" + frames + " " + this);
        }
    }
}
