package org.emberline.edge.sync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.firmware.ThermocoupleReading;

/**
 * The last readings of one channel, each with what was known of the channel when it came: one thread at a time appends, any number of
 * others look with an {@link ExposureMean} of their own. Lock-free; neither side allocates. When the writer laps a reader the oldest
 * readings are gone, and a question about their time is answered with {@link FrameFlag#TEMPERATURE_STALE}.
 *
 * <p>Times increase: a reading that is not later than the one before it, or that is no finite number, is left out and counted.
 */
public final class TemperatureTimeline {
    private static final VarHandle WRITTEN;
    /** A reading so many periods after the last is not joined to it by more than the straight line. */
    private static final int JOINED_PERIODS = 3;

    private static final int PERIOD_MEMORY = 32;

    static {
        try {
            WRITTEN = MethodHandles.lookup().findVarHandle(TemperatureTimeline.class, "written", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int capacity;
    private final int mask;
    private final long[] times;
    private final double[] celsius;
    private final double[] variances;
    private final double[] noises;
    private final double[] gusty;
    private final double[] smooth;
    private final double[] offsets;
    private final long[] flags;
    private final long[] runs;
    private final double[] periods;

    private final long configuredPeriod;
    private final RecordRoughness roughness = new RecordRoughness();
    private final SensorWatch watch;
    private double period;
    private long intervals;
    private long run;
    private final AtomicLong dropped = new AtomicLong();

    @SuppressWarnings("UnusedVariable") // through WRITTEN
    private long written;

    /**
     * What is known of a channel beforehand.
     *
     * @param periodNanos longest ordinary time between two readings, 0 when unknown: it is then learned
     * @param maxKelvinPerSecond fastest change that the furnace can make, infinity when unknown: jumps are then not looked for
     * @param frozenAfter shortest run of equal readings that is suspicious
     */
    public record Expectation(long periodNanos, double maxKelvinPerSecond, int frozenAfter) {
        /** Nothing but that eight equal readings are many. */
        public static final Expectation NONE = new Expectation(0, Double.POSITIVE_INFINITY, 8);
    }

    /** @param least readings kept, brought to a power of two; must span the longest exposure and the frames in flight */
    public TemperatureTimeline(int least) {
        this(least, Expectation.NONE);
    }

    /** @param least readings kept, brought to a power of two; must span the longest exposure, the windows on either side of it, and the frames in flight */
    public TemperatureTimeline(int least, Expectation expectation) {
        capacity = Math.max(2, Integer.highestOneBit(least - 1) * 2);
        mask = capacity - 1;
        configuredPeriod = expectation.periodNanos;
        watch = new SensorWatch(expectation.maxKelvinPerSecond, expectation.frozenAfter);
        times = new long[capacity];
        celsius = new double[capacity];
        variances = new double[capacity];
        noises = new double[capacity];
        gusty = new double[capacity];
        smooth = new double[capacity];
        offsets = new double[capacity];
        flags = new long[capacity];
        runs = new long[capacity];
        periods = new double[capacity];
    }

    /**
     * Appends a reading; a fault is kept as a hole in time. One thread at a time, each seeing what the one before did.
     *
     * @return false for a reading that was left out
     */
    public boolean append(ThermocoupleReading reading) {
        long index = (long) WRITTEN.get(this);
        long nanos = reading.timestampNanos();
        if ((index > 0 && nanos <= times[at(index - 1)]) || !sound(reading)) {
            dropped.incrementAndGet();
            return false;
        }
        int at = at(index);
        switch (reading) {
            case ThermocoupleReading.Temperature temperature -> keep(index, at, nanos, temperature);
            case ThermocoupleReading.Fault _ -> hole(index, at);
        }
        times[at] = nanos;
        noises[at] = roughness.noiseVariance();
        gusty[at] = roughness.gusty();
        smooth[at] = roughness.smooth();
        offsets[at] = watch.offset();
        periods[at] = period;
        runs[at] = run;
        WRITTEN.setRelease(this, index + 1);
        // What the next reading overwrites must not be seen before this one counts, or a reader could not tell that it
        // was lapped.
        VarHandle.storeStoreFence();
        return true;
    }

    private static boolean sound(ThermocoupleReading reading) {
        return !(reading instanceof ThermocoupleReading.Temperature temperature)
                || (Double.isFinite(temperature.hotJunctionCelsius())
                        && Double.isFinite(temperature.sigmaCelsius())
                        && temperature.sigmaCelsius() >= 0);
    }

    private void hole(long index, int at) {
        celsius[at] = Double.NaN;
        variances[at] = Double.NaN;
        flags[at] = 0;
        run = index + 1;
        roughness.interrupt();
    }

    private void keep(long index, int at, long nanos, ThermocoupleReading.Temperature temperature) {
        double value = temperature.hotJunctionCelsius();
        double stated = temperature.sigmaCelsius() * temperature.sigmaCelsius();
        boolean follows = index > 0 && !Double.isNaN(celsius[at(index - 1)]);
        if (follows) {
            follows = interval(nanos - times[at(index - 1)]);
        }
        long found = watch.look(nanos, value, stated, roughness.noiseVariance());
        if (!follows || watch.jumped()) {
            run = index;
            roughness.interrupt();
        }
        // A repeated value would teach that the channel is free of noise.
        if (!FrameFlag.TEMPERATURE_FROZEN.in(found)) {
            roughness.add(nanos, value);
        } else {
            roughness.interrupt();
        }
        celsius[at] = value;
        variances[at] = stated;
        flags[at] = found;
    }

    /** Learns from an interval unless it is a gap; false for a gap. */
    private boolean interval(long nanos) {
        double elapsed = (double) nanos;
        double known = Math.max(period, (double) configuredPeriod);
        boolean gap = known > 0 && elapsed > JOINED_PERIODS * known;
        intervals++;
        // A channel that has become slower for good is believed after some of its intervals.
        double counted = gap ? Math.min(elapsed, 2 * known) : elapsed;
        period += (counted - period) / (gap ? PERIOD_MEMORY : Math.min(intervals, PERIOD_MEMORY));
        return !gap;
    }

    /** Readings that were left out: not later than the one before, not finite, or with a negative uncertainty. Any thread. */
    public long dropped() {
        return dropped.get();
    }

    /** Time of the latest reading or fault, or {@link Long#MIN_VALUE} before the first. Any thread. */
    public long latestNanos() {
        long end = end();
        return end == 0 ? Long.MIN_VALUE : times[at(end - 1)];
    }

    /** Ordinary time between readings as configured or, at the latest reading, learned; 0 while unknown. Any thread. */
    public long periodNanos() {
        long end = end();
        return end == 0 ? configuredPeriod : periodNanos(end - 1);
    }

    // What follows is for ExposureMean, which asks intact() at its end whether what it has read was still there.

    long end() {
        return (long) WRITTEN.getAcquire(this);
    }

    /** The first reading that may be looked at: one more than the capacity allows, as the writer may be overwriting the oldest. */
    long oldest(long end) {
        return Math.max(0, end - capacity + 1);
    }

    boolean intact(long first) {
        VarHandle.acquireFence();
        return first > (long) WRITTEN.getAcquire(this) - capacity;
    }

    /** The last reading not after a moment, -1 where all that are kept are later. */
    long lastUntil(long nanos, long oldest, long end) {
        long below = oldest - 1;
        long above = end;
        while (above - below > 1) {
            long middle = (above + below) >>> 1;
            if (times[at(middle)] <= nanos) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return below < oldest ? -1 : below;
    }

    long nanos(long index) {
        return times[at(index)];
    }

    /** NaN for a fault. */
    double celsius(long index) {
        return celsius[at(index)];
    }

    /** What the sensor states of this reading's noise, K^2. */
    double statedVariance(long index) {
        return variances[at(index)];
    }

    /** What the channel had shown of its noise until then, K^2. */
    double shownVariance(long index) {
        return noises[at(index)];
    }

    double gusty(long index) {
        return gusty[at(index)];
    }

    double smooth(long index) {
        return smooth[at(index)];
    }

    double offset(long index) {
        return offsets[at(index)];
    }

    long flags(long index) {
        return flags[at(index)];
    }

    /** The first reading of those that lead up to this one without a fault, a gap or a jump. */
    long runStart(long index) {
        return runs[at(index)];
    }

    long periodNanos(long index) {
        return Math.max(configuredPeriod, Math.round(periods[at(index)]));
    }

    private int at(long index) {
        return (int) index & mask;
    }
}
