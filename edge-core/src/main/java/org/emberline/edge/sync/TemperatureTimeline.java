package org.emberline.edge.sync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.firmware.ThermocoupleReading;

/**
 * The last readings of one channel: one thread at a time appends, others ask for means. Lock-free; neither side allocates. When the
 * writer laps a reader the oldest readings are gone, and a question about their time is answered with
 * {@link FrameFlag#TEMPERATURE_STALE}.
 */
public final class TemperatureTimeline {
    private static final VarHandle WRITTEN;

    static {
        try {
            WRITTEN = MethodHandles.lookup().findVarHandle(TemperatureTimeline.class, "written", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int capacity;
    private final long[] times;
    private final double[] celsius;
    private final double[] sigmas;

    @SuppressWarnings("UnusedVariable") // through WRITTEN
    private long written;

    /** @param capacity readings kept; must span the longest exposure and the frames in flight */
    public TemperatureTimeline(int capacity) {
        this.capacity = capacity;
        times = new long[capacity];
        celsius = new double[capacity];
        sigmas = new double[capacity];
    }

    /** Appends a reading; a fault is kept as a hole in time. One thread at a time, each seeing what the one before did. */
    public void append(ThermocoupleReading reading) {
        long index = (long) WRITTEN.get(this);
        int at = (int) (index % capacity);
        times[at] = reading.timestampNanos();
        switch (reading) {
            case ThermocoupleReading.Temperature temperature -> {
                celsius[at] = temperature.hotJunctionCelsius();
                sigmas[at] = temperature.sigmaCelsius();
            }
            case ThermocoupleReading.Fault _ -> celsius[at] = Double.NaN;
        }
        WRITTEN.setRelease(this, index + 1);
    }

    /**
     * The time-mean of the piecewise-linear record over an exposure, with the standard uncertainty that follows from the noise of the
     * readings: the mean is a weighted sum of readings, so its variance is the sum of squared weights times their variances.
     *
     * @param startNanos exposure begin
     * @param stopNanos exposure end, not before the begin; equal to it for the temperature of an instant
     * @param maxGapNanos longest time between two readings that is still bridged by a straight line
     * @param into overwritten
     */
    public void mean(long startNanos, long stopNanos, long maxGapNanos, ExposureMean into) {
        long end = (long) WRITTEN.getAcquire(this);
        // One reading less than the capacity: the writer may be overwriting the oldest right now.
        long oldest = Math.max(0, end - capacity + 1);
        into.begin(startNanos, stopNanos);
        if (end == oldest || times[at(oldest)] > startNanos) {
            into.flags = FrameFlag.TEMPERATURE_STALE.bit();
            return;
        }
        long first = end - 1;
        while (times[at(first)] > startNanos) {
            first--;
        }
        integrate(first, end, stopNanos, maxGapNanos, into);
        long lapped = (long) WRITTEN.getAcquire(this) - capacity;
        if (lapped >= first) {
            into.begin(startNanos, stopNanos);
            into.flags = FrameFlag.TEMPERATURE_STALE.bit();
        }
    }

    private void integrate(long first, long end, long stop, long maxGap, ExposureMean into) {
        long index = first;
        while (true) {
            int left = at(index);
            if (Double.isNaN(celsius[left])) {
                into.flags |= FrameFlag.TEMPERATURE_FAULT.bit();
                return;
            }
            if (index + 1 == end) {
                holdLast(left, first == index ? maxGap : times[left] - times[at(index - 1)], stop, into);
                return;
            }
            int right = at(index + 1);
            if (Double.isNaN(celsius[right])) {
                into.flags |= FrameFlag.TEMPERATURE_FAULT.bit();
                return;
            }
            if (times[right] - times[left] > maxGap) {
                into.flags |= FrameFlag.TEMPERATURE_STALE.bit();
                return;
            }
            if (times[right] > times[left]) {
                into.segment(times[left], times[right], celsius[left], celsius[right], sigmas[left], sigmas[right]);
            }
            if (times[right] >= stop) {
                into.finish();
                return;
            }
            index++;
        }
    }

    /** The exposure outlasts the record: the last value stands for at most one more reading period, and the frame says so. */
    private void holdLast(int last, long period, long stop, ExposureMean into) {
        if (stop - times[last] > period) {
            into.flags |= FrameFlag.TEMPERATURE_STALE.bit();
            return;
        }
        if (stop > times[last]) {
            into.flags |= FrameFlag.TEMPERATURE_EXTRAPOLATED.bit();
        }
        long until = Math.max(stop, times[last] + 1);
        into.segment(times[last], until, celsius[last], celsius[last], sigmas[last], 0);
        into.finish();
    }

    private int at(long index) {
        return (int) (index % capacity);
    }
}
