package org.emberline.edge.sync;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.TemperatureMethod;

/**
 * The temperature of one exposure from the record of one channel; reused from frame to frame by one thread, and allocates nothing.
 *
 * <p>The thermocouple is a first-order lag behind the sample, {@code T_s = T_tc + tau dT_tc/dt}. Its mean over an exposure [a, b] is
 * therefore {@code mean(T_tc) + tau (T_tc(b) - T_tc(a)) / (b - a)} whatever the temperature does, kinks included. The quotient is taken
 * between the means over windows on both sides instead of the two noisy ends, see {@link RecordWindows}; what that costs where the record
 * bends is part of sigma. See docs/synchronisation.md.
 */
public final class ExposureMean {
    /** {@link FrameFlag} bits; with STALE or FAULT among them there is no value. */
    public long flags;
    /** How the value came about. */
    public TemperatureMethod method = TemperatureMethod.NONE;
    /** Mean of the sample over the exposure before any offset, degrees Celsius; NaN when the flags say why. */
    public double celsius;
    /** Its standard uncertainty from noise, interpolation, lag and steps, kelvin; NaN with it. */
    public double sigma;
    /** Least and greatest of the record within the exposure, moved to the sample like the mean; NaN with it. */
    public double least;

    public double greatest;
    /** dT/dt at the exposure, K/s; NaN where it takes more readings than there are. */
    public double rate;
    /** Readings with a share in the time-mean. */
    public int readings;
    /** Longest time between two of them, ns. */
    public long largestGapNanos;

    private static final double NANOS = 1e9;
    /** Readings looked at on either side of the exposure at most: a fast channel is looked at in strides. */
    private static final int LOOKED_AT = 12;
    /** A temperature that may have changed by so much in a gap is not for kinetics, K. */
    private static final double KINETICS_KELVIN = 0.5;
    /** Standard deviations by which a rate must stand out of its noise to count. */
    private static final double CLEAR = 2;

    private final RecordWindows windows = new RecordWindows();
    private final GapError gaps = new GapError();

    private long start;
    private long stop;
    private long first;
    private long last;
    private long jump;
    private long left;
    private long right;
    private long stride;
    private double stepSize;

    /**
     * How a channel is to be read.
     *
     * @param windowNanos how far the record on either side of an exposure is used for its slope
     * @param lagNanos the thermocouple's first-order time constant
     * @param lagSigmaNanos its standard uncertainty
     * @param maxGapNanos longest time between two readings that is bridged by a straight line
     */
    public record Reading(long windowNanos, long lagNanos, long lagSigmaNanos, long maxGapNanos) {

        /** The window that weighs noise against curvature best in simulation: 0.7 lags, but two reading periods at least. */
        public static long window(long lagNanos, long periodNanos) {
            return Math.max(lagNanos * 7 / 10, 2 * periodNanos);
        }
    }

    /**
     * Reads the temperature of an exposure.
     *
     * @param startNanos exposure begin
     * @param stopNanos exposure end, not before the begin; equal to it for an instant
     */
    public void take(TemperatureTimeline record, long startNanos, long stopNanos, Reading how) {
        start = startNanos;
        stop = stopNanos;
        clear();
        long end = record.end();
        long oldest = record.oldest(end);
        first = record.lastUntil(start, oldest, end);
        if (first < 0) {
            refuse(FrameFlag.TEMPERATURE_STALE);
            return;
        }
        if (walk(record, end, how)) {
            long window = Math.max(how.windowNanos, 2 * record.periodNanos(last));
            widen(record, oldest, end, window);
            gather(record, window, how);
        }
        if (!record.intact(left)) {
            clear();
            refuse(FrameFlag.TEMPERATURE_STALE);
        }
    }

    private void clear() {
        flags = 0;
        method = TemperatureMethod.NONE;
        celsius = Double.NaN;
        sigma = Double.NaN;
        least = Double.NaN;
        greatest = Double.NaN;
        rate = Double.NaN;
        readings = 0;
        largestGapNanos = 0;
        left = Long.MAX_VALUE;
    }

    private void refuse(FrameFlag why) {
        clear();
        flags = why.bit();
    }

    /** Goes through the readings of the exposure and the one after it; false where there is no value. */
    private boolean walk(TemperatureTimeline record, long end, Reading how) {
        left = first;
        last = first;
        jump = -1;
        if (Double.isNaN(record.celsius(first))) {
            refuseAt(first, FrameFlag.TEMPERATURE_FAULT);
            return false;
        }
        while (record.nanos(last) < stop && last + 1 < end) {
            long next = last + 1;
            if (Double.isNaN(record.celsius(next))) {
                refuseAt(first, FrameFlag.TEMPERATURE_FAULT);
                return false;
            }
            long gap = record.nanos(next) - record.nanos(last);
            if (gap > how.maxGapNanos) {
                refuseAt(first, FrameFlag.TEMPERATURE_STALE);
                return false;
            }
            largestGapNanos = Math.max(largestGapNanos, gap);
            if (jump < 0 && record.offset(next) != record.offset(last)) {
                jump = next;
            }
            last = next;
        }
        long missing = stop - record.nanos(last);
        if (missing > 0) {
            if (missing > record.periodNanos(last)) {
                refuseAt(first, FrameFlag.TEMPERATURE_STALE);
                return false;
            }
            largestGapNanos = Math.max(largestGapNanos, missing);
            flags |= FrameFlag.TEMPERATURE_EXTRAPOLATED.bit();
        }
        return true;
    }

