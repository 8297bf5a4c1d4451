package org.emberline.edge.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * When a temperature passes a level, to the nanosecond: a scan in equal steps, then bisection in the step that holds the passage. Two
 * passages within one step (a 16384th of the run) are missed. Immutable; times are nanoseconds from the start of the run.
 */
final class Crossings {
    private static final int STEPS = 16_384;

    private final DoubleUnaryOperator celsius;
    private final long runNanos;
    private final double[] scanned = new double[STEPS + 1];

    /** @param celsius temperature at so many seconds from the start of the run */
    Crossings(DoubleUnaryOperator celsius, double runSeconds) {
        this.celsius = celsius;
        runNanos = Math.round(runSeconds * 1e9);
        for (int i = 0; i <= STEPS; i++) {
            scanned[i] = at(time(i));
        }
    }

    /** First time at which the temperature has come up to the level; -1 when it begins there or above, or never gets there. */
    long firstRise(double level) {
        for (int i = 0; i < STEPS; i++) {
            if (scanned[i] >= level) {
                return -1;
            }
            if (scanned[i + 1] >= level) {
                return passage(i, level);
            }
        }
        return -1;
    }

    /** Begin, end, begin, end ... of the times at or above the level; the last end is the end of the run where it is still above. */
    long[] spansAbove(double level) {
        List<Long> ends = new ArrayList<>();
        if (scanned[0] >= level) {
            ends.add(0L);
        }
        for (int i = 0; i < STEPS; i++) {
            if (scanned[i] >= level != scanned[i + 1] >= level) {
                ends.add(passage(i, level));
            }
        }
        if (ends.size() % 2 == 1) {
            ends.add(runNanos);
        }
        return ends.stream().mapToLong(Long::longValue).toArray();
    }

    /** Highest scanned temperature. */
    double most() {
        double most = scanned[0];
        for (double value : scanned) {
            most = Math.max(most, value);
        }
        return most;
    }

    /** Temperature at the start. */
    double first() {
        return scanned[0];
    }

    /** The first nanosecond of step i that is on the same side of the level as the step's end. */
    private long passage(int i, double level) {
        boolean after = scanned[i + 1] >= level;
        long low = time(i);
        long high = time(i + 1);
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (at(middle) >= level == after) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private long time(int i) {
        return Math.round((double) runNanos * i / STEPS);
    }

    private double at(long nanos) {
        return celsius.applyAsDouble(nanos / 1e9);
    }
}
