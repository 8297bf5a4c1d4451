package org.emberline.edge.twin;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The states of a sample on a grid of times that follows from the chemistry and the temperature alone. Every step is made once as a
 * whole and once as two halves. Three differences decide on it, the first two against the size of the number plus {@link #FLOOR}:
 *
 * <ul>
 *   <li>whole against halves, the error of the step, at most {@code tolerance}
 *   <li>the middle against the straight line between the ends, the error of interpolating, at most ten times that
 *   <li>the temperature against its own straight line, so that jumps and corners fall between short steps
 * </ul>
 *
 * <p>A refused step is made again shorter, an accepted one keeps its halves. No step is longer than the limit, so that a change of
 * the temperature between the places where it is asked, a quarter of a step apart, is not overlooked.
 */
final class Integration {
    /** Below this a number is held to an absolute error: shares of 1, (D/D0)^n that begin at 1. */
    private static final double FLOOR = 1e-2;
    /** A jump of the temperature is passed in steps of this length. */
    private static final double SHORTEST_SECONDS = 1e-5;

    /** A hundredth of a kelvin off the straight line at the standard tolerance. */
    private static final double BENT_KELVIN_PER_TOLERANCE = 1e6;

    static final double COLDEST_CELSIUS = -200;

    private final Kinetics kinetics;
    private final DoubleUnaryOperator celsius;
    private final Accuracy accuracy;
    private final double[] halves = new double[Kinetics.STATES];
    private final double[] middle = new double[Kinetics.STATES];
    private final double[] whole = new double[Kinetics.STATES];
    private double[] times = new double[1024];
    private double[] states = new double[times.length * Kinetics.STATES];
    private int points;

    /**
     * How fine the grid is.
     *
     * @param tolerance of one step, relative
     */
    record Accuracy(double longestSeconds, double tolerance) {

        /** At least a thousand steps, and none longer than 2 s unless the run takes more than 2 days. */
        static Accuracy standard(double duration) {
            return new Accuracy(Math.max(Math.min(2, duration / 1_000), duration / 100_000), 1e-8);
        }

        Accuracy halved() {
            return new Accuracy(longestSeconds / 2, tolerance / 8);
        }
    }

    Integration(Kinetics kinetics, DoubleUnaryOperator celsius, double duration, Accuracy accuracy) {
        this.kinetics = kinetics;
        this.celsius = celsius;
        this.accuracy = accuracy;
        integrate(duration);
    }

    private void integrate(double duration) {
        double[] state = kinetics.initial();
        keep(0, state);
        double time = 0;
        double length = accuracy.longestSeconds();
        while (time < duration) {
            length = Math.min(length, accuracy.longestSeconds());
            // A remainder that would be a sliver is part of the last step.
            double step = duration - time < length * 1.001 ? duration - time : length;
            double error = attempt(state, time, step);
            if (error <= 1 || step <= SHORTEST_SECONDS) {
                time = step == duration - time ? duration : time + step;
                System.arraycopy(halves, 0, state, 0, state.length);
                keep(time, state);
            }
            // Between the orders of the two errors; the root of a whole order more would only swing more.
            double change = 0.9 / Math.sqrt(Math.max(error, 1e-12));
            length = Math.max(SHORTEST_SECONDS, step * Math.clamp(change, 0.1, 3));
        }
    }

    /** Makes a step as a whole and as halves; returns the larger error in units of what is allowed. */
    private double attempt(double[] state, double time, double step) {
        double t0 = kelvin(time);
        double t1 = kelvin(time + step / 4);
        double t2 = kelvin(time + step / 2);
        double t3 = kelvin(time + step * 3 / 4);
        double t4 = kelvin(time + step);
        System.arraycopy(state, 0, whole, 0, state.length);
        kinetics.step(whole, t0, t2, t4, step);
        System.arraycopy(state, 0, halves, 0, state.length);
        kinetics.step(halves, t0, t1, t2, step / 2);
        System.arraycopy(halves, 0, middle, 0, state.length);
        kinetics.step(halves, t2, t3, t4, step / 2);
        double bends = Math.max(Math.abs(t2 - (t0 + t4) / 2), Math.abs(t1 + t3 - t0 - t4));
        double worst = bends / BENT_KELVIN_PER_TOLERANCE;
        for (int i = 0; i < state.length; i++) {
            double size = Math.abs(halves[i]) + FLOOR;
            double wrong = Math.abs(halves[i] - whole[i]) / size;
            double bent = Math.abs(middle[i] - (state[i] + halves[i]) / 2) / size;
            worst = Math.max(worst, Math.max(wrong, bent / 10));
        }
        return worst / accuracy.tolerance();
    }

    private double kelvin(double seconds) {
        double value = celsius.applyAsDouble(seconds);
        if (!(value >= COLDEST_CELSIUS && value <= ChemistrySettings.HIGHEST_CELSIUS)) {
            throw new IllegalArgumentException("sample temperature celsius=" + value + " at seconds=" + seconds
                    + " must be at least " + COLDEST_CELSIUS + " and at most " + ChemistrySettings.HIGHEST_CELSIUS);
        }
        return LayeredOxide.kelvin(value);
    }

    private void keep(double time, double[] state) {
        if (points == times.length) {
            times = Arrays.copyOf(times, 2 * points);
            states = Arrays.copyOf(states, 2 * points * Kinetics.STATES);
        }
        times[points] = time;
        System.arraycopy(state, 0, states, points * Kinetics.STATES, state.length);
        points++;
    }

    /** Times of the grid, rising from 0 to the duration. */
    double[] times() {
        return Arrays.copyOf(times, points);
    }

    /** The states at those times, one behind the other. */
    double[] states() {
        return Arrays.copyOf(states, points * Kinetics.STATES);
    }
}