    private void refuseAt(long looked, FrameFlag why) {
        refuse(why);
        left = looked;
    }

    /** Finds how far the record goes on on both sides without a fault, a gap or a jump. */
    private void widen(TemperatureTimeline record, long oldest, long end, long window) {
        long period = record.periodNanos(last);
        stride = period == 0 ? 1 : Math.max(1, window / period / LOOKED_AT);
        left = first;
        right = jump < 0 ? last : jump - 1;
        long from = start - window;
        while (record.nanos(left) > from && left - stride >= oldest && left - stride >= record.runStart(left)) {
            left -= stride;
        }
        long until = jump < 0 ? stop + window : Long.MIN_VALUE;
        while (record.nanos(right) < until && right + stride < end && record.runStart(right + stride) <= right) {
            right += stride;
        }
    }

    private void gather(TemperatureTimeline record, long window, Reading how) {
        double length = seconds(stop);
        double until = Math.min(length, seconds(record.nanos(last)));
        double begin = Math.min(0, until);
        double shown = record.shownVariance(right);
        double lag = how.lagNanos / NANOS;
        // The mean of what the record has, and then along the slope to the middle of the exposure.
        double lead = lag + (length - begin - until) / 2;
        windows.begin(begin, until, shown);
        double lo = Math.max(seconds(record.nanos(left)), -window / NANOS);
        double hi = Math.min(seconds(record.nanos(right)), length + window / NANOS);
        if (right > left && hi > lo) {
            windows.slopeOver(lo, hi, 2 * window / NANOS, lead);
        } else if (lag > 0) {
            refuseAt(left, FrameFlag.TEMPERATURE_STALE);
            return;
        }
        gaps.begin(begin, until, record.gusty(right), record.smooth(right));
        pieces(record);
        if (until < length) {
            gaps.beyond(length - until, Math.min(1, (length - until) / Math.max(length, 1e-9)));
        }
        finish(record, lead, how);
    }

    private void pieces(TemperatureTimeline record) {
        long far = Math.max(right, last);
        long index = left;
        double time = seconds(record.nanos(index));
        // Against a reading of the record: what is constant then stays so to the last digit.
        double reference = record.celsius(first);
        double value = record.celsius(index) - reference;
        least = Double.POSITIVE_INFINITY;
        greatest = Double.NEGATIVE_INFINITY;
        long found = 0;
        double step = 0;
        while (index < far) {
            // In strides up to the exposure and after it, reading by reading in it.
            long next = index < first || index >= last ? index + stride : index + 1;
            double nextTime = seconds(record.nanos(next));
            double nextValue = record.celsius(next) - reference;
            windows.piece(time, nextTime, value, nextValue, record.statedVariance(index));
            found |= record.flags(index);
            if (index >= first && index < last) {
                step = Math.max(step, Math.abs(record.offset(next)));
                gaps.piece(time, nextTime);
                bounds(time, nextTime, value, nextValue);
            }
            index = next;
            time = nextTime;
            value = nextValue;
        }
        windows.last(time, value, record.statedVariance(index));
        found |= record.flags(index);
        flags |= found;
        stepSize = Math.max(step, Math.abs(record.offset(first)));
        if (last == first) {
            bounds(0, 1, 0, 0);
        }
    }

    private void bounds(double t0, double t1, double c0, double c1) {
        double length = seconds(stop);
        double slope = (c1 - c0) / (t1 - t0);
        double a = c0 + slope * (Math.max(t0, Math.min(0, t1)) - t0);
        double b = c0 + slope * (Math.max(t0, Math.min(length, t1)) - t0);
        least = Math.min(least, Math.min(a, b));
        greatest = Math.max(greatest, Math.max(a, b));
    }

    private void finish(TemperatureTimeline record, double lead, Reading how) {
        double slope = windows.sloped() ? windows.slope() : 0;
        double moved = lead * slope;
        double reference = record.celsius(first);
        celsius = reference + (windows.mean() + moved);
        least += reference + moved;
        greatest += reference + moved;
        rate = windows.sloped() ? slope : Double.NaN;
        readings = (int) (last - first) + 1;
        method = method(record);
        double away = windows.centre() - seconds(stop) / 2;
        double curvature = windows.squaredCurvature() * (away * away + windows.span() * windows.span() / 36);
        double lagError = how.lagSigmaNanos / NANOS * slope;
        sigma = Math.sqrt(windows.variance()
                + gaps.variance()
                + lead * lead * curvature
                + lagError * lagError
                + stepSize * stepSize);
        judgeGap(record);
    }

    private TemperatureMethod method(TemperatureTimeline record) {
        if (FrameFlag.TEMPERATURE_EXTRAPOLATED.in(flags)) {
            return TemperatureMethod.EXTRAPOLATED;
        }
        boolean inside = record.nanos(first) == start || last - first > 1 || record.nanos(last) == stop;
        return inside ? TemperatureMethod.MEAN : TemperatureMethod.INTERPOLATED;
    }

    private void judgeGap(TemperatureTimeline record) {
        if (largestGapNanos > Math.max(2 * record.periodNanos(last), stop - start)) {
            flags |= FrameFlag.TEMPERATURE_INTERPOLATED.bit();
        }
        double clear = Math.abs(rate) - CLEAR * Math.sqrt(windows.slopeVariance());
        if (largestGapNanos / NANOS * clear > KINETICS_KELVIN) {
            flags |= FrameFlag.TEMPERATURE_UNSYNCHRONISED.bit();
        }
    }

    private double seconds(long nanos) {
        return (nanos - start) / NANOS;
    }
}
